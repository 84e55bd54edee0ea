"""What was done stands behind "Action:" in a log; it is no follow-up, but told in the timeline."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest.finding import Confidence, Findings, TimelineKind

Harvest = Callable[..., Findings]


@pytest.mark.parametrize(
    "line",
    [
        "Action: restarted node 3 at 09:30",
        "Action: failed over to replica",
        "ACTION - rolled back 4512",
        "ACTION restarted node 5",
        "Action: we rolled back 4512",
        "Action: bo restarted node 5",
        "Action: <@UBO> restarted node 5",
        "Action: node 5 was restarted",
        "Action: rolling back 4512",
        "P1 action: restarted node 5",
        "ACTIONS: failed over to B",
        "web1 is down. Action: restarted it",
    ],
)
def test_what_was_done_is_a_line_of_the_timeline(harvest: Harvest, line: str) -> None:
    of = harvest(line)
    assert of.todos == ()
    assert [each.kind for each in of.timeline] == [TimelineKind.action]


@pytest.mark.parametrize(
    "line",
    [
        "Action: restart node 3",
        "Action: reset the password policy",
        "Action: set the limit to 5",
        "Action: failover test every month",
        "Action: restarted nodes should be drained first",
        "Action: use updated certs",
        "Action: document changed limits",
        "Action: bo to restart node 6",
        "Action: automated rollback for failed deploys",
        "Action: call the vendor",
        "Action item: changed limits into the runbook",
        "TODO: replaced disks to the recycler",
    ],
)
def test_what_is_to_be_done_stays_marked(harvest: Harvest, line: str) -> None:
    assert [(each.rule, each.confidence) for each in harvest(line).todos] == [("H-01", Confidence.A)]
