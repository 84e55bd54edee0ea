"""*Add as query*: the code of the message to the letter, in the form of a command or query (R-25)."""

from __future__ import annotations

from datetime import datetime

from bot.blocks import ids, pointed_notes, query_form
from bot.domain import queries, writing
from bot.domain.pointed import Pointed
from bot.domain.postmortem import Postmortem
from bot.domain.queries import Written
from bot.listeners import forms
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.listeners.shortcuts import shortcut
from bot.listeners.shortcuts.shortcut import Shortcut
from bot.ports.store import Unit


def choose(desk: Desk, unit: Unit, call: Call, record: Postmortem, given: Pointed, now: datetime) -> Answer:
    """The form, run by whoever posted it; or the query that is kept of it already. Raises Refused for one that no form shows."""
    writing.check_changes(record)
    there = desk.point_out.query_of(unit, record, given.source)
    if there:
        return Answer(pointed_notes.query_there(record, there))
    if queries.too_long(given.query):
        raise queries.refuse_too_long(given.query)
    ran_by = given.source.user_id
    written = Written(given.query, ran_by=ran_by if forms.can_be_chosen(unit, record, ran_by) else None)
    carried = shortcut.carried(record, given.source, call.response_url, call.place.channel_id)
    came_from = shortcut.posted(desk, call, given.source)
    view = query_form.draw(written, carried, new=True, source=came_from, callback=ids.POINTED_QUERY)
    return Answer(screens=(shortcut.show(call, view),))


ADD_AS_QUERY = Shortcut(
    ids.ADD_AS_QUERY, "Add as query", "keep the command or query in this message to the letter", choose
)
