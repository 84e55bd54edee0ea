"""The forms of the commands and queries come back: what is kept of the proposals, and one query. What looks like a secret
comes back with a question, and nothing of it is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.blocks import ids, pages, query_form, query_pages
from bot.blocks.pages import QUERIES_PROPOSED, Page
from bot.domain import queries
from bot.domain.errors import BadInput, Reason
from bot.domain.postmortem import Postmortem
from bot.domain.queries import Candidate, Query, Written
from bot.domain.questions import UsedAs
from bot.listeners import forms, layers
from bot.listeners import pages as rooms
from bot.listeners.actions.queries import shown
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.listeners.views import content
from bot.listeners.views.submit import Submit
from bot.ports.store import Unit
from bot.usecases.keep_queries import LooksSecret, QueryChanged

_DOUBT = "This looks as if there was a secret in it: tick the box below as well if it is none, or leave this one out."


def proposals(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Keep what is ticked, drop what is not, and go on with the next page."""
    record = _record(desk, unit, call)
    waiting = desk.queries.candidates(unit, record)
    decided, cleared = query_pages.read_proposed(waiting, call.values)
    try:
        desk.queries.decide(unit, record, decided, cleared, call.place.user_id, now)
    except LooksSecret:
        reasons = [Reason(query_pages.box(each.key), _DOUBT) for each in waiting if _doubtful(each, decided, cleared)]
        raise BadInput(_DOUBT, reasons=tuple(reasons)) from None
    page = rooms.here(call)
    page = page if page.name == QUERIES_PROPOSED else Page(QUERIES_PROPOSED)
    return rooms.next_page(desk, unit, record, call, page, now)


def query(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Add a query, or save a changed one."""
    carried, record = forms.read(call.metadata), _record(desk, unit, call)
    written, cleared = query_form.read(call.values)
    before = desk.queries.query(unit, record, str(carried["query"])) if carried.get("query") else None
    if before and written.ran_by is None and shown(unit, record, before).ran_by is None:
        # Who cannot be chosen any more was not in the field, and stays.
        written = replace(written, ran_by=before.ran_by)
    by = call.place.user_id
    try:
        if before is None:
            desk.queries.add(unit, record, written, by, now, cleared=cleared)
            _used(desk, unit, record, call, now)
        else:
            version = carried.get("version")
            seen = version if isinstance(version, int) else 0
            desk.queries.change(unit, record, before.id, seen, written, by, now, cleared=cleared)
    except QueryChanged as changed:
        return Answer(view=_both(unit, record, written, changed.theirs, call), kept=False)
    except LooksSecret as doubt:
        return Answer(view=_doubted(written, doubt, call), kept=False)
    return rooms.saved(desk, unit, record, call, now)


def _used(desk: Desk, unit: Unit, record: Postmortem, call: Call, now: datetime) -> None:
    """A new query that was filled in from an answer uses that answer up (R-08)."""
    question_id = forms.read(call.metadata).get("question")
    if question_id:
        desk.use_answer.of_record(unit, record, str(question_id), UsedAs.QUERY, call.place.user_id, now)


def _record(desk: Desk, unit: Unit, call: Call) -> Postmortem:
    record_id = str(forms.read(call.metadata).get("record") or "")
    return desk.queries.record(unit, call.place.team_id, record_id, call.place.user_id)


def _doubtful(each: Candidate, decided: Mapping[tuple[str, int], bool], cleared: set[tuple[str, int]]) -> bool:
    return decided.get(each.key, False) and each.key not in cleared and bool(each.suspects)


def _doubted(written: Written, doubt: LooksSecret, call: Call) -> Mapping[str, object]:
    """The form again with what was typed, what looks like a secret, and the box."""
    carried = forms.read(call.metadata)
    again = {name: carried[name] for name in ("query", "version", "question") if carried.get(name) is not None}
    metadata = pages.metadata(str(carried.get("record")), rooms.here(call), **again)
    return query_form.draw(written, metadata, new="query" not in again, suspects=doubt.suspects)


def _both(unit: Unit, record: Postmortem, written: Written, theirs: Query, call: Call) -> Mapping[str, object]:
    metadata = pages.metadata(record.id, rooms.here(call), query=theirs.id, version=theirs.version)
    warning = f"{content.said_by(theirs.by, theirs.saved_at)}. Yours is still in the fields: save again, and it counts."
    view = query_form.draw(written, metadata, new=False, warning=warning, theirs=queries.of(theirs))
    return layers.fitting(view)


FORMS: Mapping[str, Submit] = {ids.QUERIES: proposals, ids.QUERY: query}
