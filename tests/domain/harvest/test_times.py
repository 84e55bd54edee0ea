from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.domain.harvest import clock, times
from bot.domain.harvest.clock import Where

WRITTEN = datetime(2026, 1, 5, 14, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "at", "rest"),
    [
        ("14:02 UTC - disabled it", "2026-01-05T14:02:00", "disabled it"),
        ("[14:02 UTC] disabled it", "2026-01-05T14:02:00", "disabled it"),
        ("14:02:30Z: disabled it", "2026-01-05T14:02:30", "disabled it"),
        ("2026-01-04T22:15:00Z disabled it", "2026-01-04T22:15:00", "disabled it"),
        ("2026-01-04 22:15 UTC - disabled it", "2026-01-04T22:15:00", "disabled it"),
        ("2026-01-04T22:15:00+02:00 disabled it", "2026-01-04T20:15:00", "disabled it"),
        ("9:02am PST - disabled it", "2026-01-05T17:02:00", "disabled it"),
        ("14:02 (UTC) - disabled it", "2026-01-05T14:02:00", "disabled it"),
        ("[notes] 14:02 on the bridge: Jo drains the pool", "2026-01-05T14:02:00", "on the bridge: Jo drains the pool"),
        ("(bridge) 14:02 Jo drains the pool", "2026-01-05T14:02:00", "Jo drains the pool"),
        ("Scribe: 14:02 Jo drains the pool", "2026-01-05T14:02:00", "Jo drains the pool"),
    ],
)
def test_a_leading_time_is_read(line: str, at: str, rest: str) -> None:
    assert times.leading(line, WRITTEN) == (datetime.fromisoformat(at).replace(tzinfo=UTC), rest)


@pytest.mark.parametrize(
    "line",
    [
        "10:1 ratio of reads",
        "10:15 ratio of reads",
        "16:9 - aspect",
        "3:1 - a ratio",
        "24:00 UTC - x",
        "14:61 UTC - x",
        "13pm: x",
        "14:02",
        "2026-13-45T10:00:00Z x",
        "",
        "at 14:02 UTC",
    ],
)
def test_what_is_no_leading_time_is_left_alone(line: str) -> None:
    assert times.leading(line, WRITTEN) is None


@pytest.mark.parametrize(
    ("line", "written", "at"),
    [
        ("23:58 UTC - x", datetime(2026, 1, 6, 0, 10, tzinfo=UTC), datetime(2026, 1, 5, 23, 58, tzinfo=UTC)),
        ("00:04 UTC - x", datetime(2026, 1, 5, 23, 59, tzinfo=UTC), datetime(2026, 1, 6, 0, 4, tzinfo=UTC)),
    ],
    ids=["before midnight", "after midnight"],
)
def test_the_nearest_day_is_meant(line: str, written: datetime, at: datetime) -> None:
    found = times.leading(line, written)
    assert found is not None
    assert found[0] == at


def test_a_time_without_a_zone_is_the_authors() -> None:
    found = times.leading("15:02 - x", WRITTEN, Where(clock.zone("Europe/Madrid")))
    assert found is not None
    assert found[0] == datetime(2026, 1, 5, 14, 2, tzinfo=UTC)
    assert clock.zone("Nowhere/Land") is UTC
    assert clock.zone("../etc/passwd") is UTC


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("started at 13:41 UTC", "2026-01-05T13:41:00"),
        ("since ~23:30 UTC", "2026-01-04T23:30:00"),
        ("began 20 minutes ago", "2026-01-05T14:00:00"),
        ("about 2 hours ago", "2026-01-05T12:20:00"),
        ("an hour ago", "2026-01-05T13:20:00"),
        ("died half an hour ago", "2026-01-05T13:50:00"),
        ("deployed a couple of minutes ago", "2026-01-05T14:18:00"),
        ("restarted it 1h20 ago", "2026-01-05T13:00:00"),
        ("merged an hour and a half ago", "2026-01-05T12:50:00"),
        ("half an hour ago I changed the config", "2026-01-05T13:50:00"),
        ("a half hour ago it broke", "2026-01-05T13:50:00"),
        ("a quarter of an hour ago it broke", "2026-01-05T14:05:00"),
        ("broke three quarters of an hour ago", "2026-01-05T13:35:00"),
        ("merged one and a half hours ago", "2026-01-05T12:50:00"),
        ("merged 1.5 hours ago", "2026-01-05T12:50:00"),
        ("it broke fifteen minutes ago", "2026-01-05T14:05:00"),
        ("it broke forty five minutes ago", "2026-01-05T13:35:00"),
        ("it broke twenty-odd minutes ago", "2026-01-05T14:00:00"),
        ("a good hour ago we deployed", "2026-01-05T13:20:00"),
        ("an hour or so ago we deployed", "2026-01-05T13:20:00"),
        ("restarted 90 seconds ago", "2026-01-05T14:18:30"),
        ("10-20 min ago we lost cache-2", "2026-01-05T14:05:00"),
        ("5 to 15 minutes ago it broke", "2026-01-05T14:10:00"),
        ("restarted at 1312Z", "2026-01-05T13:12:00"),
        ("1312 UTC restarted", "2026-01-05T13:12:00"),
        ("all good now since 13:15", "2026-01-05T13:15:00"),
        ("broken last night at 11:40pm", "2026-01-04T23:40:00"),
        ("errors for three quarters of an hour now", "2026-01-05T13:35:00"),
        ("timing out for 20 minutes now", "2026-01-05T14:00:00"),
        ("failing for the last hour", "2026-01-05T13:20:00"),
        ("first failed order is 13:41", "2026-01-05T13:41:00"),
        ("sync to eu complete 14:11", "2026-01-05T14:11:00"),
        ("form is sent, 13:30", "2026-01-05T13:30:00"),
        ("queue grows since 7:40", "2026-01-05T07:40:00"),
        ("nothing came in since 5.30", "2026-01-05T05:30:00"),
        ("the first pair is from Saturday 18:10", "2026-01-03T18:10:00"),
        ("last copy was made 3 January 09:12 UTC", "2026-01-03T09:12:00"),
        ("last copy was made on the 2nd at 09:12", "2026-01-02T09:12:00"),
        ("the key ran out last night at 3", "2026-01-05T03:00:00"),
        ("the key ran out last night at 9", "2026-01-04T21:00:00"),
        ("the key ran out tonight at 3 UTC", "2026-01-05T03:00:00"),
        ("tag moved yesterday 23:40", "2026-01-04T23:40:00"),
        ("12:12 to 12:20", "2026-01-05T12:12:00"),
        ("impaired 13:03–13:20 UTC", "2026-01-05T13:03:00"),
        ("restarted it at 1:30pm", "2026-01-05T13:30:00"),
        ("stopped at 09:05 ET", "2026-01-05T14:05:00"),
        ("started 13:41, next update 14:30", "2026-01-05T13:41:00"),
        ("the day before yesterday at 16:00 the index broke", "2026-01-03T16:00:00"),
        ("the index broke two days ago at 16:00", "2026-01-03T16:00:00"),
        ("the index broke yesterday evening at 11 PM", "2026-01-04T23:00:00"),
        ("the index broke yesterday evening at half past ten", "2026-01-04T22:30:00"),
        ("from 13:10 to 13:40 the queues of all four regions were down", "2026-01-05T13:10:00"),
        ("went wrong at half past one", "2026-01-05T13:30:00"),
        ("went wrong at a quarter to twelve", "2026-01-05T11:45:00"),
        ("started at noon", "2026-01-05T12:00:00"),
        ("mails fail since noon", "2026-01-05T12:00:00"),
        ("the copy died at midnight", "2026-01-05T00:00:00"),
        ("died around 2 o'clock", "2026-01-05T14:00:00"),
        ("oldest is from 13:51", "2026-01-05T13:51:00"),
        ("it began at 13:41 and we noticed at 14:10", "2026-01-05T13:41:00"),
        ("it began just after 13:41 and we noticed at 14:10", "2026-01-05T13:41:00"),
        ("it began shortly before 13:41, support told us at 14:10", "2026-01-05T13:41:00"),
        ("errors at 13:41, we started looking at 14:10", "2026-01-05T13:41:00"),
        ("errors at 13:41, first page at 14:10", "2026-01-05T13:41:00"),
        ("the nightly sync pulled the new strings at 05:00", "2026-01-05T05:00:00"),
        ("it began on 28/12 22:30 utc", "2025-12-28T22:30:00"),
        ("it began on 12/28/2025 at 22:30", "2025-12-28T22:30:00"),
        ("went wrong around 9ish local", "2026-01-05T09:00:00"),
        ("went wrong around 9ish", "2026-01-05T09:00:00"),
        ("went wrong just before 2 my time", "2026-01-05T14:00:00"),
        ("went wrong around 9ish last night", "2026-01-04T21:00:00"),
        ("between 8:45 and 8:55 my time", "2026-01-05T08:45:00"),
        ("between 1:45 and 1:55pm logins failed", "2026-01-05T13:45:00"),
        ("between 11:45 and 12:10pm logins failed", "2026-01-05T11:45:00"),
        ("between 12 and 1 my time logins failed", "2026-01-05T12:00:00"),
    ],
)
def test_a_time_that_is_told_lies_in_the_past(line: str, at: str) -> None:
    assert times.mentioned(line, WRITTEN) == datetime.fromisoformat(at).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "line",
    [
        "at 2026-02-01 10:00 UTC",
        "restart planned at 15:00",
        "ETA 12:00",
        "next update 14:30",
        "capacity is enough until ~14:00",
        "we will drain it at 13:00",
        "the job runs every day at 05:00",
        "the gate closes at 14:10",
        "nothing newer than 13:35",
        "no new complaints since 13:40",
        "58 calls since 10:00",
        'the vendor says "failed at 13:10"',
        "Update: mails go out again, broken 13:02",
        "13:02 deploy, 13:11 alert, 13:20 rollback",
        "99 orders of customers in three countries were lost between 13:02 and 13:20",
        "was it broken at 13:10?",
        "took 12:30 min",
        "10.8.0.11 at 0.11",
        "latency was 30 ms 10 min ago",
        "a few minutes ago it was fine",
        "broken since this morning",
        "slow since a second deploy",
        "twice as slow as half an hour ago",
        "no errors for the last hour",
        "copied 10/01 13:30",
        "planned move of the two big customers of the south region to the new cell at 14:10 UTC",
        "frozen until noon",
        "half to five",
        "the 9 o'clock batch is empty",
        "the nightly sync is at 05:00",
        "around 10ish errors a minute",
        "restart it just before 3 tomorrow my time",
        "we lost around 3 of our time series",
    ],
)
def test_no_time_of_an_event_is_told(line: str) -> None:
    assert times.mentioned(line, WRITTEN) is None


def test_from_when_on_something_is_so_is_the_time_of_what_began() -> None:
    assert times.mentioned("fewer than usual since 13:40", WRITTEN) == datetime(2026, 1, 5, 13, 40, tzinfo=UTC)
    assert times.mentioned("fewer than usual since 13:40", WRITTEN, begins=False) is None
    assert times.mentioned("orders fail since 13:40", WRITTEN, begins=False) == datetime(2026, 1, 5, 13, 40, tzinfo=UTC)
    assert times.mentioned("restarted it 05:40", WRITTEN, begins=False) is None, "hours back, and no day"


def test_yesterday_is_the_day_before_as_the_author_counts_days() -> None:
    written = datetime(2026, 1, 6, 9, 0, tzinfo=UTC)
    at = times.mentioned("broken since ~08:30 yesterday", written, Where(clock.zone("Europe/Berlin")))
    assert at == datetime(2026, 1, 5, 7, 30, tzinfo=UTC)
    late = times.mentioned("it began at 23:50 last night", written, Where(clock.zone("America/New_York")))
    assert late == datetime(2026, 1, 6, 4, 50, tzinfo=UTC)


@pytest.mark.parametrize(
    "line",
    [
        "fine, we restart the broker at 14:40",
        "the carrier swaps the card at 15:00",
        "rollback starts 14:30",
        "failing over to the standby at 14:45",
        "at 14:40 we drain the east pool",
        "agreed: we purge the failed batch at 14:40",
        "I'm pushing the fix at 9:30",
    ],
)
@pytest.mark.parametrize("own", ["Europe/Berlin", "America/New_York"])
def test_a_plan_in_the_present_is_no_time_of_an_event(line: str, own: str) -> None:
    at = times.mentioned(line, WRITTEN, Where(clock.zone(own)))
    assert at is None or (own == "Europe/Berlin" and "9:30" in line)


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("the broker was restarted at 15:10", "14:10"),
        ("we restart because the broker died at 15:10", "14:10"),
        ("first failed login 15:10", "14:10"),
        ("the last 3 restarts 15:10", "14:10"),
        ("the broker was restarted at 14:12", "14:12"),
    ],
)
def test_what_is_told_in_the_past_keeps_its_time(line: str, at: str) -> None:
    found = times.mentioned(line, WRITTEN, Where(clock.zone("Europe/Berlin")))
    assert found is not None
    assert f"{found:%H:%M}" == at


@pytest.mark.parametrize(
    ("line", "begins", "at"),
    [
        ("5xx since the deploy at 13:50", False, None),
        ("errors after the restart of 13:50", False, None),
        ("the columns are null since the import yesterday 18:00", False, None),
        ("212 since saturday 16:00", False, None),
        ("it fell over after the deploy. I looked. started 13:50", True, "2026-01-05T13:50:00"),
        ("the deploy went out at 13:50, first errors 13:52", True, "2026-01-05T13:52:00"),
        ("Merged 13:50: a new retry", False, "2026-01-05T13:50:00"),
        ("errors began at 13.50 Uhr", True, "2026-01-05T13:50:00"),
        ("first errors at 13:50Z", True, "2026-01-05T13:50:00"),
        ("orders fail since 20 min", True, "2026-01-05T14:00:00"),
        ("my order hangs since 20 min", False, None),
    ],
)
def test_the_time_of_something_else_is_not_that_of_the_event(line: str, begins: bool, at: str | None) -> None:
    meant = datetime.fromisoformat(at).replace(tzinfo=UTC) if at else None
    assert times.mentioned(line, WRITTEN, begins=begins) == meant


def test_a_german_hour_opens_a_line() -> None:
    assert times.leading("14.02 Uhr - disabled it", WRITTEN) == (datetime(2026, 1, 5, 14, 2, tzinfo=UTC), "disabled it")


@pytest.mark.parametrize(
    ("own", "at"),
    [("Asia/Kolkata", "13:15"), ("Europe/Dublin", "17:45"), ("Asia/Jerusalem", "15:45"), ("America/New_York", "13:15")],
)
def test_a_zone_that_several_call_so_is_the_authors_if_theirs_is_one_of_them(own: str, at: str) -> None:
    found = times.mentioned("at 6:45pm IST I saw it", datetime(2026, 6, 5, 18, 0, tzinfo=UTC), Where(clock.zone(own)))
    assert found is not None
    assert f"{found:%H:%M}" == at


def test_a_zone_that_one_place_has_is_that_one_wherever_its_writer_lives() -> None:
    where = Where(clock.zone("Europe/London"))
    found = times.mentioned("stopped at 09:05 GMT", datetime(2026, 6, 5, 10, 0, tzinfo=UTC), where)
    assert found == datetime(2026, 6, 5, 9, 5, tzinfo=UTC)


def test_my_time_until_when_is_also_from_when() -> None:
    where = Where(clock.zone("America/New_York"), lean=5.0)
    found = times.mentioned("between 8:45 and 8:55 my time", WRITTEN, where)
    assert found == datetime(2026, 1, 5, 13, 45, tzinfo=UTC)


def test_what_began_long_ago_keeps_its_time_in_any_kind_of_line() -> None:
    found = times.mentioned("it began at 05:14 and we noticed at 14:02", WRITTEN, begins=False)
    assert found == datetime(2026, 1, 5, 5, 14, tzinfo=UTC)
