"""The forms that a message's menu opened come back. Whoever sent one is told what was kept by an answer that only they see,
with Change and Undo beside a line; the form itself closes at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.blocks import ids, pointed_forms, pointed_notes, query_form, timeline_form
from bot.domain import evidence
from bot.domain.errors import BadInput, DomainError, Reason, Refused
from bot.domain.harvest.finding import TimelineKind
from bot.domain.pointed import Source
from bot.domain.postmortem import Postmortem
from bot.domain.timeline import Item
from bot.listeners import forms, layers
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.listeners.shortcuts import shortcut
from bot.listeners.shortcuts import table as menu
from bot.listeners.views import timeline
from bot.listeners.views.submit import Submit, at
from bot.ports.chat import Drawing
from bot.ports.screens import Respond
from bot.ports.store import Unit
from bot.usecases.keep_queries import LooksSecret
from bot.usecases.keep_timeline import LineChanged

OLD = "This form is from an older version of the bot. Close it and choose it in the message's menu again."
OPENED = (
    "{name} is open, and the channel is being read. Fill in what you know, or close this; then choose *{label}* in the "
    "message's menu again."
)
OPEN = "{name} is open in this channel by now: choose *{label}* in the message's menu again."

FASTER = "Somebody has added this message a moment ago, so it is in the timeline, and nothing was added twice."


def start_here(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The same as `/postmortem start`: the form gives way to that of the details."""
    carried = forms.read(call.metadata)
    channel, label = carried.get("channel"), menu.label(str(carried.get("chosen")))
    if not channel:
        raise Refused(OLD)
    opened = desk.open_record(unit, replace(call.place, channel_id=channel), now)
    if not opened.created:
        said = OPEN.format(name=f"*{opened.record.name}*", label=label)
        return Answer(view=layers.notice(pointed_notes.said(said), label))
    sentence = OPENED.format(name=f"*{opened.record.name}*", label=label)
    return Answer(view=forms.details_view(desk, unit, opened.record, now, sentence))


def line(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """One line of the timeline: new, of a message, or changed by whoever added it."""
    carried, by = forms.read(call.metadata), call.place.user_id
    record, item_id, version, drawn = (
        _record(desk, unit, call), carried.get("item"), carried.get("version"), carried.get("parts"),
    )  # fmt: skip
    typed = timeline_form.read(call.values, drawn if isinstance(drawn, int) else 1)
    before = desk.point_out.item(unit, record, str(item_id), by) if item_id else _draft(record, carried, by, now)
    written = timeline.understood(desk, unit, record, typed, (), before, call, now)
    try:
        if item_id:
            seen = version if isinstance(version, int) else 0
            made = desk.point_out.change_line(unit, record, str(item_id), seen, written, by, now)
        else:
            made = desk.point_out.add_line(unit, record, written, shortcut.source(carried), by, now)
    except LineChanged as changed:
        return _both(desk, unit, record, typed, changed.theirs, carried, by)
    return _told(carried, pointed_notes.added(record, made, changed=bool(item_id)), "Timeline")


def _draft(record: Postmortem, carried: Mapping[str, Any], by: str, now: datetime) -> Item | None:
    """The line as the form was filled in: an untouched time keeps its fractions, and another is near it."""
    came_from, proposed = shortcut.source(carried), carried.get("at")
    if came_from is None or not isinstance(proposed, str):
        return None
    return Item("", record.id, datetime.fromisoformat(proposed), "", TimelineKind.other, by, now)


def _both(
    desk: Desk, unit: Unit, record: Postmortem, typed: timeline_form.Typed, theirs: Item, carried: Mapping[str, Any], by: str
) -> Answer:  # fmt: skip
    """Somebody else was faster: both texts for whoever may change theirs, and a sentence for the others."""
    with at(timeline_form.WHEN, always=True):
        try:
            desk.point_out.item(unit, record, theirs.id, by)
        except Refused as refused:
            raise Refused(f"{FASTER} {refused.message}") from refused
    metadata = shortcut.carried(
        record, None, _answer(carried), _menu(carried), item=theirs.id, version=theirs.version, parts=timeline_form.drawn(typed),
        again=bool(carried.get("again")),
    )  # fmt: skip
    return Answer(view=timeline.both(typed, theirs, metadata, callback=ids.POINTED_LINE))


def todo(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """It waits in the list of TODOs."""
    carried, by = forms.read(call.metadata), call.place.user_id
    drawn = carried.get("parts")
    record = desk.point_out.deciding(unit, call.place.team_id, str(carried.get("record") or ""))
    words = pointed_forms.read_todo(call.values, drawn if isinstance(drawn, int) else 1)
    came_from = _source(carried)
    with at(pointed_forms.TODO, always=True):
        desk.point_out.add_todo(unit, record, came_from, words, by, now)
    link = shortcut.link(desk, came_from.channel_id or record.channel_id, came_from)
    return _told(carried, pointed_notes.todo_added(record, words, link), menu.label(ids.ADD_AS_TODO))


def query(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """One query; what looks like a secret comes back with a question, and nothing of it is stored."""
    carried, by = forms.read(call.metadata), call.place.user_id
    record, came_from = _record(desk, unit, call), _source(carried)
    written, cleared = query_form.read(call.values)
    try:
        made = desk.point_out.add_query(unit, record, written, came_from, by, now, cleared=cleared)
    except LooksSecret as doubt:
        metadata = shortcut.carried(record, came_from, _answer(carried), _menu(carried))
        view = query_form.draw(
            written, metadata, new=True, suspects=doubt.suspects, callback=ids.POINTED_QUERY
        )  # fmt: skip
        return Answer(view=view, kept=False)
    return _told(carried, pointed_notes.query_added(record, made), menu.label(ids.ADD_AS_QUERY))


def shows(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The ticked addresses show the chosen line."""
    carried, by = forms.read(call.metadata), call.place.user_id
    record, boxes = _record(desk, unit, call), _urls(carried)
    item_id, urls = pointed_forms.read_evidence(call.values, boxes)
    try:
        item = desk.point_out.add_evidence(unit, record, item_id, urls, by, now)
    except DomainError as error:
        field = error.codes[0] if error.codes in (("line",), ("evidence",)) else pointed_forms.URLS
        raise BadInput(error.message, reasons=(Reason(field, error.message),)) from error
    shown = tuple(url for url in evidence.addresses(urls, desk.workspace_url) if url in item.evidence)
    return _told(carried, pointed_notes.attached(record, item, shown), menu.label(ids.ATTACH_AS_EVIDENCE))


def _record(desk: Desk, unit: Unit, call: Call) -> Postmortem:
    record_id = str(forms.read(call.metadata).get("record") or "")
    return desk.point_out.record(unit, call.place.team_id, record_id)


def _source(carried: Mapping[str, Any]) -> Source:
    found = shortcut.source(carried)
    if found is None:
        raise Refused(OLD)
    return found


def _answer(carried: Mapping[str, Any]) -> str | None:
    address = carried.get("answer")
    return address if isinstance(address, str) and address else None


def _menu(carried: Mapping[str, Any]) -> str:
    """The channel whose menu opened the form."""
    return str(carried.get("menu") or "")


def _urls(carried: Mapping[str, Any]) -> list[str]:
    """Those that the boxes stood for."""
    urls = carried.get("urls")
    return [each for each in urls if isinstance(each, str)] if isinstance(urls, list) else []


def _told(carried: Mapping[str, Any], drawing: Drawing, title: str) -> Answer:
    """An answer where the message is, or in the place of the form where there is no address for it."""
    address = _answer(carried)
    if address is None:
        return Answer(view=layers.notice(drawing, title))
    return Answer(screens=(Respond(address, drawing, bool(carried.get("again"))),))


FORMS: Mapping[str, Submit] = {
    ids.START_HERE: start_here,
    ids.POINTED_LINE: line,
    ids.POINTED_TODO: todo,
    ids.POINTED_QUERY: query,
    ids.POINTED_EVIDENCE: shows,
}
