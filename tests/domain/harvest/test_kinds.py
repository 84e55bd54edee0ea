"""What a line cannot be, whatever its words weigh."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest import kinds
from bot.domain.harvest.finding import Findings, TimelineKind
from bot.domain.harvest.message import Message

Harvest = Callable[..., Findings]
Say = Callable[..., Message]


@pytest.mark.parametrize(
    "line",
    [
        "ship left two minutes ago",
        "the courier has left",
        "file received from the vendor",
        "yes, upstream edited the same file",
        "it came back by itself",
    ],
)
def test_what_merely_happens_is_no_decision(line: str) -> None:
    assert kinds.never(line) == {TimelineKind.decision}


@pytest.mark.parametrize(
    "line",
    [
        "we left it off",
        "leave it, it warms by itself",
        "the vendor agreed two minutes ago",
        "we decided that an hour ago",
        "roll back",
        "stay on the standby",
    ],
)
def test_what_somebody_decides_can_be_one(line: str) -> None:
    assert not kinds.never(line)


@pytest.mark.parametrize(
    ("line", "kind", "never"),
    [
        ("nope, errors are back", TimelineKind.mitigation, True),
        ("errors are back to normal", TimelineKind.mitigation, False),
        ("07:55 deploy 4512 went out", TimelineKind.impact_start, True),
        ("14:02 restarted the api", TimelineKind.impact_start, True),
        ("restarted the api at 13:59 UTC", TimelineKind.impact_start, True),
        ("release 2.41 went live", TimelineKind.impact_start, True),
        ("errors began when deploy 4512 went out", TimelineKind.impact_start, False),
        ("07:55 started failing", TimelineKind.impact_start, False),
        ("note that the dashboards were stale too", TimelineKind.public, True),
        ("note that the customers in the north know", TimelineKind.public, False),
        ("all of the riders informed by sms", TimelineKind.public, False),
        ("done", TimelineKind.public, False),
    ],
)
def test_what_a_line_cannot_be(line: str, kind: TimelineKind, never: bool) -> None:
    assert (kind in kinds.never(line)) == never


def test_what_is_resolved_as_the_call_ends_is_resolved(harvest: Harvest) -> None:
    found = harvest("checkout is down", ("incident resolved, closing the call", "UBO")).timeline
    assert found[-1].kind is TimelineKind.resolved


def test_what_merely_happens_is_told_as_something_else(harvest: Harvest, say: Say) -> None:
    before = (say("checkout is down"), say("I'm IC", "UBO", 2), say("looks like the deploy", "UDEE", 4))
    found = harvest(*before, say("file received from the vendor", "UCY", 6)).timeline
    assert [each.kind for each in found if each.user_id == "UCY"] == [TimelineKind.other]


@pytest.mark.parametrize(
    "line",
    [
        "I have command again",
        "I'm back, taking command again",
        "command is with Bo now",
        "handing over command to Bo",
    ],
)
def test_a_line_that_only_says_who_has_command_is_no_deed(harvest: Harvest, say: Say, line: str) -> None:
    before = (say("checkout is down", "UDEE"), say("I'm IC", "UANA", 2), say("recovered, watching", "UDEE", 4))
    found = harvest(*before, say(line, "UANA", 6)).timeline
    assert [each.kind for each in found if each.user_id == "UANA" and each.text == line] == [TimelineKind.other]


def test_command_goes_to_whom_it_is_with(harvest: Harvest, say: Say) -> None:
    found = harvest(say("I'm IC"), say("command is with Bo now", "UANA", 6), say("thanks", "UDEE", 8))
    assert found.ic is not None
    assert found.ic.user_id == "UBO"


@pytest.mark.parametrize(
    ("line", "kind"), [("errors are back", "detection"), ("errors are back to normal", "mitigation")]
)
def test_errors_that_are_back_got_worse(harvest: Harvest, say: Say, line: str, kind: str) -> None:
    before = (say("checkout is down"), say("rolled back", "UBO", 2))
    found = harvest(*before, say(f"hm. {line} now", "UCY", 6), say("looking", "UBO", 8)).timeline
    rules = {each.rule for each in found if each.user_id == "UCY"}
    assert ("H-31" in rules) == (kind == "mitigation")


def test_what_turns_out_to_be_when_it_began_has_the_time_from_which_on_it_was_so(harvest: Harvest, say: Say) -> None:
    before = (say("checkout is down, 502s", "UBO"), say("looks like the deploy", "UANA", 1))
    line = "traffic graph: from 13:50 outbound doubled"
    found = harvest(*before, say(line, "UDEE", 2), say("looking", "UBO", 3)).timeline
    (entry,) = (each for each in found if each.user_id == "UDEE")
    assert (entry.rule, entry.kind) == ("H-37", TimelineKind.impact_start)
    assert f"{entry.at:%H:%M}" == "13:50"


@pytest.mark.parametrize(
    "line", ["incident declared", ":fire: Major incident declared", "An incident has been declared"]
)
def test_that_an_incident_is_declared_is_not_what_customers_are_told(line: str) -> None:
    assert TimelineKind.public in kinds.never(line)
    assert TimelineKind.public not in kinds.never("incident posted")
