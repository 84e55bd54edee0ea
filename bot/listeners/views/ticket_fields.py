"""What Jira wants for tickets comes back filled in: they are asked for, and the modal shows how far they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.blocks import ids, ticket_fields_form, ticket_progress
from bot.domain import ticket_bulk
from bot.domain.ticket_fields import Form
from bot.listeners import forms
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.listeners.views.submit import Submit
from bot.ports.store import Unit
from bot.usecases import rows


def fill_in(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """One form for all tickets of a project and issue type."""
    carried: Mapping[str, object] = forms.read(call.metadata)
    by = call.place.user_id
    record = desk.todos.record(unit, call.place.team_id, str(carried.get("record") or ""), by)
    filled = ticket_fields_form.read(_forms(carried.get("forms")), call.values)
    which, without = ticket_bulk.which(str(carried.get("which") or "")), _forms(carried.get("without"))
    since = desk.ask_for_tickets(unit, record, which, by, now, filled, without)
    name = str(carried.get("view") or "")
    unit.outbox.put(rows.tickets_watch(record, by, name, since, now))
    seen = desk.overview(unit, record, now)
    bulk = ticket_bulk.bulk(seen.life.actions, seen.tickets, since)
    return Answer(view=ticket_progress.view(seen, bulk, name))


def _forms(carried: object) -> Sequence[Form]:
    """The forms that a modal names; what is none of ours is none."""
    pairs = carried if isinstance(carried, list) else []
    return [(str(each[0]), str(each[1])) for each in pairs if isinstance(each, list) and len(each) == 2]


FORMS: Mapping[str, Submit] = {ids.TICKET_FIELDS: fill_in}
