"""The labelled channels: what the harvest finds in incidents of different styles stays at least as good as it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

NAMES = ("startup", "bank", "opensource", "retail")
# name of the score: lowest recall and precision over all channels, a little under what is reached
FLOORS = {
    "todo": (0.85, 0.95),
    "marked": (1.0, 1.0),
    "unmarked": (0.8, 0.9),
    "assignee": (0.95, 0.95),
    "timeline": (0.85, 0.95),
    "responders": (1.0, 0.95),
    "ic": (1.0, 1.0),
    "scribe": (1.0, 1.0),
}
WORST = 0.7  # what a single channel may fall to, in each score


@pytest.fixture(scope="module")
def scores(read_channel: Callable[[str], Any], score: Callable[[Any], dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {name: score(read_channel(name)) for name in NAMES}


@pytest.mark.parametrize(("name", "floors"), FLOORS.items(), ids=FLOORS)
def test_over_all_channels_a_score_keeps_its_floors(
    scores: dict[str, dict[str, Any]], name: str, floors: tuple[float, float]
) -> None:
    first, *rest = (each[name] for each in scores.values())
    whole = sum(rest, first)
    assert whole.recall >= floors[0], "\n".join(whole.faults)
    assert whole.precision >= floors[1], "\n".join(whole.faults)


@pytest.mark.parametrize("channel", NAMES)
@pytest.mark.parametrize("name", FLOORS)
def test_no_channel_is_left_behind(scores: dict[str, dict[str, Any]], channel: str, name: str) -> None:
    got = scores[channel][name]
    assert min(got.recall, got.precision) >= WORST, "\n".join(got.faults)


@pytest.mark.parametrize("channel", NAMES)
def test_the_channels_are_worth_measuring(read_channel: Callable[[str], Any], channel: str) -> None:
    labels = read_channel(channel).labels
    assert len(labels) >= 55
    assert sum(each.todo for each in labels) >= 5
    assert len({each.event for each in labels if each.kinds}) >= 15


def test_earlier_commanders_are_found_in_order(
    read_channel: Callable[[str], Any], harvested: Callable[[Any], Any]
) -> None:
    bank = read_channel("bank")
    claims = [each.user_id for each in harvested(bank).role_claims if each.role == "ic"]
    assert list(dict.fromkeys(claims)) == [*bank.earlier_ic, bank.ic]
