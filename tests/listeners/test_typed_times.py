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
        # Not within the incident: on the day that it began.
        ("12:00 UTC", "23 12:00:00"),
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
        ("01:40 Mars/Base", "not a time zone"),
        ("11/12/2026 01:40", "2026-11-23"),
        ("today 23:10", "future"),
        ("9999-01-01 10:00", "cannot be right"),
        ("0001-01-01 00:00", "cannot be right"),
    ],
)
def test_what_could_be_another_time_or_none_is_refused(typed: str, part: str) -> None:
    with pytest.raises(BadInput, match=part):
        read(typed)


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
