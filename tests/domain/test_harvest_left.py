"""How long a reading will still take: told where it can be known, in words that do not jump."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from bot.domain import harvest_left, harvest_pace
from bot.domain.harvest_state import HarvestCounts, HarvestState, Phase
from tests.factories import NOW, counts, harvest


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def threads(calls: int, each: float, wait: float = 0) -> HarvestState:
    """So many threads were read, one in so many seconds."""
    begun, until = NOW - seconds((calls - 1) * each), NOW + seconds(wait) if wait else None
    return harvest(phase=Phase.THREADS, calls=calls, calls_from=begun, called_at=NOW, waiting_until=until)


def pages(
    number: int, down_to: float, *, oldest: str = "1000000.0", each: float = 1.2, **values: object
) -> HarvestState:
    """So many pages of a channel of a million seconds were read, down to this second of it."""
    given = {"calls": number, "calls_from": NOW - seconds((number - 1) * each), "called_at": NOW} | values
    seen = {"pages": number, "oldest": oldest, "newest": "2000000.5", "reached": f"{1_000_000 + down_to:.6f}"}
    return harvest(phase=Phase.HISTORY, cursor="more", **(seen | given))


@pytest.mark.parametrize(
    ("state", "pending", "expected"),
    [
        (threads(20, 0.1), 10, "less than a minute more"),
        (threads(20, 5), 12, "about a minute more"),
        (threads(20, 5), 40, "about 3 minutes more"),
        (threads(60, 0.1), 1000, "about 20 minutes more, at 50 calls a minute, as Slack allows"),
        (threads(50, 0.2, wait=50), 300, "about 5 minutes more, at 50 calls a minute, as Slack allows"),
        (threads(4, 60), 60, "about an hour more, at one call a minute, as Slack allows"),
        (threads(4, 60), 6667, "about 5 days more, at one call a minute, as Slack allows"),
        (threads(1, 1, wait=59), 30, "about 30 minutes more"),
        (threads(20, 5, wait=7200), 1, "about 2 hours more"),
        (threads(1, 1), 30, ""),
        (threads(20, 5), 0, ""),
        (harvest(phase=Phase.THREADS), 30, ""),
    ],
)
def test_of_threads_it_is_known_how_many_are_left(state: HarvestState, pending: int, expected: str) -> None:
    assert harvest_left.left(state, counts(1412, 7000, pending), NOW) == expected


@pytest.mark.parametrize(
    ("state", "pending", "expected"),
    [
        (pages(10, 500_000), 0, "less than a minute more, to judge by the dates"),
        (pages(10, 500_000), 100, "roughly 2 to 10 minutes more, to judge by the dates, at 50 calls a minute, as Slack allows"),
        (
            pages(20, 750_000, each=60),
            0,
            "roughly 30 minutes to 2 hours more, to judge by the dates, at one call a minute, as Slack allows",
        ),
        (pages(10, 500_000, waiting_until=NOW + seconds(1800)), 0, "roughly 45 minutes to an hour and a half more, to judge by the dates"),
        (pages(10, 950_000), 0, harvest_left.UNKNOWN),
        (pages(10, 500_000, oldest="0"), 0, harvest_left.UNKNOWN),
        (pages(10, 500_000, reached=None), 0, harvest_left.UNKNOWN),
        (pages(10, 500_000, newest="1000000.0"), 0, harvest_left.UNKNOWN),
        (pages(1, 500_000), 0, ""),
        (pages(10, 500_000, calls=0, calls_from=None, called_at=None), 0, ""),
        (pages(10, -5), 0, "less than a minute more, to judge by the dates"),
    ],
)  # fmt: skip
def test_of_a_channel_the_dates_tell_what_part_is_read(state: HarvestState, pending: int, expected: str) -> None:
    assert harvest_left.left(state, counts(9990, pending, pending), NOW) == expected


@pytest.mark.parametrize("phase", [Phase.ANALYSE, Phase.DONE, Phase.STOPPED])
def test_where_nothing_is_read_nothing_is_said(phase: Phase) -> None:
    state = harvest(phase=phase, calls=20, calls_from=NOW - seconds(60), called_at=NOW)
    assert harvest_left.left(state, counts(1412, 40, 20), NOW) == ""
    assert harvest_left.left(threads(20, 5), None, NOW) == ""


@pytest.mark.parametrize(("allowed", "number"), [(50, 1000), (50, 120), (1, 90), (1, 12)])
def test_against_a_slack_that_limits_the_estimate_is_near_and_never_climbs_back(allowed: int, number: int) -> None:
    """So many calls are answered in a tenth of a second each, then Slack asks to wait until the minute is over."""
    state, now, seen = harvest(phase=Phase.THREADS), NOW, []
    for done in range(1, number + 1):
        asked, now = now, now + seconds(0.1)
        state = harvest_pace.called(state, asked, now)
        until = NOW + seconds(done // allowed * 60)
        state = replace(state, waiting_until=until if until > now else None)
        left = HarvestCounts(9, number, number - done)
        if harvest_left.left(state, left, now):
            seen.append((now, _guess(state, left, now)))
        now = max(now, until)
    for at, guess in seen:
        assert (now - at) / 2 - seconds(60) <= guess <= (now - at) * 1.5 + seconds(60)
    assert len(seen) > number / 2
    guesses = [guess for _, guess in seen]
    assert all(later - sooner <= seconds(1) for sooner, later in pairwise(guesses))


def _guess(state: HarvestState, left: HarvestCounts, now: datetime) -> timedelta:
    each = harvest_pace.pace(state, now)
    assert each is not None
    return harvest_pace.owed(state, each, now) + max(left.threads_pending - 1, 0) * each


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (0.9, "less than a minute"),
        (1, "about a minute"),
        (7, "about 5 minutes"),
        (8, "about 10 minutes"),
        (52, "about an hour"),
        (80, "about an hour and a half"),
        (200, "about 3 hours"),
        (1300, "about a day"),
        (2500, "about 2 days"),
        (6667, "about 5 days"),
    ],
)
def test_a_length_of_time_is_said_coarsely(minutes: float, expected: str) -> None:
    assert harvest_left.about(timedelta(minutes=minutes)) == expected


@pytest.mark.parametrize(
    ("least", "most", "expected"),
    [
        (0.2, 0.8, "less than a minute"),
        (0.5, 2, "at most about 2 minutes"),
        (5, 20, "roughly 5 to 20 minutes"),
        (1, 4, "roughly a minute to 4 minutes"),
        (45, 180, "roughly 45 minutes to 3 hours"),
        (90, 360, "roughly an hour and a half to 6 hours"),
        (60, 240, "roughly an hour to 4 hours"),
        (120, 480, "roughly 2 to 8 hours"),
        (1440, 5760, "roughly a day to 4 days"),
    ],
)
def test_a_range_is_said_with_one_unit_where_it_has_one(least: float, most: float, expected: str) -> None:
    assert harvest_left.between(timedelta(minutes=least), timedelta(minutes=most)) == expected
