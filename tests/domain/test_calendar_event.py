"""What counts as moved by people, what waits for somebody's word, and what each person answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.calendar_event import EventState, KeptEvent, Reply, Span
from bot.domain.harvest.person import Person
from bot.domain.invitation import Attendee, Event

NOON, HOUR = datetime(2026, 11, 26, 12, tzinfo=UTC), timedelta(hours=1)
EVENT = Event("u", 2, NOON, NOON + HOUR, "s", "d", Attendee("bot", "mailto:b@x"), (), "f", NOON)
WRITTEN = KeptEvent("pm1").leaving(EVENT, "h").written(EVENT, 5, "e", ())
THEIRS = Span(NOON + 4 * HOUR, NOON + 5 * HOUR)
ASKED = WRITTEN.question(EventState.MOVED, "U1", 2, NOON, THEIRS)
ELSEWHERE = replace(EVENT, sequence=3, start=NOON + 2 * HOUR, end=NOON + 3 * HOUR)


@pytest.mark.parametrize(
    ("kept", "event", "there", "by_people"),
    [
        pytest.param(WRITTEN, EVENT, Span(NOON, NOON + HOUR), False, id="as written"),
        pytest.param(WRITTEN, EVENT, THEIRS, True, id="somewhere else"),
        pytest.param(WRITTEN, EVENT, Span(NOON, NOON + 2 * HOUR), True, id="longer"),
        pytest.param(WRITTEN, ELSEWHERE, Span(NOON, NOON + HOUR), False, id="as written before we move it"),
        pytest.param(WRITTEN, ELSEWHERE, Span(ELSEWHERE.start, ELSEWHERE.end), False, id="as it is wanted now"),
        pytest.param(
            WRITTEN.leaving(ELSEWHERE, "h"), EVENT, Span(ELSEWHERE.start, ELSEWHERE.end), False, id="sent, answer lost"
        ),
        pytest.param(KeptEvent("pm1"), EVENT, THEIRS, True, id="restored from an older backup"),
        pytest.param(WRITTEN, replace(EVENT, cancelled=True), THEIRS, False, id="to be cancelled"),
        pytest.param(ASKED, EVENT, THEIRS, True, id="asked about and not answered"),
        pytest.param(ASKED, ELSEWHERE, THEIRS, False, id="asked about, then moved in Slack"),
    ],
)
def test_a_time_is_peoples_when_it_is_neither_ours_nor_wanted(
    kept: KeptEvent, event: Event, there: Span, by_people: bool
) -> None:
    assert kept.moved_by_people(there.start, there.end, event) is by_people


def test_nothing_is_written_while_somebody_is_to_decide() -> None:
    assert ASKED.waits(EVENT)
    assert not ASKED.waits(ELSEWHERE)
    assert not ASKED.waits(replace(EVENT, cancelled=True))
    for state in (EventState.GONE, EventState.LEFT_OUT):
        assert replace(WRITTEN, state=state).waits(ELSEWHERE)
        assert not replace(WRITTEN, state=state).waits(replace(ELSEWHERE, cancelled=True))
    assert not WRITTEN.waits(EVENT)


def test_only_this_very_version_is_settled() -> None:
    assert WRITTEN.settled(EVENT)
    assert not WRITTEN.settled(ELSEWHERE)
    assert not WRITTEN.settled(replace(EVENT, cancelled=True))
    off = replace(EVENT, cancelled=True)
    assert WRITTEN.written(off, 6, "e", ()).settled(off)
    assert not WRITTEN.off().settled(EVENT)


def test_an_answer_goes_with_its_guest_and_with_the_time_that_it_was_given_for() -> None:
    kept = replace(
        WRITTEN,
        invited=("mailto:Ana@x", "mailto:ben@x"),
        answers=dict.fromkeys(("mailto:ana@x", "mailto:ben@x"), "ACCEPTED"),
    )
    assert kept.written(EVENT, 6, "e", ("mailto:ben@x",)).answers == {"mailto:ben@x": "ACCEPTED"}
    assert kept.written(ELSEWHERE, 6, "e", kept.invited).answers == {}


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("ACCEPTED", Reply.ACCEPTED), ("DECLINED", Reply.DECLINED), ("TENTATIVE", Reply.TENTATIVE),
        ("NEEDS-ACTION", Reply.NONE), ("X-ODD", Reply.NONE),
    ],
)  # fmt: skip
def test_an_answer_is_found_by_mailbox_or_by_the_page_in_slack(said: str, reply: Reply) -> None:
    kept = replace(WRITTEN, answers={"mailto:ana@x": said, "https://a.slack.com/team/u2": said})
    assert kept.reply(Person("U1", "Ana", email="Ana@X"), "U1") is reply
    assert kept.reply(Person("U2", "Ben"), "U2") is reply
    assert kept.reply(None, "U2") is reply
    assert kept.reply(Person("U3", "Chi"), "U3") is Reply.NONE
