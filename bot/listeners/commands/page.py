"""`/postmortem page https://...`: the page that people share, where it is not our document (R-29)."""

from __future__ import annotations

from datetime import datetime

from bot.blocks import lines, replies, text
from bot.domain.errors import Refused
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.commands import status
from bot.listeners.commands.subcommand import Subcommand
from bot.listeners.desk import Desk
from bot.ports.store import Unit

HOW = "Type `/postmortem page https://...` with the page's address, or `/postmortem page none` to remove it."


def run(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Set the address, or remove it."""
    record = status.current(unit, call, lock=True)
    word = address(call.text)
    if not word:
        now_is = f"The page is {record.page_url}. " if record.page_url else "No page is set. "
        raise Refused(now_is + HOW)
    url = None if word.lower() == "none" else word
    saved = desk.set_page(unit, call.place.team_id, record.id, url, call.place.user_id, now)
    name = lines.name(saved)
    if saved.page_url is None:
        return Answer(replies.say(f"{name} has no page of its own any more: the document is what is shared."))
    return Answer(replies.say(f"The page of {name} is {text.link(saved.page_url, saved.page_url)}."))


def address(typed: str) -> str:
    """What was typed, without what Slack puts around a link it recognised, and with its entities as letters."""
    word = typed.strip()
    if word.startswith("<") and word.endswith(">"):
        word = word[1:-1].partition("|")[0]
    return word.replace("&amp;", "&")


PAGE = Subcommand(
    "page", "page https://...", "the page that people share, if it is in a wiki; `page none` removes it", run
)
