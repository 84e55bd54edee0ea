"""Where local days begin, and how working time is counted."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain import business_time, errors
from bot.domain.business_time import Calendar

NY = "America/New_York"


def at(text: str, tz: str = "UTC") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(tz))


@pytest.mark.parametrize(
    ("day", "tz", "expected"),
    [
        pytest.param("2026-11-27", "UTC", "2026-11-27T00:00", id="utc"),
        pytest.param("2026-09-06", "America/Santiago", "2026-09-06T04:00", id="midnight-does-not-exist"),
        pytest.param("2026-11-01", "America/Havana", "2026-11-01T04:00", id="midnight-twice-the-first"),
        pytest.param("2026-04-05", "America/Santiago", "2026-04-05T04:00", id="23-o-clock-twice"),
        pytest.param("2026-04-05", "Australia/Lord_Howe", "2026-04-04T13:00", id="half-an-hour-of-dst"),
        pytest.param("1919-03-31", "America/Toronto", "1919-03-31T04:30", id="the-jump-straddles-midnight"),
        pytest.param("2011-12-30", "Pacific/Apia", "2011-12-30T10:00", id="a-day-that-was-left-out"),
        pytest.param("2028-02-29", "Asia/Kolkata", "2028-02-28T18:30", id="leap-day"),
    ],
)
def test_a_local_day_begins_at_the_first_instant_that_exists(day: str, tz: str, expected: str) -> None:
    assert business_time.first_instant(date.fromisoformat(day), tz) == at(expected)


def test_midnight_belongs_to_the_new_day() -> None:
    assert business_time.local_date(at("2026-11-24T00:00"), "UTC") == date(2026, 11, 24)
    assert business_time.local_date(at("2026-11-23T23:59:59.999999"), "UTC") == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        pytest.param("2026-11-23T10:00", "2026-11-23T10:00", id="inside-stays"),
        pytest.param("2026-11-23T09:00", "2026-11-23T09:00", id="opening-is-inside"),
        pytest.param("2026-11-23T17:00", "2026-11-24T09:00", id="closing-is-outside"),
        pytest.param("2026-11-23T03:00", "2026-11-23T09:00", id="early"),
        pytest.param("2026-11-20T18:00", "2026-11-23T09:00", id="over-the-weekend"),
        pytest.param("2026-11-25T18:00", "2026-11-27T09:00", id="over-a-holiday"),
    ],
)
def test_the_next_working_moment(moment: str, expected: str) -> None:
    calendar = Calendar(NY, holidays=frozenset({date(2026, 11, 26)}))
    assert business_time.next_working_moment(calendar, at(moment, NY)) == at(expected, NY)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        pytest.param("2026-11-23T16:30", "2026-11-23T16:30", id="inside-stays"),
        pytest.param("2026-11-23T17:00", "2026-11-23T16:00", id="at-closing"),
        pytest.param("2026-11-23T22:00", "2026-11-23T16:00", id="night"),
        pytest.param("2026-11-23T08:59", "2026-11-20T16:00", id="monday-early-is-friday"),
        pytest.param("2026-11-22T16:30", "2026-11-20T16:00", id="sunday-is-friday"),
    ],
)
def test_the_last_working_hour_before_a_moment(moment: str, expected: str) -> None:
    assert business_time.last_working_moment_before(Calendar(NY), at(moment, NY)) == at(expected, NY)


def test_a_lead_longer_than_the_day_gives_the_opening() -> None:
    calendar = Calendar(hours=(time(9), time(9, 30)))
    assert business_time.last_working_moment_before(calendar, at("2026-11-23T12:00")) == at("2026-11-23T09:00")


@pytest.mark.parametrize(
    ("start", "hours", "expected"),
    [
        pytest.param("2026-11-23T10:00", 4, "2026-11-23T14:00", id="same-day"),
        pytest.param("2026-11-23T13:00", 4, "2026-11-23T17:00", id="exactly-to-closing"),
        pytest.param("2026-11-23T15:00", 4, "2026-11-24T11:00", id="overnight"),
        pytest.param("2026-11-20T16:00", 4, "2026-11-23T12:00", id="over-the-weekend"),
        pytest.param("2026-11-21T03:00", 4, "2026-11-23T13:00", id="from-a-saturday"),
        pytest.param("2026-11-25T16:00", 9, "2026-11-30T17:00", id="holiday-and-weekend-skipped"),
        pytest.param("2026-11-21T03:00", 0, "2026-11-21T03:00", id="nothing-to-add"),
        pytest.param("2026-03-06T16:00", 2, "2026-03-09T10:00", id="over-a-23-hour-day"),
    ],
)
def test_working_time_is_added_over_nights_weekends_and_holidays(start: str, hours: int, expected: str) -> None:
    calendar = Calendar(NY, holidays=frozenset({date(2026, 11, 26), date(2026, 11, 27)}))
    assert business_time.add_working_time(calendar, at(start, NY), timedelta(hours=hours)) == at(expected, NY)


def test_working_time_cannot_be_negative() -> None:
    with pytest.raises(ValueError, match="negative"):
        business_time.add_working_time(Calendar(), at("2026-11-23T10:00"), timedelta(hours=-1))


@pytest.mark.parametrize("tz", ["", "Nowhere/City", "../etc/passwd", "America", "utc+2"])
def test_a_zone_that_does_not_exist_is_named_in_the_refusal(tz: str) -> None:
    with pytest.raises(errors.BadInput) as caught:
        Calendar(tz)
    assert repr(tz) in caught.value.message
    assert caught.value.codes == ("unknown_zone",)


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param({"hours": (time(17), time(9))}, id="hours-the-wrong-way-round"),
        pytest.param({"hours": (time(9), time(9))}, id="no-hours"),
        pytest.param({"weekend": frozenset(range(7))}, id="always-weekend"),
        pytest.param({"weekend": frozenset({7})}, id="no-such-day"),
    ],
)
def test_a_calendar_that_cannot_work_is_refused(settings: dict[str, object]) -> None:
    with pytest.raises(errors.BadInput):
        Calendar(**settings)


def test_a_holiday_with_a_time_would_never_match_a_day_and_is_refused() -> None:
    with pytest.raises(ValueError, match="dates"):
        Calendar(holidays=frozenset({at("2026-12-25T00:00")}))


def test_a_year_typed_wrong_is_refused_in_a_sentence() -> None:
    with pytest.raises(errors.BadInput, match="9999"):
        business_time.to_utc(at("9999-12-31T23:59"))


ZONES = ("UTC", "Australia/Lord_Howe", "America/Santiago", "Asia/Riyadh", "Asia/Kolkata", NY, "Australia/Sydney")
calendars = st.builds(Calendar, tz=st.sampled_from(ZONES), weekend=st.sampled_from([{5, 6}, {4, 5}]).map(frozenset))
moments = st.datetimes(datetime(2025, 1, 1), datetime(2029, 1, 1)).map(lambda value: value.replace(tzinfo=UTC))


@given(calendars, moments, st.timedeltas(timedelta(), timedelta(hours=40)), st.timedeltas(timedelta(), timedelta(9)))
def test_more_working_time_and_a_later_start_never_end_earlier(
    calendar: Calendar, start: datetime, amount: timedelta, later: timedelta
) -> None:
    end = business_time.add_working_time(calendar, start, amount)
    assert start <= end
    assert end <= business_time.add_working_time(calendar, start, amount + timedelta(minutes=1))
    assert end <= business_time.add_working_time(calendar, start + later, amount)


@given(calendars, moments)
def test_the_neighbouring_working_moments_enclose_every_moment(calendar: Calendar, moment: datetime) -> None:
    before = business_time.last_working_moment_before(calendar, moment)
    after = business_time.next_working_moment(calendar, moment)
    assert before <= moment <= after
    assert business_time.is_working_moment(calendar, before)
    assert business_time.is_working_moment(calendar, after)


@given(st.sampled_from(ZONES), st.dates(date(2012, 1, 1), date(2045, 1, 1)))
def test_the_instant_before_the_first_of_a_day_is_in_the_day_before(tz: str, day: date) -> None:
    first = business_time.first_instant(day, tz)
    assert business_time.local_date(first, tz) == day
    assert business_time.local_date(first - timedelta(microseconds=1), tz) == day - timedelta(days=1)


# Days on which clocks change, of both kinds: at two, at midnight, by half an hour, and a day that was left out.
CHANGES = {
    NY: ("2026-03-08", "2026-11-01"),
    "Europe/London": ("2026-03-29", "2026-10-25"),
    "Australia/Sydney": ("2026-04-05", "2026-10-04"),
    "Australia/Lord_Howe": ("2026-04-05", "2026-10-04"),
    "America/Santiago": ("2026-04-05", "2026-09-06"),
    "America/Havana": ("2026-03-08", "2026-11-01"),
    "Asia/Riyadh": ("2026-12-31", "2028-02-29"),
    "Pacific/Apia": ("2011-12-30", "2011-09-24"),
}
AROUND = [(tz, date.fromisoformat(day)) for tz, days in CHANGES.items() for day in days]
EVERY_DAY: frozenset[int] = frozenset()


@settings(max_examples=120)
@given(
    st.sampled_from(AROUND),
    st.times().map(lambda value: value.replace(microsecond=0)),
    st.sampled_from([frozenset({5, 6}), frozenset({4, 5}), EVERY_DAY]),
    st.timedeltas(timedelta(), timedelta(days=8)),
)
@example(("America/Santiago", date(2026, 9, 6)), time(0, 30), EVERY_DAY, timedelta(days=4))
@example(("America/Havana", date(2026, 11, 1)), time(0, 30), EVERY_DAY, timedelta(days=4, minutes=40))
@example(("America/Santiago", date(2026, 9, 6)), time(0, fold=1), EVERY_DAY, timedelta())
@example((NY, date(2026, 3, 8)), time(2, 30), EVERY_DAY, timedelta(days=4))
@example((NY, date(2026, 11, 1)), time(1, 30), EVERY_DAY, timedelta(days=4, hours=6))
@example(("Pacific/Apia", date(2011, 12, 30)), time(9), EVERY_DAY, timedelta(days=4))
def test_a_daily_reminder_comes_once_each_local_working_day_and_is_never_left_out(
    around: tuple[str, date], wall: time, weekend: frozenset[int], restart: timedelta
) -> None:
    tz, change = around
    calendar = Calendar(tz, weekend=weekend)
    first, last = change - timedelta(days=4), change + timedelta(days=4)
    begin = business_time.first_instant(first, tz) - timedelta(seconds=1)
    end = business_time.first_instant(last + timedelta(days=1), tz)
    came = list(takewhile(lambda when: when < end, business_time.daily(calendar, wall, begin)))
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    real = [day for day in days if business_time.local_date(business_time.first_instant(day, tz), tz) == day]
    assert [business_time.local_date(when, tz) for when in came] == [
        day for day in real if business_time.is_working_day(calendar, day)
    ]
    # Whenever somebody asks anew, also at the very instant of one, the next is the one that comes next.
    for asked in (begin + restart, came[0]):
        following = next(business_time.daily(calendar, wall, asked))
        assert following == next((when for when in came if when > asked), following) > asked


def test_nine_in_the_morning_stays_nine_in_the_morning_over_a_change_of_the_clocks() -> None:
    came = islice(business_time.daily(Calendar(NY), time(9), at("2026-10-29T09:00", NY)), 3)
    assert list(came) == [at(f"{day}T09:00", NY) for day in ("2026-10-30", "2026-11-02", "2026-11-03")]


def test_a_daily_reminder_of_people_who_never_work_is_refused_instead_of_looked_for_for_ever() -> None:
    holidays = frozenset(date(2026, 11, 23) + timedelta(days=n) for n in range(500))
    with pytest.raises(errors.BadInput, match="no working day"):
        next(business_time.daily(Calendar(holidays=holidays), time(9), at("2026-11-23T09:00")))
