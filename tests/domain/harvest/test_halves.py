"""Two wishes in one line are two follow-ups, each with whom it is for and until when; so are things that the line counts."""

from __future__ import annotations

import re
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
        (
            "next steps: (a) bo to add an alarm on the disk (b) someone should fix the firewall rules, (c) I write the report by friday",
            [
                ("bo to add an alarm on the disk", "UBO", ""),
                ("someone should fix the firewall rules", None, ""),
                ("I write the report by friday", "UANA", "by friday"),
            ],
        ),
        (
            "first, we need an alert on the disk; second, the runbook should say how to fail over; "
            "finally, someone should ask the vendor why",
            [
                ("we need an alert on the disk", None, ""),
                ("the runbook should say how to fail over", None, ""),
                ("someone should ask the vendor why", None, ""),
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
        "we should decide soon whether we (a) move the queue or (b) add a second worker for it",
        "first, we should add an alert on the disk",
        "we should decide on the fifty next week, option a) write off the rest b) ask them nicely",
        "bo takes the failover drill, the rest is noise. we should also write a runbook for it",
    ],
)
def test_other_lines_are_one(harvest: Harvest, line: str) -> None:
    assert len(harvest("checkout is down", line).todos) == 1


@pytest.mark.parametrize(
    "line",
    [
        "Bo takes the failover drill, Cy the runbook + the lag alert. I take the template",
        "Bo does the failover drill, Cy does the runbook + the lag alert and I do the template",
    ],
)
def test_what_is_shared_out_by_name_is_one_each(harvest: Harvest, line: str) -> None:
    found = harvest("checkout is down", line).todos
    assert [each.assignee for each in found] == ["UBO", "UCY", "UANA"]
    assert [each.text for each in found] == re.split(r"[,.] | and ", line)


@pytest.mark.parametrize("opens", ["ok so ", "right, so: ", "Actions: ", "next steps: "])
def test_shares_are_read_behind_what_opens_the_line(harvest: Harvest, opens: str) -> None:
    found = harvest("checkout is down", f"{opens}Bo takes the runbook, Cy the load test and Ana the lag alert").todos
    assert [(each.text, each.assignee) for each in found] == [
        ("Bo takes the runbook", "UBO"),
        ("Cy the load test", "UCY"),
        ("Ana the lag alert", "UANA"),
    ]
    assert not harvest("checkout is down", f"{opens}Bo takes the primary, Cy the replica").todos


@pytest.mark.parametrize("more", [[], ["fixed, restarted", "thanks", "good night all"]])
def test_shares_of_few_words_are_enough_where_they_are_of_things_that_are_kept(
    harvest: Harvest, more: list[str]
) -> None:
    found = harvest(
        "checkout is down", *more, "Bo takes the failover drill, Cy the load test. I take the template"
    ).todos
    assert [each.assignee for each in found] == ["UBO", "UCY", "UANA"]
    assert not harvest("checkout is down", *more, "Bo takes the primary, Cy the replica. I take the proxy").todos


@pytest.mark.parametrize("end", [". I take the template", ", I take the template"])
def test_a_mention_in_what_is_shared_out_is_shown_by_its_name(harvest: Harvest, end: str) -> None:
    found = harvest("checkout is down", f"<@UBO> takes the failover drill, <@UCY> the runbook{end}").todos
    assert [(each.text, each.assignee) for each in found] == [
        ("@bo takes the failover drill", "UBO"),
        ("@cy the runbook", "UCY"),
        ("I take the template", "UANA"),
    ]


def test_what_is_marked_stays_as_it_was_marked(harvest: Harvest) -> None:
    assert len(harvest("TODO: we should add an alert; we should write a runbook").todos) == 1


@pytest.mark.parametrize(
    ("line", "wishes"),
    [
        ("AIs: (a) alarms on the disk (b) firewall rules", [("alarms on the disk", None), ("firewall rules", None)]),
        (
            "follow-ups: a) alarms on the disk b) firewall rules for the vpn",
            [("alarms on the disk", None), ("firewall rules for the vpn", None)],
        ),
        ("TODO: 1) alarms on the disk 2) rotate the key", [("alarms on the disk", None), ("rotate the key", None)]),
        (
            "ok so AIs: bo - alarms on the disk, cy - firewall rules for the vpn, me - write-up (wed)",
            [
                ("bo - alarms on the disk", "UBO"),
                ("cy - firewall rules for the vpn", "UCY"),
                ("me - write-up (wed)", "UANA"),
            ],
        ),
        (
            "action items: bo alarms on the disk, cy firewall rules, ana the write-up by wed",
            [("bo alarms on the disk", "UBO"), ("cy firewall rules", "UCY"), ("ana the write-up by wed", "UANA")],
        ),
        ("TODO: ask bo about the disk, cy about the vpn", [("ask bo about the disk, cy about the vpn", None)]),
        ("TODO: decide (a) a queue or (b) a retry", [("decide (a) a queue or (b) a retry", None)]),
    ],
)
def test_a_mark_over_things_that_are_counted_off_or_shared_out(
    harvest: Harvest, line: str, wishes: list[tuple[str, str | None]]
) -> None:
    found = harvest(line).todos
    assert [(each.text, each.assignee) for each in found] == wishes
    assert all(each.due == "wed" for each in found if each.text.endswith("(wed)"))


def test_more_than_nine_things_are_counted_off(harvest: Harvest) -> None:
    line = "TODO: " + " ".join(f"{number}) rotate the key of pool {number}" for number in range(1, 12))
    assert len(harvest(line).todos) == 11
