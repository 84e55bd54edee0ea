"""The walk through the lines without evidence: one was answered, and the next one follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.blocks import ids, walk_form
from bot.blocks.done import Done
from bot.domain import evidence
from bot.domain.errors import BadInput
from bot.domain.postmortem import Postmortem
from bot.domain.timeline import Item
from bot.listeners import forms, walking
from bot.listeners import pages as rooms
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.listeners.views import content
from bot.listeners.views.submit import Submit, at
from bot.ports.store import Unit
from bot.usecases.keep_timeline import Line, LineChanged

GONE = "The line before was taken out meanwhile: what you entered for it was not saved."
ANSWERED = "Somebody has answered the line before meanwhile: what you entered for it was not saved."


def save(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """What shows this line, or why nothing does; then the next one, or the timeline."""
    carried = forms.read(call.metadata)
    record = desk.timeline.record(unit, call.place.team_id, str(carried.get("record") or ""), call.place.user_id)
    item = desk.timeline.item(unit, record, str(carried.get("item") or ""))
    if item.removed:
        return _on(desk, unit, record, call, item, now, GONE)
    line, version = _line(desk, unit, record, item, call), carried.get("version")
    try:
        seen = version if isinstance(version, int) else 0
        desk.timeline.change(unit, record, item.id, seen, line, call.place.user_id, now)
    except LineChanged as changed:
        return _meanwhile(desk, unit, record, call, changed.theirs, now)
    return _on(desk, unit, record, call, item, now)


def _on(desk: Desk, unit: Unit, record: Postmortem, call: Call, item: Item, now: datetime, warning: str = "") -> Answer:
    """The next line; the page under the form is drawn anew, so that it is right whenever the walk is left."""
    view = walking.following(desk, unit, record, call, item.id, now, warning=warning)
    done = Done(warning, warns=True) if warning else None
    if view is None:
        return rooms.saved(desk, unit, record, call, now, done)
    return replace(rooms.beneath(desk, unit, record, call, now), view=view)


def _meanwhile(desk: Desk, unit: Unit, record: Postmortem, call: Call, theirs: Item, now: datetime) -> Answer:
    """Somebody else changed the line: it is shown as it stands, with what was typed still in the fields."""
    if not theirs.bare:
        return _on(desk, unit, record, call, theirs, now, ANSWERED)
    said = f"{content.said_by(theirs.by, theirs.saved_at)}: this is how it stands now. Save again, and yours is added."
    return Answer(view=walking.shown(desk, unit, record, theirs, walking.step(call), now, warning=said))


def _line(desk: Desk, unit: Unit, record: Postmortem, item: Item, call: Call) -> Line:
    """The line with what was answered. Raises BadInput at the field that is wrong."""
    offered = desk.timeline.offered(unit, record, item)
    ticked, typed, waiver = walk_form.read(call.values, item, offered)
    field = walk_form.field(walk_form.EVIDENCE, item)
    with at(field, always=True):
        shown = evidence.addresses("\n".join((*ticked, typed)), desk.workspace_url)
        if not shown and not waiver.strip():
            raise BadInput(walk_form.EMPTY)
    return Line(item.at, item.text, item.kind, shown, waiver, item.approximate)


FORMS: Mapping[str, Submit] = {ids.WALK: save}
