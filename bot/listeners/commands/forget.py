"""`/postmortem forget @user`: for administrators; what it would do is said first, and a button does it."""

from __future__ import annotations

from datetime import datetime

from bot.blocks import ids, parts
from bot.domain import mentions
from bot.domain.errors import Refused
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.commands.subcommand import Subcommand
from bot.listeners.desk import Desk
from bot.ports.chat import Drawing
from bot.ports.store import Unit

HOW = "Type `/postmortem forget @name` with one person."


def run(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Ask whether that is meant."""
    found = mentions.read(call.text)
    if len(found.users) != 1 or found.groups or found.broadcasts or found.rest:
        raise Refused(HOW)
    user = found.users[0]
    desk.forget.check(unit, call.place.team_id, user)
    return Answer(question(user))


def question(user: str) -> Drawing:
    """What it would do, and the button that does it."""
    said = (
        f"Forget <@{user}>? Their id and their names are replaced by “a former colleague” in everything the bot has stored: "
        "post-mortems, history, messages that were read, notes. The documents are written anew. *This cannot be undone.* "
        "What people wrote in Slack itself stays there."
    )
    sure = parts.button("Forget them", ids.FORGET_CONFIRM, user, "danger")
    return parts.drawing(said, [parts.section(said), parts.actions(sure)])


FORGET = Subcommand(
    "forget", "forget @user", "for administrators: take a person out of everything stored", run, reads=True
)
