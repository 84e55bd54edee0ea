"""`/postmortem actions`: what is to be done, in a modal; and the tickets as a file for a tracker to import."""

from __future__ import annotations

from datetime import datetime

from bot.blocks import replies
from bot.domain.errors import Refused
from bot.listeners.actions import todos
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.commands import status
from bot.listeners.commands.subcommand import Subcommand
from bot.listeners.desk import Desk
from bot.ports.store import Unit


def run(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The TODOs that wait for a decision, else what was decided; `actions csv` hands out the tickets."""
    word = call.text.strip().lower()
    if word not in ("", "csv"):
        raise Refused("Type `/postmortem actions`, or `/postmortem actions csv` for the tickets as a file.")
    here = status.current(unit, call, lock=True)
    record = desk.todos.record(unit, call.place.team_id, here.id, call.place.user_id)
    if not word:
        return todos.shown(desk, unit, record, call, now)
    desk.todos.hand_out(unit, record, call.place.user_id, now)
    return Answer(replies.say(todos.ON_ITS_WAY))


ACTIONS = Subcommand("actions", "actions [csv]", "decide what becomes of each TODO, or get the tickets as a file", run)
