"""Times as people type them, with a date across midnight, in their zone, and never one that could be another."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import BadInput
from bot.listeners import typed_times

NOW = datetime(2026, 11, 24, 15, 5, tzinfo=UTC)
# It began shortly before midnight and ended after it.
WINDOW = (datetime(2026, 11, 23, 22, 30, tzinfo=UTC), datetime(2026, 11, 24, 2, 0, tzinfo=UTC))


def read(typed: str, zone: str = "Europe/Berlin", **values: object) -> str:
    given = {"zone": zone, "now": NOW, "window": WINDOW} | values
    return f"{typed_times.parse(typed, **given):%d %H:%M:%S}"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("23:10 UTC", "23 23:10:00"),
        ("00:40 UTC", "24 00:40:00"),
        ("01:40", "24 00:40:00"),
        ("0140", "24 00:40:00"),
        ("1.40", "24 00:40:00"),
        ("1h40", "24 00:40:00"),
        ("1:40 am", "24 00:40:00"),
        ("1:40:31", "24 00:40:31"),
        ("yesterday 23:10", "23 22:10:00"),
        ("Yesterday at 23:10 UTC", "23 23:10:00"),
        ("23:10 yesterday", "23 22:10:00"),
        ("today 09:00", "24 08:00:00"),
        ("2026-11-24 01:40", "24 00:40:00"),
        ("2026-11-24T01:40:31+01:00", "24 00:40:31"),
        ("24 Nov 2026 1:40", "24 00:40:00"),
        ("18:00 America/New_York", "23 23:00:00"),
        ("18:00 EST", "23 23:00:00"),
        ("01:40 CET", "24 00:40:00"),
        ("01:40 +0100", "24 00:40:00"),
        ("01:40Z", "24 01:40:00"),
        ("23:10:07.5 UTC", "23 23:10:07"),
        ("at 23:10 UTC", "23 23:10:00"),
        ("23:10 utc", "23 23:10:00"),
        ("23:10utc", "23 23:10:00"),
        ("1:40am", "24 00:40:00"),
        ("01:40 UTC+1", "24 00:40:00"),
        ("01:40 GMT +01:00", "24 00:40:00"),
        ("20:40 UTC-4", "24 00:40:00"),
        ("11:10 p.m. utc", "23 23:10:00"),
        ("Monday 23:50", "23 22:50:00"),
        ("23.11.2026 23:50", "23 22:50:00"),
        ("~23:10 UTC", "23 23:10:00"),
        ("about 01:40", "24 00:40:00"),
        ("Around yesterday 23:10", "23 22:10:00"),
        # A little before it began, and a little after it ended.
        ("22:10 UTC", "23 22:10:00"),
        ("02:50 UTC", "24 02:50:00"),
        # Some hours after it ended, and on no day near: on the day that it began.
        ("06:30 UTC", "24 06:30:00"),
        ("12:00 UTC", "23 12:00:00"),
        ("20:40UTC-4", "24 00:40:00"),
        ("20:40 -04:00", "24 00:40:00"),
    ],
)
def test_what_people_type(typed: str, expected: str) -> None:
    assert read(typed) == expected


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("", "Enter a time"),
        ("noonish", "Enter a time"),
        ("10", "Enter a time"),
        ("25:00", "Enter a time"),
        ("yesterday", "Enter a time"),
        ("01:40 IST", "time zone IST"),
        ("01:40 CET+1", "time zone CET with an offset"),
        ("01:40 Mars/Base", "not a time zone"),
        ("11/12/2026 01:40", "2026-11-23"),
        ("3/4 01:40", "2026-11-23"),
        ("11-12-2026 01:40", "2026-11-23"),
        # More than one time, or a date that is read in several ways.
        ("01:40-01:50", "Enter one time"),
        ("01:40 - 01:50", "Enter one time"),
        ("01:40–1:50", "Enter one time"),
        ("01:40, 01:50", "Enter one time"),
        ("01:40-02", "Enter one time"),
        ("26-11-24 01:40", "2026-11-23"),
        ("23/11/26 01:40", "2026-11-23"),
        ("24.11. 01:40", "2026-11-23"),
        ("5.11 01:40", "Enter one time"),
        ("13:02 pm", "Enter a time"),
        ("about", "Enter a time"),
        ("today 23:10", "future"),
        ("9999-01-01 10:00", "cannot be right"),
        ("0001-01-01 00:00", "cannot be right"),
    ],
)
def test_what_could_be_another_time_or_none_is_refused(typed: str, part: str) -> None:
    with pytest.raises(BadInput, match=part):
        read(typed)


@pytest.mark.parametrize(
    ("now", "typed", "zone", "expected"),
    [
        # In the evening of the 23rd in Los Angeles it is the 24th in UTC.
        (datetime(2026, 11, 24, 4, tzinfo=UTC), "yesterday 23:10 UTC", "America/Los_Angeles", "23 23:10:00"),
        (datetime(2026, 11, 24, 4, tzinfo=UTC), "today 03:00 UTC", "America/Los_Angeles", "24 03:00:00"),
        (datetime(2026, 11, 24, 4, tzinfo=UTC), "today 18:00", "America/Los_Angeles", "24 02:00:00"),
        (datetime(2026, 11, 23, 19, tzinfo=UTC), "today 14:02 UTC", "Pacific/Auckland", "23 14:02:00"),
    ],
)
def test_today_is_that_of_the_zone_that_is_named(now: datetime, typed: str, zone: str, expected: str) -> None:
    assert read(typed, zone, now=now) == expected


SPRING, AUTUMN = datetime(2026, 3, 29, 6, tzinfo=UTC), datetime(2026, 10, 25, 6, tzinfo=UTC)


def on(day: datetime, typed: str, zone: str = "Europe/Berlin") -> str:
    """Read on the morning after the night in which the clocks were changed."""
    return read(typed, zone, now=day, window=(day - timedelta(hours=7), day - timedelta(hours=3)))


@pytest.mark.parametrize(
    ("day", "typed", "expected"),
    [
        (SPRING, "01:59", "29 00:59:00"),
        (SPRING, "03:00", "29 01:00:00"),
        (SPRING, "02:30 UTC", "29 02:30:00"),
        (SPRING, "02:30 CET", "29 01:30:00"),
        (AUTUMN, "01:59", "24 23:59:00"),
        (AUTUMN, "03:00", "25 02:00:00"),
        (AUTUMN, "02:30 CEST", "25 00:30:00"),
        (AUTUMN, "02:30 CET", "25 01:30:00"),
        (AUTUMN, "2026-10-25T02:30+01:00", "25 01:30:00"),
    ],
)
def test_the_night_in_which_the_clocks_are_changed_has_every_instant_once(
    day: datetime, typed: str, expected: str
) -> None:
    assert on(day, typed) == expected


@pytest.mark.parametrize(
    ("day", "typed", "sentence"),
    [
        (SPRING, "02:30", "There was no 02:30 on 2026-03-29 in Europe/Berlin"),
        (SPRING, "today 02:30", "There was no 02:30 on 2026-03-29 in Europe/Berlin"),
        (AUTUMN, "02:30", "write 00:30 UTC or 01:30 UTC"),
        (AUTUMN, "2026-10-25 02:00:00 Europe/Paris", "02:00 twice on 2026-10-25 in Europe/Paris"),
    ],
)
def test_a_time_that_was_not_there_or_was_there_twice_is_refused(day: datetime, typed: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        on(day, typed)


@pytest.mark.parametrize(
    ("typed", "rest", "about"),
    [
        ("~14:02", "14:02", True), ("about 14:02 UTC", "14:02 UTC", True), ("Around  14:02", "14:02", True),
        ("ca. 14:02", "14:02", True), ("approx. 14:02", "14:02", True), ("14:02", "14:02", False),
        ("aboutface", "aboutface", False), ("14:02 about", "14:02 about", False), ("", "", False),
    ],
)  # fmt: skip
def test_what_is_only_about_right_says_so_in_front(typed: str, rest: str, about: bool) -> None:
    assert typed_times.about(typed) == (rest, about)


@given(st.text(max_size=40) | st.text("0123456789:. TZ+-/apmUC", max_size=30))
def test_whatever_is_typed_is_a_time_or_a_sentence(typed: str) -> None:
    with contextlib.suppress(BadInput):
        found = typed_times.parse(typed, zone="America/New_York", now=NOW, window=WINDOW)
        assert found.tzinfo is UTC
        assert found <= NOW + timedelta(minutes=2)


@pytest.mark.parametrize(
    ("names", "zone"), [(("Nowhere", "Asia/Tokyo"), "Asia/Tokyo"), ((None, ""), "UTC"), (("../etc",), "UTC")]
)
def test_a_zone_that_nobody_knows_is_passed_over(names: tuple[str | None, ...], zone: str) -> None:
    assert typed_times.zone_of(*names) == zone
