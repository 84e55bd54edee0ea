"""The buttons about a post-mortem's course: a proposed severity, the history's pages, and forgetting a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import course_notes, history, ids, lines, replies
from bot.domain import phrases
from bot.domain.errors import Refused
from bot.listeners import layers
from bot.listeners.actions.press import Press
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.screens import OpenView, UpdateView
from bot.ports.store import Unit
from bot.usecases import standing

ODD = "This button is not one of ours. Type `/postmortem` in the incident channel instead."
_HISTORY = "History"


def confirm(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The IC sets what was proposed."""
    record_id, seen, to = _severity(call)
    record = desk.set_severity.confirm(unit, call.place.team_id, record_id, seen, to, call.place.user_id, now)
    return Answer(replies.say(f":white_check_mark: {lines.name(record)} is SEV-{to} now."), replace=True)


def keep(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The IC leaves it."""
    record_id, seen, to = _severity(call)
    record = desk.set_severity.keep(unit, call.place.team_id, record_id, seen, to, call.place.user_id, now)
    return Answer(
        replies.say(f"The severity of {lines.name(record)} stays as it is; the channel is told."), replace=True
    )


def _severity(call: Call) -> tuple[str, int | None, int]:
    found = course_notes.read_severity(call.text)
    if found is None:
        raise Refused(ODD)
    return found


def turn(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """A page of the history, in the place of the one before, or from the list of all steps."""
    record_id, number = history.read(call.text)
    record = standing.record_or_refuse(unit, record_id, team_id=call.place.team_id)
    drawing = history.page(record, unit.ledger.history(record.id), number)
    view = {**layers.notice(drawing, _HISTORY), "private_metadata": '{"history": true}'}
    if call.modal:
        there = "history" in call.metadata
        return Answer(screens=(UpdateView(call.modal.id, view) if there else layers.shown(call, view),))
    if call.response_url:
        return Answer(drawing, replace=number > 0 or ":" in call.text)
    return Answer(screens=(OpenView(call.trigger_id, view),))


def forget(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """It was asked, and it is meant."""
    count = desk.forget(unit, call.place.team_id, call.text, call.place.user_id, now)
    where = f"{phrases.count(count.places, 'place')} in {phrases.count(len(count.records), 'post-mortem')}"
    said = f"Done: {where} changed. The documents concerned are written anew."
    return Answer(replies.say(said), replace=True)


BUTTONS: Mapping[str, Press] = {
    ids.SEVERITY_CONFIRM: confirm,
    ids.SEVERITY_KEEP: keep,
    ids.HISTORY_PAGE: turn,
    ids.FORGET_CONFIRM: forget,
}
