"""How fast a reading goes, by the calls that were answered and by what Slack allows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain import harvest_pace
from bot.domain.harvest_state import HarvestState, Phase
from tests.factories import NOW, harvest


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def at_work(calls: int, each: float, **values: object) -> HarvestState:
    """So many calls were answered, one in so many seconds, the last of them now."""
    state = harvest(phase=Phase.THREADS, calls=calls, calls_from=NOW - seconds((calls - 1) * each), called_at=NOW)
    return replace(state, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (harvest(phase=Phase.THREADS), None),
        (at_work(1, 3), None),
        (at_work(2, 3), 3),
        (at_work(50, 0.01), 1.2),
        (at_work(1, 1, waiting_until=NOW + seconds(60)), 60),
        (at_work(50, 0.2, waiting_until=NOW + seconds(50)), 1.2),
        (at_work(51, 0.2, waiting_until=NOW + seconds(92)), 2),
        (at_work(10, 60, waiting_until=NOW - seconds(1)), 60),
        (harvest(phase=Phase.THREADS, waiting_until=NOW + seconds(60)), None),
    ],
    ids=["new", "one call", "two", "a burst", "wait at once", "burst, wait", "long wait", "wait over", "no call yet"],
)
def test_a_call_takes_as_long_as_was_measured_and_never_less_than_slack_allows(
    state: HarvestState, expected: float | None
) -> None:
    assert harvest_pace.pace(state, NOW) == (None if expected is None else seconds(expected))


def test_calls_are_counted_from_the_first_that_was_asked() -> None:
    first = harvest_pace.called(harvest(), NOW, NOW + seconds(1))
    second = harvest_pace.called(first, NOW + seconds(3), NOW + seconds(4))
    assert (second.calls, second.calls_from, second.called_at) == (2, NOW, NOW + seconds(4))
    assert harvest_pace.anew(second) == harvest()


def test_of_a_long_thread_only_the_last_page_counts() -> None:
    begun = harvest_pace.called(harvest(), NOW, NOW, whole=False)
    assert (begun.calls, begun.calls_from) == (0, NOW)
    assert harvest_pace.called(begun, NOW, NOW + seconds(9)).calls == 1


@pytest.mark.parametrize(("waiting", "away", "calls"), [(0, 599, 21), (0, 601, 1), (3600, 3700, 21), (3600, 4300, 1)])
def test_while_the_bot_was_away_nothing_is_measured_but_a_wait_for_slack_is(
    waiting: int, away: int, calls: int
) -> None:
    state = at_work(20, 2, waiting_until=NOW + seconds(waiting))
    assert harvest_pace.called(state, NOW + seconds(away), NOW + seconds(away)).calls == calls


@pytest.mark.parametrize(
    ("state", "each", "expected"),
    [
        (at_work(51, 0.2), 1.2, 51.2),
        (at_work(101, 0.2), 1.2, 60),
        (at_work(50, 1.2), 1.2, 1.2),
        (at_work(50, 5), 5, 5),
        (at_work(50, 300), 300, 300),
        (replace(at_work(50, 5), called_at=NOW - seconds(9)), 4, 0),
        (at_work(50, 0.2, waiting_until=NOW + seconds(300)), 6.2, 300),
        (harvest(phase=Phase.THREADS), 1.2, 0),
    ],
)
def test_what_was_answered_at_once_is_waited_for_later(state: HarvestState, each: float, expected: float) -> None:
    assert harvest_pace.owed(state, seconds(each), NOW) == seconds(expected)


@pytest.mark.parametrize(
    ("calls", "each", "expected"),
    [
        (9, 1.2, "at 50 calls a minute, as Slack allows"),
        (9, 5, ""),
        (9, 60, "at one call a minute, as Slack allows"),
        (1, 60, ""),
        (9, 200, ""),
    ],
)
def test_what_slack_allows_is_named_only_where_it_is_that(calls: int, each: float, expected: str) -> None:
    assert harvest_pace.allowance(at_work(calls, each), seconds(each)) == expected
