"""How a deadline is told in one line, and from where it is counted."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain import counted, deadlines, going_on, severity
from bot.domain.business_time import Calendar
from bot.domain.deadlines import AnchorSource, Roll
from bot.domain.errors import DomainError
from bot.domain.open_again import OpenAgain
from bot.domain.postmortem import Postmortem, Times
from bot.domain.status import Status
from bot.domain.waiver import Waiver
from tests.factories import NOW, RESOLVED, STARTED, fresh, postmortem

NY = "America/New_York"


def line(record: Postmortem, calendar: Calendar, roll: Roll = Roll.NONE) -> str:
    anchor = counted.anchor(record)
    found = deadlines.meeting_deadline(record.severity, anchor.at, calendar, roll=roll, provisional=anchor.provisional)
    return counted.line(record, found)


def test_the_line_has_the_end_the_days_and_the_last_day() -> None:
    resolved = datetime(2026, 11, 20, 23, 30, tzinfo=ZoneInfo(NY)).astimezone(UTC)
    record = postmortem(business_tz=NY, times=Times(resolved_at=resolved))
    assert line(record, Calendar(NY)) == "resolved Fri 20 Nov 23:30 New York; 3 calendar days; last day Mon 23 Nov"
    assert line(postmortem(severity=2), Calendar()) == (
        "resolved Mon 23 Nov 14:05 UTC; 5 business days; last day Mon 30 Nov"
    )


def test_a_deadline_that_was_pulled_back_says_so() -> None:
    record = postmortem(times=Times(resolved_at=datetime(2026, 11, 25, 10, tzinfo=UTC)))
    told = line(record, Calendar(), Roll.BACK)
    assert told == "resolved Wed 25 Nov 10:00 UTC; 3 calendar days, back to a working day; last day Fri 27 Nov"


def test_while_the_end_is_not_known_the_line_says_what_it_counts_from_and_waits_for() -> None:
    told = line(fresh(severity=1), Calendar())
    assert told.startswith("opened Mon 23 Nov 15:05 UTC; 3 calendar days; last day Thu 26 Nov (provisional until")
    assert "the end of the incident is given" in told


@pytest.mark.parametrize(
    ("tz", "said"),
    [("UTC", "UTC"), (NY, "New York"), ("America/Argentina/Buenos_Aires", "Buenos Aires"), ("Etc/GMT+5", "Etc/GMT+5")],
)
def test_a_zone_is_said_as_people_say_it(tz: str, said: str) -> None:
    assert counted.place(tz) == said


T1, T2 = NOW - timedelta(hours=2), NOW - timedelta(hours=1)


@pytest.mark.parametrize(
    ("known", "source"),
    [
        ({"times": Times(resolved_at=T1), "severity_ended_at": T2, "end_of_call_at": T2}, AnchorSource.RESOLVED_AT),
        ({"severity_ended_at": T1, "end_of_call_at": T2}, AnchorSource.SEVERITY_END),
        ({"end_of_call_at": T1}, AnchorSource.CALL_END),
        ({}, AnchorSource.CREATED),
    ],
)
def test_the_count_starts_at_the_best_known_end(known: dict[str, object], source: AnchorSource) -> None:
    found = counted.anchor(fresh(**known))
    assert found.source is source
    assert found.provisional is (source is AnchorSource.CREATED)


@pytest.mark.parametrize(
    ("was", "to", "known", "ended"),
    [
        pytest.param(2, 3, {}, NOW, id="it-left-sev-2"),
        pytest.param(1, 4, {}, NOW, id="from-sev-1"),
        pytest.param(2, 1, {"severity_ended_at": T1}, None, id="back-up"),
        pytest.param(3, 4, {"severity_ended_at": T1}, T1, id="lower-still"),
        pytest.param(None, 3, {}, None, id="it-was-never-one"),
        pytest.param(2, 3, {"end_of_call_at": T2}, None, id="a-correction-after-the-call"),
        pytest.param(2, 3, {"times": Times(resolved_at=T2)}, None, id="a-correction-after-the-end"),
    ],
)
def test_leaving_sev_2_is_an_end_only_while_none_is_known(
    was: int | None, to: int, known: dict[str, object], ended: datetime | None
) -> None:
    assert severity.ended_at(fresh(severity=was, **known), to, NOW) == ended


def test_an_incident_is_open_again_once_and_only_before_the_review() -> None:
    again = going_on.begin(postmortem(), by="U1", reason="  it is back ", now=NOW)
    assert again == OpenAgain(NOW, "U1", "it is back")
    for record, said in (
        (postmortem(open_again=again), "already"),
        (postmortem(status=Status.REVIEWED), "start new"),
        (postmortem(waiver=Waiver(NOW, "U1", "x")), "waived"),
    ):
        with pytest.raises(DomainError, match=said):
            going_on.begin(record, by="U1", reason="", now=NOW)


@pytest.mark.parametrize(
    ("record", "at", "said"),
    [
        pytest.param(postmortem(), NOW, "resolved Mon 23 Nov 2026 14:05", id="it-has-an-end"),
        pytest.param(fresh(), NOW + timedelta(hours=1), "still to come", id="future"),
        pytest.param(
            postmortem(open_again=OpenAgain(NOW, "U1", "")),
            RESOLVED - timedelta(seconds=1),
            "over once before",
            id="the-first-end",
        ),
        pytest.param(fresh(times=Times(STARTED)), STARTED - timedelta(minutes=1), "began", id="before-it-began"),
    ],
)
def test_an_end_that_cannot_be_is_refused_with_a_sentence(record: Postmortem, at: datetime, said: str) -> None:
    with pytest.raises(DomainError, match=said):
        going_on.check_end(record, at, now=NOW)


def test_the_new_end_may_be_a_little_before_somebody_said_that_it_is_open_again() -> None:
    record = postmortem(open_again=OpenAgain(NOW, "U1", ""))
    assert going_on.check_end(record, NOW - timedelta(minutes=10), now=NOW) == NOW - timedelta(minutes=10)
    assert going_on.check_end(fresh(), NOW + timedelta(minutes=1), now=NOW) == NOW


def test_the_record_keeps_its_own_day() -> None:
    """The line counts in the record's zone, whatever the reader's."""
    record = postmortem(business_tz="Asia/Kolkata", times=Times(resolved_at=datetime(2026, 11, 23, 20, tzinfo=UTC)))
    told = line(record, Calendar("Asia/Kolkata"))
    assert told == "resolved Tue 24 Nov 01:30 Kolkata; 3 calendar days; last day Fri 27 Nov"
    assert counted.anchor(record).at.date() == date(2026, 11, 23)
