"""`/postmortem start`: open the post-mortem of this channel, or show the one that is open (R-01)."""

from __future__ import annotations

from datetime import datetime

from bot.blocks import lines, replies
from bot.domain.errors import Refused
from bot.listeners import forms
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.commands import assign
from bot.listeners.commands.subcommand import Subcommand
from bot.listeners.desk import Desk
from bot.ports.store import Unit
from bot.usecases.open_record import Opened


def run(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Open it, or give the existing one; `start new` is for a second incident in the same room."""
    word = call.text.strip().lower()
    if word not in ("", "new"):
        raise Refused("Type `/postmortem start`, or `/postmortem start new` for another incident in this channel.")
    return answer(desk, unit, desk.open_record(unit, call.place, now, another=word == "new"), call, now)


def answer(desk: Desk, unit: Unit, opened: Opened, call: Call, now: datetime) -> Answer:
    """What the one who opened it is told, with the form for the details."""
    name = lines.name(opened.record)
    if opened.created:
        text = f"{name} is open, and the channel is being read. Name the owner with `/postmortem assign @name`."
    else:
        text = f"{name} is open in this channel already. For another incident type `/postmortem start new`."
    said = replies.say_here(text, strangers=assign.strangers(unit, call))
    return Answer(said, screens=(forms.details(desk, unit, opened.record, call, now),))


START = Subcommand("start", "start [new]", "open the post-mortem of this channel, or show its details", run)
