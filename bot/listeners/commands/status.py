"""`/postmortem status`: where the post-mortem of this channel stands (R-08)."""

from __future__ import annotations

from datetime import datetime

from bot.domain.errors import Refused
from bot.domain.postmortem import Postmortem
from bot.listeners.actions import hub
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.commands.subcommand import Subcommand
from bot.listeners.desk import Desk
from bot.ports.store import Unit

NONE_HERE = (
    "There is no post-mortem in this channel yet. Type `/postmortem assign @name` to open one and name its owner."
)


def current(unit: Unit, call: Call, *, lock: bool = False) -> Postmortem:
    """The record of the channel that the command was typed in. Raises `Refused` where there is none."""
    record = unit.records.current(call.place.team_id, call.place.channel_id, lock=lock)
    if record is None:
        raise Refused(NONE_HERE)
    return record


def run(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Show it to the one who asks."""
    return Answer(hub.drawn(desk, unit, current(unit, call), call, now))


STATUS = Subcommand(
    "status", "status", "where it stands: owner, deadline, what was found, what did not work", run, reads=True
)
