"""The worked examples of the deadline definition, and what must hold for every anchor in every zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain import business_time, deadlines, errors
from bot.domain.business_time import Calendar
from bot.domain.deadlines import AnchorSource, Roll

NY, LONDON = "America/New_York", "Europe/London"
US = frozenset({date(2026, 11, 26), date(2026, 12, 25)})
ENGLAND = frozenset({date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)})
RIYADH = Calendar("Asia/Riyadh", weekend=frozenset({4, 5}))
ZONES = (
    "UTC",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Asia/Riyadh",
    "Asia/Kolkata",
    NY,
    "Australia/Sydney",
    "Asia/Beirut",
    "America/Havana",
    "Africa/Cairo",
    "Pacific/Kiritimati",
    "Pacific/Apia",
)


def local(text: str, tz: str = "UTC") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(tz))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


WORKED = [
    pytest.param(1, local("2026-11-23T14:05"), Calendar(), "2026-11-26", "2026-11-27T00:00", id="D1-three-days"),
    pytest.param(1, local("2026-11-20T23:30", NY), Calendar(NY), "2026-11-23", "2026-11-24T05:00", id="D2-late-friday"),
    pytest.param(1, local("2026-11-20T23:30", NY), Calendar(), "2026-11-24", "2026-11-25T00:00", id="D2b-same-in-utc"),
    pytest.param(
        1, local("2026-11-25T10:00", NY), Calendar(NY, holidays=US), "2026-11-28", "2026-11-29T05:00", id="D3-holiday"
    ),
    pytest.param(2, local("2026-11-25T10:00", NY), Calendar(NY), "2026-12-02", "2026-12-03T05:00", id="D4-no-holidays"),
    pytest.param(
        2, local("2026-11-25T10:00", NY), Calendar(NY, holidays=US), "2026-12-03", "2026-12-04T05:00", id="D4b-holidays"
    ),
    pytest.param(2, local("2026-11-23T09:00"), Calendar(), "2026-11-30", "2026-12-01T00:00", id="D5-five-days"),
    pytest.param(2, local("2026-11-21T03:00"), Calendar(), "2026-11-27", "2026-11-28T00:00", id="D6-saturday"),
    pytest.param(2, local("2026-11-20T23:59:59"), Calendar(), "2026-11-27", "2026-11-28T00:00", id="D7-friday-night"),
    pytest.param(
        2,
        local("2026-12-24T18:00", LONDON),
        Calendar(LONDON, holidays=ENGLAND),
        "2027-01-05",
        "2027-01-06T00:00",
        id="D8-christmas",
    ),
    pytest.param(
        1,
        local("2026-12-24T18:00", LONDON),
        Calendar(LONDON, holidays=ENGLAND),
        "2026-12-27",
        "2026-12-28T00:00",
        id="D8b-christmas-sev1",
    ),
    pytest.param(1, local("2026-03-07T12:00", NY), Calendar(NY), "2026-03-10", "2026-03-11T04:00", id="D9-23-h-day"),
    pytest.param(1, local("2026-10-30T12:00", NY), Calendar(NY), "2026-11-02", "2026-11-03T05:00", id="D9b-25-h-day"),
    pytest.param(
        1,
        local("2026-09-02T10:00", "America/Santiago"),
        Calendar("America/Santiago"),
        "2026-09-05",
        "2026-09-06T04:00",
        id="D10-no-midnight",
    ),
    pytest.param(
        1,
        local("2026-11-23T22:00"),
        Calendar("Australia/Sydney"),
        "2026-11-27",
        "2026-11-27T13:00",
        id="D11-already-tuesday",
    ),
    pytest.param(
        1,
        local("2026-11-23T22:00"),
        Calendar("America/Los_Angeles"),
        "2026-11-26",
        "2026-11-27T08:00",
        id="D11b-still-monday",
    ),
    pytest.param(
        2, local("2026-11-19T16:00", "Asia/Riyadh"), RIYADH, "2026-11-26", "2026-11-26T21:00", id="D12-friday-off"
    ),
    pytest.param(1, local("2026-12-30T20:00"), Calendar(), "2027-01-02", "2027-01-03T00:00", id="D13-year-end"),
    pytest.param(1, local("2026-11-24T00:00"), Calendar(), "2026-11-27", "2026-11-28T00:00", id="D14-midnight"),
    pytest.param(1, local("2028-02-27T10:00"), Calendar(), "2028-03-01", "2028-03-02T00:00", id="leap-day-counts"),
    pytest.param(1, local("2026-02-27T10:00"), Calendar(), "2026-03-02", "2026-03-03T00:00", id="no-leap-day"),
]


@pytest.mark.parametrize(("severity", "resolved", "calendar", "last_day", "due"), WORKED)
def test_the_worked_examples_come_out_to_the_second(
    severity: int, resolved: datetime, calendar: Calendar, last_day: str, due: str
) -> None:
    deadline = deadlines.meeting_deadline(severity, resolved, calendar)
    assert (deadline.last_day, deadline.due) == (date.fromisoformat(last_day), utc(due))
    assert not deadline.provisional


@pytest.mark.parametrize(
    ("severity", "last_day", "due"),
    [
        pytest.param(1, "2026-12-08", "2026-12-09T00:00", id="D15-sev1-15-days"),
        pytest.param(2, "2026-12-23", "2026-12-24T00:00", id="D15-sev2-30-days"),
        pytest.param(3, "2026-12-23", "2026-12-24T00:00", id="sev3-as-sev2"),
        pytest.param(None, "2026-12-08", "2026-12-09T00:00", id="unknown-as-sev1"),
    ],
)
def test_action_items_are_due_so_many_calendar_days_after_the_incident(
    severity: int | None, last_day: str, due: str
) -> None:
    deadline = deadlines.action_item_deadline(severity, local("2026-11-23T14:05"), Calendar())
    assert (deadline.last_day, deadline.due) == (date.fromisoformat(last_day), utc(due))
    assert deadline.provisional is (severity is None)


def test_the_days_for_action_items_can_be_configured() -> None:
    deadline = deadlines.action_item_deadline(1, local("2026-11-23T14:05"), Calendar(), days=(7, 14))
    assert deadline.last_day == date(2026, 11, 30)
    with pytest.raises(errors.BadInput):
        deadlines.action_item_deadline(1, local("2026-11-23T14:05"), Calendar(), days=(0, 14))


def test_ten_past_midnight_and_ten_to_midnight_have_the_same_deadline() -> None:
    early, late = local("2026-11-23T00:10"), local("2026-11-23T23:50")
    for severity in (1, 2):
        assert deadlines.meeting_deadline(severity, early, Calendar()) == deadlines.meeting_deadline(
            severity, late, Calendar()
        )


def test_a_severity_below_two_uses_the_rule_of_sev2() -> None:
    at = local("2026-11-23T09:00")
    sev2 = deadlines.meeting_deadline(2, at, Calendar())
    assert all(deadlines.meeting_deadline(n, at, Calendar()) == sev2 for n in (3, 4, 5))


def test_an_unknown_severity_gets_the_stricter_rule_and_is_provisional() -> None:
    at = local("2026-11-23T09:00")
    unknown, sev1 = deadlines.meeting_deadline(None, at, Calendar()), deadlines.meeting_deadline(1, at, Calendar())
    assert unknown.due == sev1.due
    assert unknown.provisional


@pytest.mark.parametrize("severity", [0, -1])
def test_a_number_that_is_no_severity_is_refused(severity: int) -> None:
    with pytest.raises(errors.BadInput, match="severity"):
        deadlines.meeting_deadline(severity, local("2026-11-23T09:00"), Calendar())


@pytest.mark.parametrize(
    ("resolved", "holidays", "last_day"),
    [
        pytest.param("2026-11-25T10:00", US, "2026-11-27", id="saturday-to-friday"),
        pytest.param("2026-11-23T10:00", US, "2026-11-25", id="thanksgiving-to-wednesday"),
        pytest.param("2026-11-20T10:00", US, "2026-11-23", id="working-day-stays"),
        pytest.param("2026-12-24T18:00", ENGLAND, "2026-12-27", id="no-working-day-stays"),
    ],
)
def test_the_option_to_roll_back_pulls_a_sev1_deadline_to_a_working_day(
    resolved: str, holidays: frozenset[date], last_day: str
) -> None:
    calendar = Calendar(holidays=holidays)
    deadline = deadlines.meeting_deadline(1, local(resolved), calendar, roll=Roll.BACK)
    assert deadline.last_day == date.fromisoformat(last_day)


def test_the_working_tells_which_days_were_not_counted_and_why() -> None:
    calendar = Calendar(NY, holidays=US)
    deadline = deadlines.meeting_deadline(2, local("2026-11-25T10:00", NY), calendar)
    assert deadline.working == (
        "Wed 25 Nov 2026: the incident ended, not counted",
        "Thu 26 Nov 2026: holiday, not counted",
        "Fri 27 Nov 2026: business day 1",
        "Sat 28 Nov 2026: weekend, not counted",
        "Sun 29 Nov 2026: weekend, not counted",
        "Mon 30 Nov 2026: business day 2",
        "Tue 1 Dec 2026: business day 3",
        "Wed 2 Dec 2026: business day 4",
        "Thu 3 Dec 2026: business day 5",
    )
    assert deadlines.describe(deadline, calendar) == "Thu 3 Dec 2026, end of day, America/New_York"


def test_a_meeting_one_second_before_due_is_in_time_and_at_due_is_not() -> None:
    deadline = deadlines.meeting_deadline(1, local("2026-11-20T23:30", NY), Calendar(NY))
    assert deadline.met_by(deadline.due - timedelta(seconds=1))
    assert not deadline.met_by(deadline.due)


def test_a_calendar_in_which_nobody_ever_works_is_refused_instead_of_searched_for_ever() -> None:
    day = date(2026, 11, 23)
    holidays = frozenset(day + timedelta(days=n) for n in range(500))
    with pytest.raises(errors.BadInput, match="no working day"):
        deadlines.meeting_deadline(2, local("2026-11-23T09:00"), Calendar(holidays=holidays))


T1, T2, T3, T4 = (utc(f"2026-11-23T{hour}:00") for hour in (10, 11, 12, 13))


@pytest.mark.parametrize(
    ("resolved", "severity_end", "call_end", "at", "source", "provisional"),
    [
        pytest.param(T1, T2, T3, T1, AnchorSource.RESOLVED_AT, False, id="resolved-first"),
        pytest.param(None, T2, T3, T2, AnchorSource.SEVERITY_END, False, id="then-the-end-of-the-severity"),
        pytest.param(None, None, T3, T3, AnchorSource.CALL_END, False, id="then-the-end-of-the-call"),
        pytest.param(None, None, None, T4, AnchorSource.CREATED, True, id="then-the-record-provisionally"),
    ],
)
def test_the_anchor_falls_back_in_order(
    resolved: datetime | None,
    severity_end: datetime | None,
    call_end: datetime | None,
    at: datetime,
    source: AnchorSource,
    provisional: bool,
) -> None:
    anchor = deadlines.anchor(
        created_at=T4, resolved_at=resolved, severity_ended_at=severity_end, call_ended_at=call_end
    )
    assert (anchor.at, anchor.source, anchor.provisional) == (at, source, provisional)


calendars = st.builds(
    Calendar,
    tz=st.sampled_from(ZONES),
    weekend=st.sampled_from([frozenset({5, 6}), frozenset({4, 5}), frozenset({6}), frozenset()]),
    holidays=st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=12),
)
anchors = st.one_of(
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)),
    st.datetimes(datetime(2012, 1, 1), datetime(2045, 1, 1)),
).map(lambda at: at.replace(tzinfo=UTC))
severities = st.sampled_from([None, 1, 2, 3, 4])
rolls = st.sampled_from(Roll)


@given(calendars, anchors, rolls)
@example(Calendar(NY), utc("2028-02-29T12:00"), Roll.NONE)
@example(Calendar(NY), utc("2026-12-31T23:59:59"), Roll.NONE)
@example(Calendar(NY), utc("2026-03-08T06:59:59"), Roll.BACK)
@example(Calendar(NY), utc("2026-11-01T05:30"), Roll.BACK)
def test_a_sev1_is_never_due_later_than_a_sev2(calendar: Calendar, anchor: datetime, roll: Roll) -> None:
    one, two = (deadlines.meeting_deadline(n, anchor, calendar, roll=roll) for n in (1, 2))
    assert anchor < one.due <= two.due


@given(calendars, anchors, st.timedeltas(timedelta(), timedelta(days=30)), severities, rolls)
@example(Calendar("America/Santiago"), utc("2026-04-05T02:30"), timedelta(hours=1), 1, Roll.NONE)
@example(Calendar(NY), utc("2026-11-01T05:30"), timedelta(hours=1), 1, Roll.NONE)
def test_a_later_end_never_gives_an_earlier_deadline(
    calendar: Calendar, anchor: datetime, later: timedelta, severity: int | None, roll: Roll
) -> None:
    before = deadlines.meeting_deadline(severity, anchor, calendar, roll=roll)
    after = deadlines.meeting_deadline(severity, anchor + later, calendar, roll=roll)
    assert before.due <= after.due


@given(calendars, anchors, severities, rolls)
def test_due_is_always_the_first_instant_of_a_local_day(
    calendar: Calendar, anchor: datetime, severity: int | None, roll: Roll
) -> None:
    deadline = deadlines.meeting_deadline(severity, anchor, calendar, roll=roll)
    day_before = business_time.local_date(deadline.due - timedelta(microseconds=1), calendar.tz)
    assert business_time.local_date(deadline.due, calendar.tz) == deadline.last_day + timedelta(days=1)
    assert day_before == deadline.last_day
    assert deadline.due.tzinfo is UTC


@given(anchors, st.sampled_from(ZONES), st.sampled_from(ZONES), severities)
def test_how_the_anchor_is_written_does_not_matter(
    anchor: datetime, written_in: str, tz: str, severity: int | None
) -> None:
    calendar = Calendar(tz)
    other = anchor.astimezone(ZoneInfo(written_in))
    assert deadlines.meeting_deadline(severity, anchor, calendar) == deadlines.meeting_deadline(
        severity, other, calendar
    )


# Both days on which clocks change, where there are two; the end of a year; a leap day; weekends of Friday and Saturday.
EDGES = [
    (tz, date.fromisoformat(day))
    for tz, days in {
        NY: ("2026-03-08", "2026-11-01", "2026-12-31"),
        LONDON: ("2026-03-29", "2026-10-25", "2028-02-29"),
        "Australia/Lord_Howe": ("2026-04-05", "2026-10-04", "2026-12-31"),
        "America/Santiago": ("2026-04-05", "2026-09-06", "2028-02-29"),
        "Asia/Riyadh": ("2026-12-31", "2028-02-29"),
        "America/Havana": ("2026-03-08", "2026-11-01"),
    }.items()
    for day in days
]


@settings(max_examples=100)
@given(
    st.sampled_from(EDGES),
    st.timedeltas(timedelta(days=-8), timedelta(days=3)),
    st.timedeltas(timedelta(), timedelta(days=3)),
    st.sampled_from([frozenset({5, 6}), frozenset({4, 5})]),
)
def test_around_every_edge_of_the_calendar_later_is_never_earlier_and_days_are_days(
    edge: tuple[str, date], before: timedelta, later: timedelta, weekend: frozenset[int]
) -> None:
    tz, day = edge
    calendar = Calendar(tz, weekend=weekend)
    anchor = business_time.first_instant(day, tz) + before
    start = business_time.local_date(anchor, tz)
    one, two = (deadlines.meeting_deadline(n, anchor, calendar) for n in (1, 2))
    assert one.due <= two.due
    assert one.last_day == start + timedelta(days=3)
    counted = [start + timedelta(days=n) for n in range(1, (two.last_day - start).days + 1)]
    assert len([each for each in counted if business_time.is_working_day(calendar, each)]) == 5
    for severity, found in ((1, one), (2, two)):
        assert found.due <= deadlines.meeting_deadline(severity, anchor + later, calendar).due
        assert business_time.local_date(found.due, tz) == found.last_day + timedelta(days=1)
