"""The buttons of what is to be done: decide on the TODOs of the channel, add an action item, change a decision, undo a merge,
and hand out the tickets as a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.blocks import ids, pages, replies, todo_form
from bot.blocks.done import Done
from bot.blocks.pages import ACTIONS, TODOS, Page
from bot.domain import triage
from bot.domain.actions import ActionItem, Choice, Decision, Priority, Terms
from bot.domain.postmortem import Postmortem
from bot.listeners import pages as rooms
from bot.listeners.actions import tickets
from bot.listeners.actions.press import Press
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.store import Unit

AGAIN = "The TODO waits for a decision again."
APART = "It stands by itself again."


def open_todos(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """What waits for a decision while something does, else what was decided."""
    record = desk.todos.record(unit, call.place.team_id, call.text, call.place.user_id)
    return shown(desk, unit, record, call, now)


def shown(desk: Desk, unit: Unit, record: Postmortem, call: Call, now: datetime) -> Answer:
    """The page that is worth looking at."""
    page = Page(TODOS if desk.todos.waiting(unit, record) else ACTIONS)
    return Answer(screens=(rooms.show(call, rooms.draw(desk, unit, record, page, now)),))


def add(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The form of a new action item."""
    record = desk.todos.record(unit, call.place.team_id, call.text, call.place.user_id)
    carried = pages.metadata(record.id, tickets.back(call), parts=1)
    return Answer(screens=(rooms.show(call, todo_form.form("", None, carried, frame(desk, unit, record, None))),))


def edit(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The form of a decision."""
    record_id, _, action_id = call.text.partition(":")
    record = desk.todos.record(unit, call.place.team_id, record_id, call.place.user_id)
    action = desk.todos.action(unit, record, action_id)
    carried = pages.metadata(
        record.id, tickets.back(call), action=action.id, version=action.version, parts=todo_form.drawn(action.text)
    )
    view = todo_form.form(action.text, choice(action), carried, frame(desk, unit, record, action))
    return Answer(screens=(rooms.show(call, view),))


def edit_todo(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The form of one TODO that waits: everything that can be said of it."""
    record_id, _, place = call.text.partition(":")
    record = desk.todos.record(unit, call.place.team_id, record_id, call.place.user_id)
    todo = desk.todos.candidate(unit, record, key(place))
    page = rooms.here(call)
    carried = pages.metadata(
        record.id, page if page.name == TODOS else Page(TODOS), todo=place, parts=todo_form.drawn(todo.whole())
    )
    due = triage.said_day(todo, unit.people.get(record.team_id, todo.user_id or ""), record, now)
    first = Choice(Decision.TICKET, assignee=todo.assignee, terms=Terms(due=due))
    beside = replace(frame(desk, unit, record, None), said_due=todo.due)
    return Answer(screens=(rooms.show(call, todo_form.form(todo.whole(), first, carried, beside)),))


def take_apart(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """What was merged stands by itself again."""
    record_id, _, action_id = call.text.partition(":")
    record = desk.todos.record(unit, call.place.team_id, record_id, call.place.user_id)
    after = desk.todos.take_apart(unit, record, action_id, call.place.user_id, now)
    return rooms.turned(desk, unit, record, call, tickets.back(call), now, Done(AGAIN if after is None else APART))


def hand_out(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The tickets as a file in the thread of the card."""
    record = desk.todos.record(unit, call.place.team_id, call.text, call.place.user_id)
    desk.todos.hand_out(unit, record, call.place.user_id, now)
    if call.modal is None:
        return Answer(replies.say(ON_ITS_WAY))
    return rooms.turned(desk, unit, record, call, tickets.back(call), now, Done(ON_ITS_WAY))


ON_ITS_WAY = "The tickets come as a CSV file into the thread of the post-mortem's card in a moment."


def frame(desk: Desk, unit: Unit, record: Postmortem, action: ActionItem | None) -> todo_form.Frame:
    """What the form shows beside the item."""
    days = desk.policy.action_days
    items = unit.items.actions(record.id)
    return todo_form.Frame(
        triage.by_rule(record, days).last_day,
        triage.working(record, days),
        triage.targets(items, action),
        desk.policy.tickets is not None,
    )


def choice(action: ActionItem) -> Choice:
    """What was decided, as the form shows it."""
    terms = Terms(action.kind, action.priority or Priority.P1, action.justification, action.due, action.roi)
    return Choice(action.decision, action.ticket, action.reason, action.assignee, terms, action.merged_into)


def key(place: str) -> tuple[str, int]:
    """The place of a TODO in the chat, as a button carries it; one that nobody has for what is none."""
    ts, _, line = place.partition(":")
    return ts, int(line) if line.isascii() and line.isdigit() and len(line) < 9 else -1


BUTTONS: Mapping[str, Press] = {
    ids.TODOS_OPEN: open_todos,
    ids.ACTION_ADD: add,
    ids.ACTION_EDIT: edit,
    ids.TODO_EDIT: edit_todo,
    ids.ACTION_APART: take_apart,
    ids.ACTIONS_CSV: hand_out,
}
