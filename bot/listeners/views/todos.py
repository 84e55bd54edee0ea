"""The forms of what is to be done come back: decisions on a page of TODOs, and one action item."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import ids, pages, todo_form, todo_pages
from bot.blocks.pages import TODOS, Page
from bot.blocks.todo_form import Filled
from bot.domain import actions, triage
from bot.domain.actions import ActionItem, Choice, Decision, Known
from bot.domain.errors import BadInput, Reason
from bot.domain.postmortem import Postmortem
from bot.listeners import forms, layers
from bot.listeners import pages as rooms
from bot.listeners.actions import todos as buttons
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.listeners.views import content
from bot.listeners.views.submit import Submit
from bot.ports.store import Unit
from bot.usecases.decide_todos import ActionChanged


def decide(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Keep the decisions of this page, and go on."""
    record = _record(desk, unit, call)
    waiting = desk.todos.waiting(unit, record)
    choices = todo_pages.read_waiting(waiting, call.values, Known(_tracker(desk)))
    try:
        desk.todos.decide(unit, record, choices, call.place.user_id, now)
    except BadInput as error:
        raise todo_pages.at_field(error) from error
    page = rooms.here(call)
    page = page if page.name == TODOS else Page(TODOS)
    if not choices and len(waiting) > pages.SIZE:
        page = page.at(page.number + 1)
    return rooms.next_page(desk, unit, record, call, page, now)


def action(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Add an action item, decide on one TODO, or change a decision."""
    carried = forms.read(call.metadata)
    record, action_id, todo = _record(desk, unit, call), carried.get("action"), carried.get("todo")
    drawn, version = carried.get("parts"), carried.get("version")
    rule = triage.by_rule(record, desk.policy.action_days).last_day
    filled = todo_form.read(call.values, drawn if isinstance(drawn, int) else 1, rule)
    before = desk.todos.action(unit, record, str(action_id)) if action_id else None
    seen = version if isinstance(version, int) else 0
    choice, by = _choice(filled, before, _tracker(desk)), call.place.user_id
    try:
        if before is not None:
            desk.todos.change(unit, record, before.id, seen, filled.words, choice, by, now)
        elif todo:
            place = buttons.key(str(todo))
            desk.todos.candidate(unit, record, place)
            desk.todos.decide(unit, record, {place: choice}, by, now, filled.words)
        else:
            desk.todos.add(unit, record, filled.words, choice, by, now)
    except ActionChanged as changed:
        return Answer(view=_both(desk, unit, record, filled, choice, changed.theirs, call))
    except BadInput as error:
        raise _at_fields(error) from error
    return rooms.saved(desk, unit, record, call, now)


def _record(desk: Desk, unit: Unit, call: Call) -> Postmortem:
    record_id = str(forms.read(call.metadata).get("record") or "")
    return desk.todos.record(unit, call.place.team_id, record_id, call.place.user_id)


def _tracker(desk: Desk) -> str | None:
    """The address of the tracker; None without one."""
    return desk.policy.tickets.url if desk.policy.tickets else None


def _choice(filled: Filled, before: ActionItem | None, tracker: str | None) -> Choice:
    """What was chosen. Raises BadInput with a reason at every field that lacks something."""
    reasons = [] if filled.words.strip() else [Reason(todo_form.WHAT, "Say what is to be done.")]
    # Somebody who was named in the chat and is no single person of the workspace cannot be shown in the field.
    named = before.assignee if before and before.assignee and not before.assignee.startswith(("U", "W")) else None
    try:
        known = Known(tracker, before.ticket if before else "")
        choice = actions.choose(
            filled.decision, filled.said, filled.assignee or named, filled.terms, filled.into, known
        )
    except BadInput as error:
        reasons += _at_fields(error).reasons
    if reasons:
        raise BadInput("Some fields need another look.", reasons=tuple(reasons))
    return choice


def _at_fields(error: BadInput) -> BadInput:
    """The same with each reason at its field."""
    reasons = tuple(Reason(todo_form.FIELDS.get(each.code, each.code), each.text) for each in error.reasons)
    return BadInput(error.message, reasons=reasons)


def _both(
    desk: Desk, unit: Unit, record: Postmortem, filled: Filled, choice: Choice, theirs: ActionItem, call: Call
) -> Mapping[str, object]:
    carried = pages.metadata(
        record.id, rooms.here(call), action=theirs.id, version=theirs.version, parts=todo_form.drawn(filled.words)
    )
    said = (actions.LABELS[theirs.decision], theirs.priority, theirs.text, theirs.ticket, theirs.reason, theirs.roi)
    warning = f"{content.said_by(theirs.by, theirs.at)}. Yours is still in the fields: save again, and it counts."
    # An address that came meanwhile is not taken out by somebody who never saw it.
    theirs_too = theirs.ticket if filled.decision is theirs.decision is Decision.TICKET else ""
    view = todo_form.form(
        filled.words, choice, carried, buttons.frame(desk, unit, record, theirs), warning=warning,
        theirs="\n".join(str(each) for each in said if each), said=filled.said or theirs_too,
    )  # fmt: skip
    return layers.fitting(view)


FORMS: Mapping[str, Submit] = {ids.TODOS: decide, ids.ACTION: action}
