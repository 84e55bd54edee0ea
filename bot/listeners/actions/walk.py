"""The buttons of the walk through the lines without evidence: begin it, and leave a line for later."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import ids, walk_form
from bot.blocks.done import Done
from bot.blocks.walk_form import Step
from bot.listeners import pages as rooms
from bot.listeners import walking
from bot.listeners.actions.press import Press
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.screens import UpdateView
from bot.ports.store import Unit

NOTHING = "Every line has evidence by now, or a reason why there is none."


def begin(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The form of the first line."""
    record = desk.timeline.record(unit, call.place.team_id, call.text, call.place.user_id)
    item, page = desk.timeline.next_bare(unit, record), walking.page(call)
    if item is None:
        return rooms.turned(desk, unit, record, call, page, now, Done(NOTHING))
    many = sum(each.bare and not each.removed for each in unit.items.timeline(record.id))
    view = walking.shown(desk, unit, record, item, Step(1, many, page), now)
    return Answer(screens=(rooms.show(call, view),))


def skip(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The form of the next line, in the place of this one; nothing was saved of this one."""
    record_id, _, item_id = call.text.partition(":")
    record = desk.timeline.record(unit, call.place.team_id, record_id, call.place.user_id)
    view = walking.following(desk, unit, record, call, item_id, now)
    under = call.modal.previous if call.modal else None
    if call.modal is None or (view is None and under is None):
        return rooms.turned(desk, unit, record, call, walking.page(call), now)
    if view is None:
        many = sum(each.bare and not each.removed for each in unit.items.timeline(record.id))
        view = walk_form.ended(record.id, walking.page(call), many)
    return Answer(screens=(UpdateView(call.modal.id, view),))


BUTTONS: Mapping[str, Press] = {ids.WALK_OPEN: begin, ids.WALK_SKIP: skip}
