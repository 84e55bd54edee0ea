"""What somebody is told who opened a post-mortem, by the command or by a button: how it goes on, and the form for the details."""

from __future__ import annotations

from datetime import datetime

from bot.blocks import lines, replies
from bot.listeners import forms
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.store import Unit
from bot.usecases.open_record import Opened


def answer(desk: Desk, unit: Unit, opened: Opened, call: Call, now: datetime) -> Answer:
    """A sentence for the one who opened it, and the form."""
    name, channel = lines.name(opened.record), opened.record.channel_id
    there = "" if channel == call.place.channel_id else f" in <#{channel}>"
    if opened.created:
        text = f"{name} is open, and the channel is being read. Name the owner with `/postmortem assign @name`{there}."
    else:
        text = f"{name} is open in this channel already. For another incident type `/postmortem start new`."
    said = replies.say_here(text, strangers=strangers(unit, call.place.team_id, channel))
    return Answer(said, screens=(forms.details(desk, unit, opened.record, call, now),))


def strangers(unit: Unit, team_id: str, channel_id: str) -> bool:
    """Whether people of other organisations are in the channel, as far as it was read."""
    channel = unit.channels.get(team_id, channel_id)
    return channel is not None and channel.shared
