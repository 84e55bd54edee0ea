"""The buttons that have tickets made in the tracker. Nothing is asked of it before the answer: a modal says that it is asked, and a row
has it done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import ids, ticket_progress
from bot.domain import ticket_bulk
from bot.domain.postmortem import Postmortem
from bot.listeners import layers
from bot.listeners.actions.press import Press
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.screens import Screen, UpdateView
from bot.ports.store import Unit
from bot.usecases import rows


def create(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The tickets that the button means: Jira is asked what it wants for them, and then the person, or they are asked for."""
    record_id, _, which = call.text.partition(":")
    by = call.place.user_id
    record = desk.todos.record(unit, call.place.team_id, record_id, by)
    desk.ask_for_tickets.check(unit, record, ticket_bulk.which(which), by, now)
    name = _name(record, call)
    unit.outbox.put(rows.ticket_form(record, by, name, which, now))
    return Answer(screens=(_in_place(call, ticket_progress.loading(record.id, name)),))


def _name(record: Postmortem, call: Call) -> str:
    """Of the modal, by which it is found again: the same for a button that is pressed twice before anything else is shown."""
    pressed = f"{call.modal.id}:{call.view.get('hash') or ''}" if call.modal else call.trigger_id
    return f"{record.id}:{pressed}"[:255]


def _in_place(call: Call, view: Mapping[str, object]) -> Screen:
    """In the modal whose button was pressed, unless that shows something else by now."""
    if call.modal is None:
        return layers.shown(call, view)
    seen = call.view.get("hash")
    return UpdateView(call.modal.id, view, seen if isinstance(seen, str) else None)


BUTTONS: Mapping[str, Press] = {
    ids.TICKETS_CREATE: create,
    ids.TICKETS_FILL: create,
}
