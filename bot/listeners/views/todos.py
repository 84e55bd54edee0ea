"""The forms of what is to be done come back: decisions on a page of TODOs, and one action item."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import ids, pages, todo_pages
from bot.blocks.pages import TODOS, Page
from bot.domain import actions
from bot.domain.actions import ActionItem, Choice, Decision
from bot.domain.errors import BadInput, DomainError, Reason
from bot.domain.postmortem import Postmortem
from bot.listeners import forms, layers
from bot.listeners import pages as rooms
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
    choices = todo_pages.read_waiting(waiting, call.values)
    desk.todos.decide(unit, record, choices, call.place.user_id, now)
    page = rooms.here(call)
    page = page if page.name == TODOS else Page(TODOS)
    if not choices and len(waiting) > pages.SIZE:
        page = page.at(page.number + 1)
    return rooms.next_page(desk, unit, record, call, page, now)


def action(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Add an action item, or change a decision."""
    carried = forms.read(call.metadata)
    record, action_id, version = _record(desk, unit, call), carried.get("action"), carried.get("version")
    drawn = carried.get("parts")
    words, decision, said, assignee = todo_pages.read_form(call.values, drawn if isinstance(drawn, int) else 1)
    before = desk.todos.action(unit, record, str(action_id)) if action_id else None
    choice = _choice(words, decision, said, assignee, before)
    try:
        if before is None:
            desk.todos.add(unit, record, words, choice, call.place.user_id, now)
        else:
            seen = version if isinstance(version, int) else 0
            desk.todos.change(unit, record, before.id, seen, words, choice, call.place.user_id, now)
    except ActionChanged as changed:
        return Answer(view=_both(words, choice, said, changed.theirs, call))
    return rooms.saved(desk, unit, record, call, now)


def _record(desk: Desk, unit: Unit, call: Call) -> Postmortem:
    record_id = str(forms.read(call.metadata).get("record") or "")
    return desk.todos.record(unit, call.place.team_id, record_id, call.place.user_id)


def _choice(words: str, decision: Decision, said: str, assignee: str | None, before: ActionItem | None) -> Choice:
    """What was chosen. Raises BadInput with a reason at every field that lacks something."""
    reasons = [] if words.strip() else [Reason(todo_pages.WHAT, "Say what is to be done.")]
    # Somebody who was named in the chat and is no single person of the workspace cannot be shown in the field.
    named = before.assignee if before and before.assignee and not before.assignee.startswith(("U", "W")) else None
    try:
        choice = actions.choose(decision, said, assignee or named)
    except DomainError as error:
        reasons.append(Reason(todo_pages.SAID, error.message))
    if reasons:
        raise BadInput("Some fields need another look.", reasons=tuple(reasons))
    return choice


def _both(words: str, choice: Choice, said: str, theirs: ActionItem, call: Call) -> Mapping[str, object]:
    carried = pages.metadata(
        theirs.postmortem_id, rooms.here(call), action=theirs.id, version=theirs.version, parts=todo_pages.drawn(words)
    )
    shown = "\n".join(
        each for each in (actions.LABELS[theirs.decision], theirs.text, theirs.ticket, theirs.reason) if each
    )
    warning = f"{content.said_by(theirs.by, theirs.at)}. Yours is still in the fields: save again, and it counts."
    return layers.fitting(todo_pages.form(words, choice, carried, warning=warning, theirs=shown, said=said))


FORMS: Mapping[str, Submit] = {ids.TODOS: decide, ids.ACTION: action}
