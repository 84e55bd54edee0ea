"""R-19: every answer about the meeting by every role, at the right time and too early, first and second."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.domain import held
from bot.domain.actors import Actor, Role
from bot.domain.booking import Booking, Outcome
from bot.domain.errors import BadInput, DomainError, Refused, Stale
from tests import factories

RECORD = factories.postmortem()
START = factories.NOW + timedelta(hours=1)
BOOKING = factories.booking(start=START)
AFTER = BOOKING.end
OWNER = Actor("U2", frozenset({Role.OWNER}))
IC = Actor("U1", frozenset({Role.IC}))
DEPUTY = Actor("U3", frozenset({Role.DEPUTY}))
Answer = Callable[..., Booking]


def changes(booking: Booking, record: object, sequence: int, **named: object) -> Booking:
    return held.ask_for_changes(booking, RECORD, sequence, "name the fix", **named)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("answer", "outcome", "confirmed"),
    [(held.agree, Outcome.AGREED, True), (changes, Outcome.CHANGES, False), (held.not_held, Outcome.NOT_HELD, False)],
)
def test_the_first_answer_is_kept_with_who_gave_it(answer: Answer, outcome: Outcome, confirmed: bool) -> None:
    found = answer(BOOKING, RECORD, 0, actor=IC, now=AFTER)
    assert (found.outcome, found.outcome_by, found.outcome_at) == (outcome, "U1", AFTER)
    assert (found.confirmation is not None) is confirmed


@pytest.mark.parametrize("answer", [held.agree, changes, held.not_held])
@pytest.mark.parametrize("first", [held.agree, changes, held.not_held])
def test_a_second_answer_is_stale(first: Answer, answer: Answer) -> None:
    said = first(BOOKING, RECORD, 0, actor=IC, now=AFTER)
    with pytest.raises(Stale, match="<@U1> said already"):
        answer(said, RECORD, 0, actor=OWNER, now=AFTER)


@pytest.mark.parametrize("answer", [held.agree, changes, held.not_held])
def test_too_early_is_refused_to_the_second(answer: Answer) -> None:
    with pytest.raises(Refused, match="ends"):
        answer(BOOKING, RECORD, 0, actor=OWNER, now=AFTER - timedelta(seconds=1))


@pytest.mark.parametrize("answer", [held.agree, held.agree_in_writing, changes, held.not_held])
@pytest.mark.parametrize(
    "booking", [BOOKING.called_off(factories.NOW), BOOKING.moved(START, AFTER, by="U2", now=START)]
)
def test_another_meeting_than_the_one_asked_about_is_stale(answer: Answer, booking: Booking) -> None:
    with pytest.raises(Stale):
        answer(booking, RECORD, 0, actor=OWNER, now=AFTER)


@pytest.mark.parametrize("answer", [held.agree, held.agree_in_writing])
def test_the_deputy_does_not_confirm(answer: Answer) -> None:
    said = changes(BOOKING, RECORD, 0, actor=IC, now=AFTER) if answer is held.agree_in_writing else BOOKING
    with pytest.raises(Refused, match="<@U2> or <@U1>"):
        answer(said, RECORD, 0, actor=DEPUTY, now=AFTER)


def test_agreed_in_writing_is_only_for_changes() -> None:
    with pytest.raises(Stale):
        held.agree_in_writing(BOOKING, RECORD, 0, actor=IC, now=AFTER)
    said = changes(BOOKING, RECORD, 0, actor=IC, now=AFTER)
    found = held.agree_in_writing(said, RECORD, 0, actor=OWNER, now=AFTER + timedelta(hours=1))
    assert (found.outcome, found.in_writing, found.confirmed_by) == (Outcome.AGREED, True, "U2")
    with pytest.raises(Stale):
        held.agree_in_writing(found, RECORD, 0, actor=IC, now=AFTER + timedelta(hours=2))


@pytest.mark.parametrize("wanted", ["", "  \n "])
def test_changes_have_to_be_named(wanted: str) -> None:
    with pytest.raises(BadInput):
        held.ask_for_changes(BOOKING, RECORD, 0, wanted, actor=OWNER, now=AFTER)


def test_sent_back_it_is_asked_again_and_answered_again() -> None:
    agreed = held.agree(BOOKING, RECORD, 0, actor=IC, now=AFTER)
    assert not held.open_question(agreed, RECORD, AFTER)
    back = factories.postmortem(sent_back_at=AFTER + timedelta(minutes=5))
    later = AFTER + timedelta(minutes=10)
    assert held.open_question(agreed, back, later)
    again = held.agree(agreed, back, 0, actor=OWNER, now=later)
    assert not held.open_question(again, back, later)


@pytest.mark.parametrize(
    ("start", "minutes", "error"),
    [
        (AFTER - timedelta(minutes=20), 20, None),
        (AFTER - timedelta(minutes=20), 30, BadInput),
        (factories.RESOLVED - timedelta(minutes=1), 30, BadInput),
        (AFTER - timedelta(minutes=90), 61, BadInput),
        (AFTER - timedelta(minutes=20), 14, BadInput),
    ],
    ids=["over", "not over", "before the end of the incident", "too long", "too short"],
)
def test_the_real_time_takes_the_place_of_the_booked_one(
    start: object, minutes: int, error: type[DomainError] | None
) -> None:
    def enter() -> Booking:
        return held.really_held(
            BOOKING, RECORD, 0, start, timedelta(minutes=minutes), actor=OWNER, now=AFTER  # type: ignore[arg-type]
        )  # fmt: skip

    if error:
        with pytest.raises(error):
            enter()
        return
    found = enter()
    assert (found.start, found.sequence, found.outcome) == (start, 1, Outcome.NONE)
    assert held.open_question(found, RECORD, AFTER)


def test_moving_and_cancelling_forget_what_was_confirmed() -> None:
    agreed = held.agree(BOOKING, RECORD, 0, actor=IC, now=AFTER)
    for changed in (agreed.called_off(AFTER), agreed.moved(START, AFTER, by="U2", now=AFTER)):
        assert changed.confirmation is None
        assert (changed.outcome, changed.outcome_by, changed.sequence) == (Outcome.NONE, None, 1)


def test_sent_back_the_new_text_is_agreed_on_in_writing_without_the_old_changes() -> None:
    said = held.agree_in_writing(changes(BOOKING, RECORD, 0, actor=IC, now=AFTER), RECORD, 0, actor=IC, now=AFTER)
    back = factories.postmortem(sent_back_at=AFTER + timedelta(minutes=5))
    again = held.agree_in_writing(said, back, 0, actor=OWNER, now=AFTER + timedelta(minutes=10))
    assert (again.confirmed_by, again.in_writing, again.outcome_note) == ("U2", True, "")
    assert not held.outdated(again, back)
