"""The buttons of the timeline: open it, add, change, take out, put back, and one reason for all that have no data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import ids, pages, text, timeline_form, timeline_pages
from bot.blocks.pages import PROPOSALS, REMOVED, TIMELINE, Page
from bot.domain.postmortem import Postmortem
from bot.listeners import pages as rooms
from bot.listeners.actions.press import Press
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.store import Unit


def open_timeline(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """What the channel proposes while something waits, else what is kept."""
    record = _record(desk, unit, call, call.text)
    page = Page(PROPOSALS if desk.timeline.candidates(unit, record) else TIMELINE)
    return Answer(screens=(rooms.show(call, rooms.draw(desk, unit, record, page, now)),))


def add(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The form of a new line."""
    record = _record(desk, unit, call, call.text)
    carried = pages.metadata(record.id, _back(call), parts=1)
    return Answer(screens=(rooms.show(call, timeline_form.draw(timeline_form.Typed(), carried, new=True)),))


def edit(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The form of a line."""
    record_id, _, item_id = call.text.partition(":")
    record = _record(desk, unit, call, record_id)
    item = desk.timeline.item(unit, record, item_id)
    typed = timeline_form.of(item)
    carried = pages.metadata(
        record.id, _back(call), item=item.id, version=item.version, parts=timeline_form.drawn(typed)
    )
    source = desk.overview(unit, record, now).link(item.ts, item.thread_ts) if item.ts else None
    shown = text.link(source, "The message that it comes from") if source else ""
    return Answer(screens=(rooms.show(call, timeline_form.draw(typed, carried, new=False, source=shown)),))


def remove(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Take a line out; the page of what was taken out puts it back."""
    record_id, _, item_id = call.text.partition(":")
    record = _record(desk, unit, call, record_id)
    desk.timeline.remove(unit, record, item_id, call.place.user_id, now)
    return rooms.turned(desk, unit, record, call, _back(call), now)


def put_back(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Undo that."""
    record_id, _, item_id = call.text.partition(":")
    record = _record(desk, unit, call, record_id)
    desk.timeline.put_back(unit, record, item_id, call.place.user_id, now)
    return rooms.turned(desk, unit, record, call, Page(REMOVED, rooms.here(call).number), now)


def open_waive(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The form that asks why there is no data."""
    record = _record(desk, unit, call, call.text)
    view = timeline_pages.ask_why_no_data(desk.overview(unit, record, now), _back(call))
    return Answer(screens=(rooms.show(call, view),))


def _record(desk: Desk, unit: Unit, call: Call, record_id: str) -> Postmortem:
    return desk.timeline.record(unit, call.place.team_id, record_id, call.place.user_id)


def _back(call: Call) -> Page:
    """Where the person was: the page of the timeline."""
    page = rooms.here(call)
    return page if page.name == TIMELINE else Page(TIMELINE)


BUTTONS: Mapping[str, Press] = {
    ids.TIMELINE_OPEN: open_timeline,
    ids.ITEM_ADD: add,
    ids.ITEM_EDIT: edit,
    ids.ITEM_REMOVE: remove,
    ids.ITEM_PUT_BACK: put_back,
    ids.WAIVE_OPEN: open_waive,
}
