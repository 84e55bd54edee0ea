"""`/postmortem examples`: earlier messages to customers, and public ones of others (R-38)."""

from __future__ import annotations

from datetime import datetime

from bot.listeners.actions import examples
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.commands.subcommand import Subcommand
from bot.listeners.desk import Desk
from bot.ports.store import Unit


def run(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Those like this channel's post-mortem first, where it has one."""
    record = unit.records.current(call.place.team_id, call.place.channel_id)
    return Answer(examples.page(desk, unit, call, record, 0))


EXAMPLES = Subcommand(
    "examples", "examples", "earlier messages to customers, and public ones of others", run, reads=True
)
