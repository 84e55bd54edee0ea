"""Two wishes in one line are two follow-ups, each with whom it is for and until when; so are things that the line counts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest.finding import Findings

Harvest = Callable[..., Findings]


@pytest.mark.parametrize(
    ("line", "wishes"),
    [
        (
            "someone should write a runbook for this; also bo please add a test for the config loader next week",
            [
                ("someone should write a runbook for this", None, ""),
                ("bo please add a test for the config loader next week", "UBO", "next week"),
            ],
        ),
        (
            "I'll write the runbook tomorrow; we should add an alert on pool size",
            [
                ("I'll write the runbook tomorrow", "UANA", "tomorrow"),
                ("we should add an alert on pool size", None, ""),
            ],
        ),
        (
            "three things to fix tomorrow: the missing alert on the pool, the stale runbook, who owns the batch jobs",
            [
                ("the missing alert on the pool", None, "tomorrow"),
                ("the stale runbook", None, "tomorrow"),
                ("who owns the batch jobs", None, "tomorrow"),
            ],
        ),
        (
            "two follow-ups for tomorrow: fix the flaky alert and write up the timeline",
            [("fix the flaky alert", None, "tomorrow"), ("write up the timeline", None, "tomorrow")],
        ),
        (
            "what we should change so that it never happens again: 1) the disk size is fixed in the playbook 2) an alert only goes here",
            [("the disk size is fixed in the playbook", None, ""), ("an alert only goes here", None, "")],
        ),
        (
            "I'll (1) write the runbook for it tomorrow, (2) add an alert on the lag",
            [("write the runbook for it tomorrow", "UANA", "tomorrow"), ("add an alert on the lag", "UANA", "")],
        ),
        (
            "ideas: 1) the middleware needs a test 2) remove the retry loop, I'll do that tomorrow 3) ask the vendor about the driver",
            [
                ("the middleware needs a test", None, ""),
                ("remove the retry loop, I'll do that tomorrow", "UANA", "tomorrow"),
                ("ask the vendor about the driver", None, ""),
            ],
        ),
    ],
)
def test_wishes_of_one_line_are_several(harvest: Harvest, line: str, wishes: list[tuple[str, str | None, str]]) -> None:
    assert [(each.text, each.assignee, each.due) for each in harvest("checkout is down", line).todos] == wishes


@pytest.mark.parametrize(
    "line",
    [
        "someone should write a runbook for this; it is nowhere written down",
        "we should add an alert on pool size; bo saw it late",
        "we should fix three things: the alert, and the runbook",
        "we should add two alerts soon: on pool size",
        "we should write a runbook for step 2) of the failover, and for 3) as well",
        "we should write a runbook for it, in 1) english and 2) polish",
    ],
)
def test_other_lines_are_one(harvest: Harvest, line: str) -> None:
    assert len(harvest("checkout is down", line).todos) == 1


def test_what_is_marked_stays_as_it_was_marked(harvest: Harvest) -> None:
    assert len(harvest("TODO: we should add an alert; we should write a runbook").todos) == 1
