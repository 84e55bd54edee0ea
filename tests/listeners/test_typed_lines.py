"""A line typed behind the command: its time in the forms that people use, with the date across midnight and on the days when
the clocks change, and everything else of it as text."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.errors import BadInput
from bot.domain.postmortem import Times
from bot.listeners import typed_lines

# Twenty to midnight in London; it is ten past.
STARTED, NOW = datetime(2026, 11, 23, 23, 40, tzinfo=UTC), datetime(2026, 11, 24, 0, 10, tzinfo=UTC)


def read(typed: str, zone: str = "UTC", now: datetime = NOW, times: Times | None = None) -> tuple[str, str]:
    line = typed_lines.split(typed)
    at = typed_lines.at(line, times or Times(STARTED), now, zone, now)
    return f"{at:%m-%d %H:%M:%S}", line.text


@pytest.mark.parametrize(
    ("typed", "at", "text"),
    [
        ("23:58 disk full", "11-23 23:58:00", "disk full"),
        ("00:05 restarted", "11-24 00:05:00", "restarted"),
        ("14:02 deployed", "11-23 14:02:00", "deployed"),
        ("23:58 UTC disk full", "11-23 23:58:00", "disk full"),
        ("23:58:30 disk full", "11-23 23:58:30", "disk full"),
        ("2026-11-23 23:58 disk full", "11-23 23:58:00", "disk full"),
        ("2026-11-23T23:58:07Z disk full", "11-23 23:58:07", "disk full"),
        ("23 Nov 23:58 disk full", "11-23 23:58:00", "disk full"),
        ("Nov 23, 23:58 disk full", "11-23 23:58:00", "disk full"),
        ("on 23 November 2026 at 23:58 disk full", "11-23 23:58:00", "disk full"),
        ("yesterday 23:58 disk full", "11-23 23:58:00", "disk full"),
        ("23:58 yesterday disk full", "11-23 23:58:00", "disk full"),
        ("23:58 2026-11-22 disk full", "11-22 23:58:00", "disk full"),
        ("Monday 23:58 disk full", "11-23 23:58:00", "disk full"),
        ("2:05pm disk full", "11-23 14:05:00", "disk full"),
        ("2:05 p.m. UTC: disk full", "11-23 14:05:00", "disk full"),
        ("11pm disk full", "11-23 23:00:00", "disk full"),
        ("about 23:58 disk full", "11-23 23:58:00", "disk full"),
        ("(23:58 UTC) - disk full", "11-23 23:58:00", "disk full"),
        ("2358 UTC disk full", "11-23 23:58:00", "disk full"),
        ("00:58 CET disk full", "11-23 23:58:00", "disk full"),
        ("00:58 Europe/Berlin disk full", "11-23 23:58:00", "disk full"),
        ("02:58 MSK disk full", "11-23 23:58:00", "disk full"),
        ("18:58 -05:00 disk full", "11-23 23:58:00", "disk full"),
        ("01:58 UTC+2 disk full", "11-23 23:58:00", "disk full"),
        # What looks like a part of the time and is none.
        ("23:58 - 5 instances died", "11-23 23:58:00", "5 instances died"),
        ("23:58 -5 instances", "11-23 23:58:00", "-5 instances"),
        ("23:58 CPU/memory high", "11-23 23:58:00", "CPU/memory high"),
        ("23:58 est. 5 minutes", "11-23 23:58:00", "est. 5 minutes"),
        ("23:58 may 5 pods die?", "11-23 23:58:00", "may 5 pods die?"),
        ("23:58 two\nlines <!channel>", "11-23 23:58:00", "two\nlines <!channel>"),
    ],
)
def test_what_people_type(typed: str, at: str, text: str) -> None:
    assert read(typed) == (at, text)


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("", "Begin with the time"),
        ("disk full", "Begin with the time"),
        ("5.11 was released", "Begin with the time"),
        ("2026 errors a minute", "Begin with the time"),
        ("23:58", "Say what happened"),
        ("2026-11-23 23:58 UTC - ", "Say what happened"),
        ("25:61 disk full", "Enter a time"),
        ("23:58 a.m. disk full", "Enter a time"),
        ("00:30 disk full", "in the future"),
        ("2026-11-24 09:00 disk full", "in the future"),
        ("23:40-23:58 disk full", "one time"),
        ("23:40 to 23:58 disk full", "one time"),
        ("11/12 23:58 disk full", "2026-11-23"),
        ("2026-13-40 23:58 disk full", "Enter a time"),
    ],
)
def test_what_is_no_line_says_what_to_type(typed: str, part: str) -> None:
    with pytest.raises(BadInput, match=part):
        read(typed)


@pytest.mark.parametrize(
    ("typed", "zone", "now", "at"),
    [
        # The clocks are put back at 01:00 UTC on the 25th of October, and forward at 01:00 UTC on the 29th of March.
        ("01:30", "Europe/Berlin", datetime(2026, 10, 25, 2, 0, tzinfo=UTC), "10-24 23:30:00"),
        ("03:30", "Europe/Berlin", datetime(2026, 10, 25, 3, 0, tzinfo=UTC), "10-25 02:30:00"),
        ("02:30 CEST", "Europe/Berlin", datetime(2026, 10, 25, 2, 0, tzinfo=UTC), "10-25 00:30:00"),
        ("02:30 CET", "Europe/Berlin", datetime(2026, 10, 25, 2, 0, tzinfo=UTC), "10-25 01:30:00"),
        ("01:59", "Europe/Berlin", datetime(2026, 3, 29, 2, 0, tzinfo=UTC), "03-29 00:59:00"),
        ("03:00", "Europe/Berlin", datetime(2026, 3, 29, 2, 0, tzinfo=UTC), "03-29 01:00:00"),
        ("23:58", "Europe/Berlin", datetime(2026, 3, 29, 2, 0, tzinfo=UTC), "03-28 22:58:00"),
    ],
)
def test_on_the_days_when_the_clocks_change(typed: str, zone: str, now: datetime, at: str) -> None:
    assert read(f"{typed} disk full", zone, now, Times(now - timedelta(hours=4)))[0] == at


@pytest.mark.parametrize(
    ("now", "part"),
    [
        (datetime(2026, 10, 25, 3, 0, tzinfo=UTC), "twice"),
        (datetime(2026, 3, 29, 3, 0, tzinfo=UTC), "There was no 02:30"),
    ],
)
def test_a_time_that_was_twice_or_never_is_asked_about(now: datetime, part: str) -> None:
    with pytest.raises(BadInput, match=part):
        read("02:30 disk full", "Europe/Berlin", now, Times(now - timedelta(hours=4)))


def test_in_an_incident_of_several_days_it_is_the_last_one_there_was() -> None:
    now = datetime(2026, 11, 26, 15, 0, tzinfo=UTC)
    assert read("14:02 x", now=now)[0] == "11-26 14:02:00"
    assert read("16:30 x", now=now)[0] == "11-25 16:30:00"
    over = Times(STARTED, None, datetime(2026, 11, 24, 0, 30, tzinfo=UTC))
    assert read("23:58 x", now=now, times=over)[0] == "11-23 23:58:00"
    assert read("00:15 x", now=now, times=over)[0] == "11-24 00:15:00"


def test_the_opening_of_the_record_stands_in_for_a_start_that_nobody_knows() -> None:
    assert read("23:58 x", times=Times())[0] == "11-23 23:58:00"
