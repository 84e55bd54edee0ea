"""The forms of the timeline come back: what is kept of the proposals, one line, and one reason for all without data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import evidence_boxes, ids, inputs, line_boxes, pages, timeline_form, timeline_pages
from bot.blocks.pages import PROPOSALS, TIMELINE
from bot.domain import evidence, timeline
from bot.domain.errors import BadInput, DomainError, Reason, Stale
from bot.domain.postmortem import Postmortem
from bot.domain.questions import UsedAs
from bot.domain.timeline import Item
from bot.listeners import doing, forms, layers, typed_times
from bot.listeners import pages as rooms
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.listeners.views import content
from bot.listeners.views.submit import Submit, at
from bot.ports.store import Unit
from bot.usecases.keep_timeline import Line, LineChanged


def proposals(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Keep what is ticked, drop what is not, and go on with the next page."""
    record = _record(desk, unit, call)
    waiting = desk.timeline.candidates(unit, record)
    asked, kept, rest = timeline_pages.read_proposed(waiting, call.values)
    others = forms.read(call.metadata).get("others")
    if isinstance(others, int) and len(waiting) - len(asked) > others:
        # More was found while the form was open: nobody decides about what they were not told of.
        rest = timeline_pages.ASK
    decided = desk.timeline.decide(unit, record, asked, kept, rest, call.place.user_id, now)
    page = rooms.here(call)
    # What was decided left the list, so the next ones have come to its place.
    page = page if page.name == PROPOSALS else pages.Page(PROPOSALS)
    done = doing.decided(record, decided, now) if asked else doing.overtaken()
    return rooms.next_page(desk, unit, record, call, page, now, done)


def item(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Add a line, or save a changed one."""
    carried = forms.read(call.metadata)
    record, item_id, version = _record(desk, unit, call), carried.get("item"), carried.get("version")
    drawn = carried.get("parts")
    typed = timeline_form.read(call.values, drawn if isinstance(drawn, int) else 1)
    before = desk.timeline.item(unit, record, str(item_id)) if item_id else None
    offered = desk.timeline.offered(unit, record, before) if before else ()
    ticked = evidence_boxes.read(call.values, offered)
    line = understood(desk, unit, record, typed, ticked, before, call, now)
    by = call.place.user_id
    try:
        if before is None:
            made = _add(desk, unit, record, line, call, now)
            done = doing.added(made)
        else:
            seen = version if isinstance(version, int) else 0
            made = desk.timeline.change(unit, record, before.id, seen, line, by, now)
            done = doing.changed(made)
    except LineChanged as changed:
        theirs = changed.theirs
        metadata = pages.metadata(
            record.id, rooms.here(call), item=theirs.id, version=theirs.version, parts=timeline_form.drawn(typed)
        )
        return Answer(view=both(typed, theirs, metadata, offered=offered))
    page = rooms.here(call)
    page = rooms.page_of(unit, record, made.id, page) if page.name == TIMELINE else page
    return rooms.saved(desk, unit, record, call, now, done, page)


def _add(desk: Desk, unit: Unit, record: Postmortem, line: Line, call: Call, now: datetime) -> Item:
    """A new line; one that was filled in from an answer uses that answer up (R-08)."""
    by, question_id = call.place.user_id, forms.read(call.metadata).get("question")
    if question_id:
        desk.use_answer.of_record(unit, record, str(question_id), UsedAs.TIMELINE, by, now)
    return desk.timeline.add(unit, record, line, by, now)


def waive(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The same reason for every line that stayed ticked."""
    record = _record(desk, unit, call)
    reason, chosen = inputs.Answers(call.values).text(ids.REASON), line_boxes.read(call.values)
    with at(ids.REASON, always=True):
        desk.timeline.waive(unit, record, chosen, reason, call.place.user_id, now)
    return rooms.saved(desk, unit, record, call, now)


def merge(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The ticked lines become one."""
    record, by = _record(desk, unit, call), call.place.user_id
    seen = timeline_pages.read_merged(call.values)
    try:
        made = desk.arrange.merge(unit, record, seen, by, now)
    except Stale as stale:
        return rooms.saved(desk, unit, record, call, now, doing.refused(stale))
    page = rooms.page_of(unit, record, made.id, rooms.here(call))
    return rooms.saved(desk, unit, record, call, now, doing.merged(made, len(set(seen))), page)


def _record(desk: Desk, unit: Unit, call: Call) -> Postmortem:
    record_id = str(forms.read(call.metadata).get("record") or "")
    return desk.timeline.record(unit, call.place.team_id, record_id, call.place.user_id)


def understood(
    desk: Desk, unit: Unit, record: Postmortem, typed: timeline_form.Typed, ticked: tuple[str, ...], before: Item | None,
    call: Call, now: datetime,
) -> Line:  # fmt: skip
    """What was typed, understood. Raises BadInput with a reason at every field that is not."""
    reasons: list[Reason] = []
    when: datetime | None = None
    shown: tuple[str, ...] = ()
    try:
        when = _when(unit, record, typed.when, before, call.place.user_id, now)
    except DomainError as error:
        reasons.append(Reason(timeline_form.WHEN, error.message))
    try:
        shown = evidence.addresses("\n".join((typed.evidence, *ticked)), desk.workspace_url)
    except DomainError as error:
        reasons.append(Reason(timeline_form.EVIDENCE, error.message))
    if not typed.text.strip():
        reasons.append(Reason(timeline_form.WHAT, "Say what happened."))
    if when is None or reasons:
        raise BadInput("Some fields need another look.", reasons=tuple(reasons))
    about = typed.about or typed_times.about(typed.when)[1]
    return Line(when, typed.text, typed.kind, shown, typed.waiver, about)


def _when(unit: Unit, record: Postmortem, typed: str, before: Item | None, user: str, now: datetime) -> datetime:
    if before and typed == timeline_form.of(before).when:
        # Shown in whole seconds; what nobody touched keeps its order among others of the same second.
        return before.at
    person = unit.people.get(record.team_id, user)
    zone = typed_times.zone_of(person.tz if person else None, record.business_tz)
    times = record.times
    start = before.at if before else times.started_at or times.detected_at or record.created_at
    end = before.at if before else times.resolved_at or now
    return typed_times.parse(typed, zone=zone, now=now, window=(start, max(start, end)))


def both(
    typed: timeline_form.Typed, theirs: Item, carried: str, *, offered: tuple[str, ...] = (), callback: str = ids.ITEM
) -> Mapping[str, object]:
    """The form again, with what somebody else saved meanwhile beside what was typed."""
    other = timeline_form.of(theirs)
    shown = "\n".join(
        each
        for each in (
            f"{timeline.moment(theirs)} UTC, {timeline.kind_label(theirs.kind)}",
            other.text,
            other.evidence,
            other.waiver,
        )
        if each
    )
    warning = f"{content.said_by(theirs.by, theirs.saved_at)}. Yours is still in the fields: save again, and it counts."
    view = timeline_form.draw(
        typed, carried, new=False, warning=warning, theirs=shown, offered=offered, callback=callback
    )
    return layers.fitting(view)


FORMS: Mapping[str, Submit] = {ids.PROPOSALS: proposals, ids.ITEM: item, ids.WAIVE: waive, ids.MERGE: merge}
