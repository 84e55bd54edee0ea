"""What one person writes in a row: one thought is one entry, two events are two."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest.finding import Findings, TimelineKind
from bot.domain.harvest.message import Message

Harvest = Callable[..., Findings]
Say = Callable[..., Message]
LINK = "https://grafana.example/d/1"


def told(harvest: Harvest, say: Say, *lines: str) -> list[tuple[str, tuple[str, ...]]]:
    """The entries of one person who writes these lines, half a minute apart."""
    rows = [say(line, "UBO", 5 + place / 2) for place, line in enumerate(lines)]
    found = harvest(say("checkout is down"), *rows, say("ok", "UCY", 15)).timeline
    return [(each.text, each.evidence) for each in found if each.user_id == "UBO"]


@pytest.mark.parametrize(
    "lines",
    [
        ("upgrading to SEV-1", "downgrading to SEV-3"),
        ("root cause is the expired cert on lb-2", "restarting lb-2"),
        ("Decision: we fail over to the second region", "Decision: we pause the mail queue"),
    ],
)
def test_two_events_are_two_entries(harvest: Harvest, say: Say, lines: tuple[str, ...]) -> None:
    assert [said for said, _ in told(harvest, say, *lines)] == list(lines)


@pytest.mark.parametrize(
    "lines",
    [
        ("found it: a lock on the orders table", "it's because of the index build"),
        ("found it: a lock on the orders table", "hm", "which is held by the nightly export"),
        ("found it: a lock on the orders table", "which is held by the nightly export"),
        ("Decision: we fail over to the second region", "Decision: the second region takes it all"),
        ("upgrading to SEV-1", "upgrading to SEV-1, all of eu is out"),
    ],
)
def test_one_thought_is_one_entry(harvest: Harvest, say: Say, lines: tuple[str, ...]) -> None:
    assert [said for said, _ in told(harvest, say, *lines)] == ["\n".join(line for line in lines if line != "hm")]


@pytest.mark.parametrize("line", ["checkout is down", "resolved"])
def test_what_is_said_twice_is_told_once(harvest: Harvest, say: Say, line: str) -> None:
    found = harvest(say(line, minute=0), say(line, minute=0.5), say("ok", "UBO", 5)).timeline
    assert [each.text for each in found] == [line]


@pytest.mark.parametrize(
    "lines",
    [
        ("found it: a lock on the orders table", LINK),
        ("found it: a lock on the orders table", "hm", LINK),
        ("here is the graph", LINK, "found it: a lock on the orders table"),
        (f"here is the graph {LINK}", "found it: a lock on the orders table"),
        ("found it: a lock on the orders table", f"here's the graph: {LINK}"),
    ],
)
def test_what_somebody_shows_is_evidence_of_what_they_found(harvest: Harvest, say: Say, lines: tuple[str, ...]) -> None:
    (entry,) = told(harvest, say, *lines)
    assert entry[1] == (LINK,)


def test_what_somebody_else_shows_is_no_evidence(harvest: Harvest, say: Say) -> None:
    rows = (say(LINK, "UCY", 5), say("found it: a lock on the orders table", "UBO", 5.5))
    found = harvest(say("checkout is down"), *rows, say(LINK, "UCY", 6)).timeline
    assert [each.evidence for each in found if each.user_id == "UBO"] == [()]


def test_an_entry_of_another_time_takes_what_follows(harvest: Harvest, say: Say) -> None:
    lines = ("the p99 jumped right at 14:01", "which is when the flag new-cart went on", LINK)
    assert told(harvest, say, *lines) == [("\n".join(lines[:2]), (LINK,))]


@pytest.mark.parametrize("line", ["and thanks for all the help", "so what is next?", "and lunch"])
def test_talk_is_no_part_of_an_entry(harvest: Harvest, say: Say, line: str) -> None:
    assert told(harvest, say, "found it: a lock on the orders table", line) == [
        ("found it: a lock on the orders table", ())
    ]


def test_an_event_is_of_its_kind_beside_what_was_found(harvest: Harvest, say: Say) -> None:
    rows = (say("looks like the cert expired", "UBO", 5), say("restarting lb-2", "UBO", 5.5))
    found = harvest(say("checkout is down"), *rows, say("ok", "UCY", 15)).timeline
    assert [each.kind for each in found[-2:]] == [TimelineKind.other, TimelineKind.action]
