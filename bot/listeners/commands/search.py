"""`/postmortem search words`: whatever was written, found again."""

from __future__ import annotations

from datetime import datetime

from bot.blocks import search_list
from bot.listeners.actions import search
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.commands.subcommand import Subcommand
from bot.listeners.desk import Desk
from bot.ports.store import Unit


def run(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The first page."""
    return Answer(search.page(desk, unit, call, search_list.SEARCH, call.text, 0))


SEARCH = Subcommand(
    "search", "search WORDS", "find words in all of them; narrow it with `owner @x sev1 since 2026-11-01`", run,
    reads=True,
)  # fmt: skip
