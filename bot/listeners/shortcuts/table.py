"""The table of the entries of a message's menu, and what each has in common: the post-mortem of the channel, or the offer to
start one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from bot.blocks import pointed_forms
from bot.domain.errors import Refused
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.listeners.shortcuts import shortcut
from bot.listeners.shortcuts.evidence import ATTACH_AS_EVIDENCE
from bot.listeners.shortcuts.queries import ADD_AS_QUERY
from bot.listeners.shortcuts.shortcut import Shortcut
from bot.listeners.shortcuts.timeline import ADD_TO_TIMELINE
from bot.listeners.shortcuts.todos import ADD_AS_TODO
from bot.ports.store import Unit

OLD = "This entry of the menu is from another version of the bot."
SHORTCUTS: Mapping[str, Shortcut] = {
    each.name: each for each in (ADD_TO_TIMELINE, ADD_AS_TODO, ADD_AS_QUERY, ATTACH_AS_EVIDENCE)
}


def run(name: str, desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """What was chosen, on this message. Raises Refused for what is not in the table."""
    chosen = SHORTCUTS.get(name)
    if chosen is None:
        raise Refused(OLD)
    message, place = shortcut.message(call), call.place
    record = desk.point_out.open(unit, place.team_id, place.channel_id)
    if record is None:
        return _none(chosen, unit, call)
    return chosen.choose(desk, unit, call, record, desk.point_out.read(unit, record, message), now)


def label(name: str) -> str:
    """What it is called in the menu."""
    return SHORTCUTS[name].label if name in SHORTCUTS else "One moment"


def _none(chosen: Shortcut, unit: Unit, call: Call) -> Answer:
    closed = unit.records.current(call.place.team_id, call.place.channel_id)
    metadata = json.dumps({"channel": call.place.channel_id, "menu": call.place.channel_id, "chosen": chosen.name})
    return Answer(screens=(shortcut.show(call, pointed_forms.start(chosen.label, closed, metadata)),))
