"""The buttons of the review post, and those at the notes of readers (R-40, R-41)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import ids, lines, replies, review_notes
from bot.domain.postmortem import Postmortem
from bot.domain.review import NoteState
from bot.listeners import forms, layers
from bot.listeners.actions.press import Press
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.screens import Screen, UpdateView
from bot.ports.store import Unit
from bot.usecases import standing


def approve(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Counted once a person."""
    record = desk.approve(unit, call.place.team_id, call.text, call.place.user_id, now)
    return Answer(replies.say(f"Thank you: your approval of {lines.name(record)} is counted."))


def comment(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The form that asks what could be better."""
    record = desk.comment.check(unit, call.place.team_id, call.text)
    return Answer(screens=(layers.shown(call, review_notes.comment_form(record)),))


def open_notes(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The list of notes."""
    record = standing.record_or_refuse(unit, call.text, team_id=call.place.team_id)
    return Answer(screens=(notes(desk, unit, record, call, now),))


def notes(desk: Desk, unit: Unit, record: Postmortem, call: Call, now: datetime) -> Screen:
    """The list of notes as a form with nothing to send."""
    return layers.shown(call, review_notes.listing(desk.overview(unit, record, now)))


def turn(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Another page of them."""
    record_id, _, page = call.text.partition(":")
    record = standing.record_or_refuse(unit, record_id, team_id=call.place.team_id)
    return _redrawn(desk, unit, record, call, now, page)


def settle(state: NoteState) -> Press:
    """Tick a note off, or open it again; the list is drawn anew."""

    def press(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
        record = desk.settle_note(unit, call.place.team_id, call.text, state, call.place.user_id, now)
        return _redrawn(desk, unit, record, call, now, str(forms.read(call.metadata).get("page") or ""))

    return press


def _redrawn(desk: Desk, unit: Unit, record: Postmortem, call: Call, now: datetime, page: str) -> Answer:
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 5 else 0
    view = review_notes.listing(desk.overview(unit, record, now), number)
    return Answer(screens=(UpdateView(call.modal.id, view) if call.modal else layers.shown(call, view),))


BUTTONS: Mapping[str, Press] = {
    ids.REVIEW_APPROVE: approve,
    ids.REVIEW_COMMENT: comment,
    ids.NOTES_OPEN: open_notes,
    ids.NOTES_PAGE: turn,
    ids.NOTE_DONE: settle(NoteState.DONE),
    ids.NOTE_OPEN_AGAIN: settle(NoteState.OPEN),
}
