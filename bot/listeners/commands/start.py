"""`/postmortem start`: open the post-mortem of this channel, or show the one that is open (R-01)."""

from __future__ import annotations

from datetime import datetime

from bot.domain.errors import Refused
from bot.listeners import opening
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.commands.subcommand import Subcommand
from bot.listeners.desk import Desk
from bot.ports.store import Unit


def run(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Open it, or give the existing one; `start new` is for a second incident in the same room."""
    word = call.text.strip().lower()
    if word not in ("", "new"):
        raise Refused("Type `/postmortem start`, or `/postmortem start new` for another incident in this channel.")
    return opening.answer(desk, unit, desk.open_record(unit, call.place, now, another=word == "new"), call, now)


START = Subcommand("start", "start [new]", "open the post-mortem of this channel, or show its details", run)
