"""`/postmortem notes`: what readers noted, to be ticked off (R-41)."""

from __future__ import annotations

from datetime import datetime

from bot.listeners.actions import review
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.commands import status
from bot.listeners.commands.subcommand import Subcommand
from bot.listeners.desk import Desk
from bot.ports.store import Unit


def run(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Open the list."""
    return Answer(screens=(review.notes(desk, unit, status.current(unit, call), call, now),))


NOTES = Subcommand("notes", "notes", "what readers noted in the review, to be ticked off", run, reads=True)
