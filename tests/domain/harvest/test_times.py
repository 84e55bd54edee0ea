from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.domain.harvest import times

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
    found = times.leading("15:02 - x", WRITTEN, "Europe/Madrid")
    assert found is not None
    assert found[0] == datetime(2026, 1, 5, 14, 2, tzinfo=UTC)
    assert times.zone("Nowhere/Land") is UTC
    assert times.zone("../etc/passwd") is UTC


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("started at 13:41 UTC", "2026-01-05T13:41:00"),
        ("since ~23:30 UTC", "2026-01-04T23:30:00"),
        ("began 20 minutes ago", "2026-01-05T14:00:00"),
        ("about 2 hours ago", "2026-01-05T12:20:00"),
        ("an hour ago", "2026-01-05T13:20:00"),
    ],
)
def test_a_time_that_is_told_lies_in_the_past(line: str, at: str) -> None:
    assert times.mentioned(line, WRITTEN) == datetime.fromisoformat(at).replace(tzinfo=UTC)


def test_no_time_is_told() -> None:
    assert times.mentioned("started at noon", WRITTEN) is None
    assert times.mentioned("at 2026-02-01 10:00 UTC", WRITTEN) is None


def test_yesterday_is_the_day_before_as_the_author_counts_days() -> None:
    written = datetime(2026, 1, 6, 9, 0, tzinfo=UTC)
    at = times.mentioned("broken since ~08:30 yesterday", written, "Europe/Berlin")
    assert at == datetime(2026, 1, 5, 7, 30, tzinfo=UTC)
    late = times.mentioned("it began at 23:50 last night", written, "America/New_York")
    assert late == datetime(2026, 1, 6, 4, 50, tzinfo=UTC)
