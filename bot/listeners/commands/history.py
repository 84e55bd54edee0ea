"""`/postmortem history`: every change, the newest first (R-61)."""

from __future__ import annotations

from datetime import datetime

from bot.blocks import history
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.commands import status
from bot.listeners.commands.subcommand import Subcommand
from bot.listeners.desk import Desk
from bot.ports.store import Unit


def run(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The first page."""
    record = status.current(unit, call)
    return Answer(history.page(record, unit.ledger.history(record.id)))


HISTORY = Subcommand("history", "history", "who changed what, and when", run, reads=True)
