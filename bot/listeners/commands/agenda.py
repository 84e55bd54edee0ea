"""`/postmortem agenda`: the five points of the meeting, filled in with what is known by now (R-17)."""

from __future__ import annotations

from datetime import datetime

from bot.blocks import agenda_post
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.commands import status
from bot.listeners.commands.subcommand import Subcommand
from bot.listeners.desk import Desk
from bot.ports.store import Unit


def run(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Show it to the one who asks."""
    return Answer(agenda_post.drawing(desk.overview(unit, status.current(unit, call), now)))


AGENDA = Subcommand("agenda", "agenda", "the agenda of the meeting, filled in with what is known", run, reads=True)
