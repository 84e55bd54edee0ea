"""The buttons under the answer to whoever added a line: change it, or take it back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import ids, pointed_notes, text
from bot.domain.postmortem import Postmortem
from bot.listeners import pages as rooms
from bot.listeners.actions.press import Press
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.listeners.shortcuts import timeline
from bot.ports.store import Unit


def change(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The form of the line, as it stands now."""
    record, item_id, _ = _named(desk, unit, call)
    item = desk.point_out.item(unit, record, item_id, call.place.user_id)
    link = desk.incident(unit, record, now).link(item.ts, item.thread_ts, item.channel_id) if item.ts else None
    came_from = text.link(link, "The message that it comes from") if link else ""
    view = timeline.form(record, item, call.response_url, came_from, again=True)
    return Answer(screens=(rooms.show(call, view),))


def take_back(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Undo; the answer says so in its own place."""
    record, item_id, version = _named(desk, unit, call)
    item = desk.point_out.take_line_back(unit, record, item_id, version, call.place.user_id, now)
    return Answer(pointed_notes.taken_back(record, item), replace=True)


def _named(desk: Desk, unit: Unit, call: Call) -> tuple[Postmortem, str, int]:
    record_id, item_id, version = (*call.text.split(":"), "", "")[:3]
    record = desk.point_out.record(unit, call.place.team_id, record_id)
    return record, item_id, int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0


BUTTONS: Mapping[str, Press] = {ids.LINE_CHANGE: change, ids.LINE_TAKE_BACK: take_back}
