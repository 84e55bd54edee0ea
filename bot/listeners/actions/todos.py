"""The buttons of what is to be done: decide on the TODOs of the channel, add an action item, change a decision."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import ids, pages, todo_pages
from bot.blocks.pages import ACTIONS, TODOS, Page
from bot.domain.actions import ActionItem, Choice
from bot.listeners import pages as rooms
from bot.listeners.actions.press import Press
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.store import Unit


def open_todos(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """What waits for a decision while something does, else what was decided."""
    record = desk.todos.record(unit, call.place.team_id, call.text, call.place.user_id)
    page = Page(TODOS if desk.todos.waiting(unit, record) else ACTIONS)
    return Answer(screens=(rooms.show(call, rooms.draw(desk, unit, record, page, now)),))


def add(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The form of a new action item."""
    record = desk.todos.record(unit, call.place.team_id, call.text, call.place.user_id)
    carried = pages.metadata(record.id, _back(call), parts=1)
    return Answer(screens=(rooms.show(call, todo_pages.form("", None, carried)),))


def edit(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The form of a decision."""
    record_id, _, action_id = call.text.partition(":")
    record = desk.todos.record(unit, call.place.team_id, record_id, call.place.user_id)
    action = desk.todos.action(unit, record, action_id)
    carried = pages.metadata(
        record.id, _back(call), action=action.id, version=action.version, parts=todo_pages.drawn(action.text)
    )
    return Answer(screens=(rooms.show(call, todo_pages.form(action.text, choice(action), carried)),))


def choice(action: ActionItem) -> Choice:
    """What was decided, as the form shows it."""
    return Choice(action.decision, action.ticket, action.reason, action.assignee)


def _back(call: Call) -> Page:
    page = rooms.here(call)
    return page if page.name == ACTIONS else Page(ACTIONS)


BUTTONS: Mapping[str, Press] = {
    ids.TODOS_OPEN: open_todos,
    ids.ACTION_ADD: add,
    ids.ACTION_EDIT: edit,
}
