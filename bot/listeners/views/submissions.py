"""The forms that come back: callback id to act. A refused form keeps what was typed, with a sentence at the field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.blocks import ids, modals, replies
from bot.domain.errors import BadInput, Reason, Refused
from bot.listeners import forms, pages
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.commands import assign
from bot.listeners.desk import Desk
from bot.listeners.views import (
    content,
    external,
    invited,
    lines,
    mail_form,
    meeting,
    merging,
    moves,
    noticed,
    pointed,
    queries,
    questions,
    services,
    ticket_fields,
    tickets,
    timeline,
    todos,
    walk,
)
from bot.listeners.views.submit import Submit, at
from bot.ports.store import Unit

OLD = "This form is from an older version of the bot. Close it and type `/postmortem` in the incident channel."


def details(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Save the incident's details."""
    carried = forms.read(call.metadata)
    form = modals.read_details(call.values)
    record, seen = carried.get("record") or "", carried.get("seen") or ""
    with at(ids.TITLE):
        saved = desk.complete(unit, call.place.team_id, record, seen, form, call.place.user_id, now)
    if call.modal and call.modal.previous:
        return pages.saved(desk, unit, saved, call, now)
    return Answer()


def decline(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The owner gives it back, with a reason."""
    record = forms.read(call.metadata).get("record") or ""
    reason = modals.read_reason(call.values)
    with at(ids.REASON):
        desk.decline(unit, call.place.team_id, record, call.place.user_id, reason, now)
    return Answer()


def choose_owner(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """One person was chosen: the same as typing `assign` in the channel."""
    channel = forms.read(call.metadata).get("channel")
    if not channel:
        raise BadInput(OLD, reasons=(Reason(ids.OWNER, OLD),))
    candidate = modals.read_owner(call.values)
    with at(ids.OWNER):
        if candidate is None:
            raise Refused("Choose one person.")
        made = desk.designate(unit, replace(call.place, channel_id=channel), candidate, now)
    return Answer(replies.say(assign.said(made, candidate)))


FORMS: Mapping[str, Submit] = {
    ids.DETAILS: details,
    ids.DECLINE: decline,
    ids.CHOOSE_OWNER: choose_owner,
    **moves.FORMS,
    **content.FORMS,
    **timeline.FORMS,
    **walk.FORMS,
    **todos.FORMS,
    **ticket_fields.FORMS,
    **tickets.FORMS,
    **queries.FORMS,
    **meeting.FORMS,
    **external.FORMS,
    **mail_form.FORMS,
    **questions.FORMS,
    **lines.FORMS,
    **services.FORMS,
    **invited.FORMS,
    **merging.FORMS,
    **noticed.FORMS,
    **pointed.FORMS,
}


def unknown(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """A form of an older version."""
    raise Refused(OLD)
