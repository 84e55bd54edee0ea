"""The buttons of the commands and queries: open the list, add, change, take out, put back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import ids, pages, query_form, text
from bot.blocks.pages import QUERIES, QUERIES_PROPOSED, QUERIES_REMOVED, Page
from bot.domain import queries
from bot.domain.postmortem import Postmortem
from bot.domain.queries import Query, Written
from bot.listeners import forms
from bot.listeners import pages as rooms
from bot.listeners.actions.press import Press
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.store import Unit


def open_queries(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """What the channel proposes while something waits, else what is kept."""
    record = _record(desk, unit, call, call.text)
    page = Page(QUERIES_PROPOSED if desk.queries.candidates(unit, record) else QUERIES)
    return Answer(screens=(rooms.show(call, rooms.draw(desk, unit, record, page, now)),))


def add(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The form of a new query, run by who adds it."""
    record = _record(desk, unit, call, call.text)
    written = Written(ran_by=call.place.user_id)
    view = query_form.draw(written, pages.metadata(record.id, _back(call)), new=True)
    return Answer(screens=(rooms.show(call, view),))


def edit(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The form of a query. Raises Refused for one that no form can show whole."""
    record, query = _named(desk, unit, call)
    if queries.too_long(query.text):
        raise queries.refuse_too_long(query.text)
    carried = pages.metadata(record.id, _back(call), query=query.id, version=query.version)
    source = desk.incident(unit, record, now).link(query.ts, query.thread_ts) if query.ts else None
    said = text.link(source, "The message that it comes from") if source else ""
    view = query_form.draw(shown(unit, record, query), carried, new=False, source=said)
    return Answer(screens=(rooms.show(call, view),))


def remove(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Take a query out; the page of what was taken out puts it back."""
    record, query = _named(desk, unit, call)
    desk.queries.remove(unit, record, query.id, call.place.user_id, now)
    return rooms.turned(desk, unit, record, call, _back(call), now)


def put_back(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Undo that."""
    record, query = _named(desk, unit, call)
    desk.queries.put_back(unit, record, query.id, call.place.user_id, now)
    return rooms.turned(desk, unit, record, call, Page(QUERIES_REMOVED, rooms.here(call).number), now)


def shown(unit: Unit, record: Postmortem, query: Query) -> Written:
    """The query as its form shows it: without somebody who cannot be chosen."""
    written = queries.of(query)
    return (
        written
        if forms.can_be_chosen(unit, record, query.ran_by)
        else Written(written.text, written.tool, written.link, written.result)
    )


def _named(desk: Desk, unit: Unit, call: Call) -> tuple[Postmortem, Query]:
    record_id, _, query_id = call.text.partition(":")
    record = _record(desk, unit, call, record_id)
    return record, desk.queries.query(unit, record, query_id)


def _record(desk: Desk, unit: Unit, call: Call, record_id: str) -> Postmortem:
    return desk.queries.record(unit, call.place.team_id, record_id, call.place.user_id)


def _back(call: Call) -> Page:
    """Where the person was: the page of the list."""
    page = rooms.here(call)
    return page if page.name == QUERIES else Page(QUERIES)


BUTTONS: Mapping[str, Press] = {
    ids.QUERIES_OPEN: open_queries,
    ids.QUERY_ADD: add,
    ids.QUERY_EDIT: edit,
    ids.QUERY_REMOVE: remove,
    ids.QUERY_PUT_BACK: put_back,
}
