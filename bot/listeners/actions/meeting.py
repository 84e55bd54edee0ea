"""The buttons around the meeting: book, cancel, enter the real time, and what came of it (R-11, R-19)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.blocks import held as drawings
from bot.blocks import ids, lines, meeting_form, replies
from bot.domain import held, leading
from bot.domain.postmortem import Postmortem
from bot.listeners import layers
from bot.listeners.actions.press import Press
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.screens import Screen
from bot.ports.store import Unit
from bot.usecases import actors, standing


def open_form(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The form that books the meeting, or moves it."""
    record = standing.record_or_refuse(unit, call.text, team_id=call.place.team_id)
    desk.book_meeting.check_right(unit, record, call.place.user_id)
    return Answer(screens=(form(desk, unit, record, call, now),))


def form(
    desk: Desk, unit: Unit, record: Postmortem, call: Call, now: datetime, intro: str = ""
) -> Screen:  # fmt: skip
    """The same for whoever is known to be allowed."""
    proposal = desk.book_meeting.proposal(unit, record, now)
    view = meeting_form.form(desk.overview(unit, record, now), proposal, intro=intro)
    return layers.shown(call, view, "The form did not open. Type `/postmortem meeting` in the incident channel.")


def cancel(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Call it off; Slack has asked whether that is meant."""
    record_id, seen = meeting_form.read_value(call.text)
    record = desk.cancel_meeting(unit, call.place.team_id, record_id, seen, call.place.user_id, now)
    said = f"The meeting of {lines.name(record)} is cancelled; the channel is told."
    return layers.said(call, replies.say(said), "Cancelled")


def open_real(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The form that asks when it was really held."""
    record_id, _ = meeting_form.read_value(call.text)
    record = standing.record_or_refuse(unit, record_id, team_id=call.place.team_id)
    leading.only_leads(
        actors.actor(unit, record, call.place.user_id, desk.policy), record, "enter when the meeting was held"
    )
    leading.meeting_may_change(record)
    return Answer(screens=(layers.shown(call, meeting_form.was_form(desk.overview(unit, record, now))),))


def open_held(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The question, for whoever came from a list of what is missing."""
    record = standing.record_or_refuse(unit, call.text, team_id=call.place.team_id)
    booking = desk.answer_held.check(unit, record, call.place.user_id, "say whether the meeting was held")
    overview = desk.overview(unit, record, now)
    if not booking.cancelled and now < booking.end:
        return Answer(drawings.early(overview))
    if held.open_question(booking, record, now):
        return Answer(drawings.question(overview, ping=False))
    return Answer(drawings.card(overview, booking.sequence))


def open_changes(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The form that asks what is to be changed; a click that comes too late is told so before anybody types."""
    record_id, seen = meeting_form.read_value(call.text)
    record = standing.record_or_refuse(unit, record_id, team_id=call.place.team_id)
    booking = desk.answer_held.check(unit, record, call.place.user_id, "say what came of the meeting")
    actor = actors.actor(unit, record, call.place.user_id, desk.policy)
    held.ask_for_changes(booking, record, seen, "to be typed", actor=actor, now=now)
    return Answer(screens=(layers.shown(call, meeting_form.changes_form(record, booking)),))


def not_held(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """It did not take place: stored at once, and the form for another one opens."""
    record_id, seen = meeting_form.read_value(call.text)
    record = desk.answer_held.not_held(unit, call.place.team_id, record_id, seen, call.place.user_id, now)
    intro = f"Not held. {drawings.deadline_says(desk.overview(unit, record, now))}"
    return Answer(screens=(form(desk, unit, record, call, now, intro),))


Agree = Callable[[Desk], Callable[[Unit, str, str, int, str, datetime], Postmortem]]


def _agreed(which: Agree) -> Press:
    def press(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
        record_id, seen = meeting_form.read_value(call.text)
        record = which(desk)(unit, call.place.team_id, record_id, seen, call.place.user_id, now)
        return layers.said(call, drawings.answer(desk.overview(unit, record, now)), "Agreed")

    return press


BUTTONS: Mapping[str, Press] = {
    ids.MEETING_OPEN: open_form,
    ids.MEETING_CANCEL: cancel,
    ids.MEETING_REAL: open_real,
    ids.HELD_OPEN: open_held,
    ids.HELD_AGREED: _agreed(lambda desk: desk.answer_held.agree),
    ids.HELD_IN_WRITING: _agreed(lambda desk: desk.answer_held.in_writing),
    ids.HELD_CHANGES: open_changes,
    ids.HELD_NOT: not_held,
}
