"""The buttons of the timeline that open a form: a line, new or old, one reason for those that have no data, and which lines
become one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import ids, marks_line, pages, text, timeline_form, timeline_pages
from bot.blocks.pages import PROPOSALS, TIMELINE, Page
from bot.domain import incident_times
from bot.domain.harvest.finding import TimelineKind
from bot.domain.postmortem import Postmortem
from bot.listeners import pages as rooms
from bot.listeners.actions.press import Press
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.store import Unit

FROM_DETAILS = "The time is that of the incident's details: change it where this was at another moment."


def open_timeline(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """What the channel proposes while something waits, else what is kept."""
    record = _record(desk, unit, call, call.text)
    return Answer(screens=(rooms.show(call, rooms.draw(desk, unit, record, Page(PROPOSALS), now)),))


def add(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The form of a new line; for one that is asked for, with its kind and the time that the record has for it."""
    record_id, _, kind = call.text.partition(":")
    record = _record(desk, unit, call, record_id)
    typed, known = timeline_form.Typed(), None
    if kind in set(TimelineKind):
        known = incident_times.of(record.times, TimelineKind(kind))
        typed = timeline_form.Typed(text.utc(known) if known else "", kind=TimelineKind(kind))
    view = timeline_form.draw(
        typed, pages.metadata(record.id, back(call), parts=1), new=True, source=FROM_DETAILS if known else ""
    )
    return Answer(screens=(rooms.show(call, view),))


def edit(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The form of a line."""
    record_id, _, item_id = call.text.partition(":")
    record = _record(desk, unit, call, record_id)
    return edit_item(desk, unit, call, record, item_id, now)


def edit_item(desk: Desk, unit: Unit, call: Call, record: Postmortem, item_id: str, now: datetime) -> Answer:
    """The same for a line that was chosen in a menu."""
    item = desk.timeline.item(unit, record, item_id)
    typed = timeline_form.of(item)
    carried = pages.metadata(
        record.id, back(call), item=item.id, version=item.version, parts=timeline_form.drawn(typed)
    )
    overview = desk.overview(unit, record, now)
    source = overview.link(item.ts, item.thread_ts, item.channel_id) if item.ts else None
    shown = text.link(source, "The message that it comes from") if source else ""
    shown = " ".join(filter(None, (shown, marks_line.source(overview, item))))
    shown += marks_line.joined(marks_line.beside(overview, item))
    offered = desk.timeline.offered(unit, record, item)
    view = timeline_form.draw(typed, carried, new=False, source=shown, offered=offered)
    return Answer(screens=(rooms.show(call, view),))


def open_waive(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The form that asks why there is no data."""
    record = _record(desk, unit, call, call.text)
    view = timeline_pages.ask_why_no_data(desk.overview(unit, record, now), back(call))
    return Answer(screens=(rooms.show(call, view),))


def open_merge(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The form that asks which lines become one."""
    record = _record(desk, unit, call, call.text)
    view = timeline_pages.ask_what_to_merge(desk.overview(unit, record, now), back(call))
    return Answer(screens=(rooms.show(call, view),))


def _record(desk: Desk, unit: Unit, call: Call, record_id: str) -> Postmortem:
    return desk.timeline.record(unit, call.place.team_id, record_id, call.place.user_id)


def back(call: Call) -> Page:
    """Where the person was: the page of the timeline."""
    page = rooms.here(call)
    return page if page.name == TIMELINE else Page(TIMELINE)


BUTTONS: Mapping[str, Press] = {
    ids.TIMELINE_OPEN: open_timeline,
    ids.ITEM_ADD: add,
    ids.ITEM_ADD_BEGAN: add,
    ids.ITEM_ADD_PAGED: add,
    ids.ITEM_ADD_PUBLIC: add,
    ids.ITEM_ADD_ENDED: add,
    ids.ITEM_EDIT: edit,
    ids.MERGE_OPEN: open_merge,
    ids.WAIVE_OPEN: open_waive,
}
