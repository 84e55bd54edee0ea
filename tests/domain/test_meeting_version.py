"""One number for the meeting: it rises with everything that the invited are told, and never falls."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import meeting_version as rules
from bot.domain.invitation import Attendee
from bot.domain.meeting_version import Version
from tests.domain.test_invitation_mail import AT, EVENT, PEOPLE

ANA = PEOPLE[0]
TOLD = replace(EVENT, attendees=(ANA,))
FIRST = rules.after(None, TOLD, "pm1")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"start": AT - timedelta(hours=1)}, id="earlier"),
        pytest.param({"end": AT + timedelta(hours=1)}, id="longer"),
        pytest.param({"summary": "Another title"}, id="title"),
        pytest.param({"url": "https://meet.example/a"}, id="link"),
        pytest.param({"attendees": PEOPLE[:2]}, id="one more"),
        pytest.param({"attendees": ()}, id="one less"),
        pytest.param({"attendees": (replace(ANA, optional=True),)}, id="need not come"),
        pytest.param({"cancelled": True}, id="cancelled"),
        pytest.param({"organizer": Attendee("PM", "mailto:other@acme.example")}, id="who invites"),
        pytest.param({"booking": 1}, id="booked anew for the same time"),
    ],
)
def test_what_people_are_told_gives_it_a_higher_number(change: dict[str, Any]) -> None:
    after = rules.after(FIRST, replace(TOLD, **change), "pm1")
    assert (FIRST.sequence, after.sequence) == (0, 1)


def test_words_names_and_reasons_do_not() -> None:
    other = replace(TOLD, description="Other words", attendees=(replace(ANA, name="Ana B", why="IC"),), stamp=AT)
    assert rules.after(FIRST, other, "pm1", out=7) == FIRST


def test_it_is_at_least_that_of_the_booking_and_above_all_that_is_outside() -> None:
    assert rules.after(None, replace(TOLD, booking=4), "pm1").sequence == 4
    assert rules.after(None, replace(TOLD, booking=4), "pm1", out=6).sequence == 7
    assert rules.after(FIRST, replace(TOLD, booking=1), "pm1", out=6).sequence == 7


def test_people_who_changed_it_in_the_calendar_raise_the_version_that_is_out_and_no_other() -> None:
    assert rules.raised(FIRST, TOLD, 5) == replace(FIRST, sequence=5)
    assert rules.raised(replace(FIRST, sequence=9), TOLD, 5) == replace(FIRST, sequence=9)
    assert rules.raised(FIRST, replace(TOLD, cancelled=True), 5) is None


@given(st.lists(st.tuples(st.sets(st.sampled_from(PEOPLE)), st.booleans(), st.integers(-1, 3)), max_size=15))
def test_after_any_changes_each_number_means_one_meeting(steps: list[tuple[set[Attendee], bool, int]]) -> None:
    last: Version | None = None
    meant: dict[int, str] = {}
    booking = 0
    for people, cancelled, above in steps:
        booking += above == 3
        event = replace(EVENT, attendees=tuple(people), cancelled=cancelled, booking=booking)
        before = last
        last = rules.after(last, event, "pm1", (last.sequence if last else 0) + above)
        assert last.sequence >= (before.sequence if before else 0)
        assert meant.setdefault(last.sequence, last.fingerprint) == last.fingerprint
