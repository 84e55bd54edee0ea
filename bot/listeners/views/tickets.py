"""The form that names a ticket comes back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import ids, text, ticket_form
from bot.blocks.done import Done
from bot.listeners import forms
from bot.listeners import pages as rooms
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.listeners.views.submit import Submit, at
from bot.ports.store import Unit

LOOKED_AT = "{} is looked at in Jira. Open the list again in a moment; you are told if it cannot be linked."
THERE = "{} is its ticket already."


def link(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """It is written down, and looked at after the answer."""
    carried, by = forms.read(call.metadata), call.place.user_id
    record = desk.todos.record(unit, call.place.team_id, str(carried.get("record") or ""), by)
    action = desk.todos.action(unit, record, str(carried.get("action") or ""))
    with at(ticket_form.TICKET, always=True):
        kept = desk.link_ticket(unit, record, action, ticket_form.read(call.values), by, now)
    said = LOOKED_AT.format(text.escape(kept.linking)) if kept.linking else THERE.format(text.escape(kept.key))
    return rooms.saved(desk, unit, record, call, now, Done(said))


FORMS: Mapping[str, Submit] = {ids.LINK_TICKET: link}
