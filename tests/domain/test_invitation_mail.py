"""Which mails a meeting asks for, by the rules alone: after any course of events whoever is invited has the newest, whoever is not has
its end, and no number is given twice for the same reader."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain import invitation_mail as rules
from bot.domain.invitation import Attendee, Event
from bot.domain.kept_mail import KeptMail, MailState, Purpose

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
PEOPLE = tuple(Attendee(name, f"mailto:{name}@acme.example", user_id=f"U{name}") for name in "abcd")
EVENT = Event(
    "pm-1@x",
    0,
    AT,
    AT + timedelta(minutes=30),
    "Title",
    "Agenda",
    Attendee("PM", "mailto:pm@acme.example"),
    (),
    "m.ics",
    AT,
)
STATES = (MailState.SENT, MailState.UNKNOWN, MailState.FAILED, MailState.DROPPED)


def after(event: Event, before: list[KeptMail], state: MailState) -> list[KeptMail]:
    """What is kept when that event was mailed, and this became of it."""
    due = rules.due(event, before)
    waits = [each.dropped("") if due and each.state in rules.WAITS else each for each in before]
    return waits + [
        replace(KeptMail(each.identity, "1", Purpose.INVITATION, each.to, "", AT, each.words), state=state)
        for each in due
    ]


STEPS = st.lists(st.tuples(st.sets(st.sampled_from(PEOPLE)), st.booleans(), st.sampled_from(STATES)), max_size=12)


@given(STEPS)
def test_after_any_course_of_events_calendars_are_as_the_meeting_is(
    steps: list[tuple[set[Attendee], bool, MailState]],
) -> None:
    kept: list[KeptMail] = []
    event = EVENT
    for number, (people, cancelled, state) in enumerate(steps):
        event = replace(
            EVENT, sequence=number, attendees=tuple(sorted(people, key=lambda each: each.name)), cancelled=cancelled
        )
        kept = after(event, kept, state)
    kept = after(replace(event, sequence=len(steps)), kept, MailState.SENT)
    have = set(rules.holders(sorted(kept, key=rules.number)))
    assert have == (set() if event.cancelled else {each.address.removeprefix("mailto:") for each in event.attendees})
    identities = [each.identity for each in kept]
    assert len(identities) == len(set(identities))
    for person in PEOPLE:
        numbers = [
            rules.number(each)
            for each in kept
            if person.address.removeprefix("mailto:") in {to.address for to in each.to}
        ]
        assert numbers == sorted(set(numbers))


@given(STEPS)
def test_what_is_asked_twice_is_due_once(steps: list[tuple[set[Attendee], bool, MailState]]) -> None:
    kept: list[KeptMail] = []
    for number, (people, cancelled, _) in enumerate(steps):
        event = replace(
            EVENT, sequence=number, attendees=tuple(sorted(people, key=lambda each: each.name)), cancelled=cancelled
        )
        kept = after(event, kept, MailState.SENT)
        assert rules.due(event, kept) == []


def test_why_somebody_is_invited_and_how_they_are_called_is_no_other_invitation() -> None:
    event = replace(EVENT, attendees=PEOPLE)
    kept = after(event, [], MailState.SENT)
    other = replace(
        event, attendees=tuple(replace(each, why="IC", name="Ana") for each in PEOPLE), description="Another agenda"
    )
    assert rules.due(other, kept) == []
    assert rules.due(replace(event, attendees=tuple(replace(each, optional=True) for each in PEOPLE)), kept)
