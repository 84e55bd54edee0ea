"""Lists at the end that say over again what was proposed before, in one line or in several."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest import analyse, recap
from bot.domain.harvest.finding import Confidence, Findings, TodoFinding
from bot.domain.harvest.message import Message
from bot.domain.harvest.person import Person

Harvest = Callable[..., Findings]
Say = Callable[..., Message]
BEFORE = {0: frozenset(("slow", "alert")), 1: frozenset(("playb", "confi", "diff")), 2: frozenset(("table",))}


def told(say: Say, people: dict[str, Person], line: str) -> dict[int, str | None] | None:
    """What a line says over again of those before."""
    message = say(line)
    ctx = analyse.whole([message], people).ctx
    todo = TodoFinding(message.ts, None, 0, "UANA", line, "", None, "H-42", Confidence.B)
    found = recap.read(recap.parts(todo, ctx.notes[0]), ctx.notes[0], BEFORE, ctx)
    return dict(found.of) if found else None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("still to come out of this: slow alert (Bo), config diff in the playbook (Cy), the table", {0: "UBO", 1: "UCY", 2: None}),
        ("for the record: slow alert bo, config diff cy, a new printer", {0: "UBO", 1: "UCY"}),
        ("list: slow alert; the table; tea for all", {0: None, 2: None}),
    ],
)  # fmt: skip
def test_a_line_that_lists_what_was_said_before(
    say: Say, people: dict[str, Person], line: str, expected: dict[int, str | None]
) -> None:
    assert told(say, people, line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "two more: slow alert, a printer",
        "new ones: a printer, tea for all, the slow alert, chairs",
        "the slow ones: I plan the alert one by one, starting with the table, until june",
        "slow alert, config diff in the playbook, the table",
    ],
)
def test_other_lines_are_none(say: Say, people: dict[str, Person], line: str) -> None:
    assert told(say, people, line) is None


def test_a_recap_is_no_follow_up_and_tells_whose_they_are(harvest: Harvest) -> None:
    found = harvest(
        "checkout is down",
        "we should alert on the lag of the importer",
        ("we should also write a runbook for the failover", "UBO"),
        ("and someone should add a test for the backup", "UCY"),
        "what we should do after this: lag alert for the importer (Bo), failover runbook (Cy), backup test (Dee)",
    ).todos
    assert [(each.assignee, each.text.split()[-1]) for each in found] == [
        ("UBO", "importer"),
        ("UCY", "failover"),
        ("UDEE", "backup"),
    ]


def test_what_is_new_in_a_recap_stands(harvest: Harvest) -> None:
    found = harvest(
        "checkout is down",
        "we should alert on the lag of the importer",
        ("we should also write a runbook for the failover", "UBO"),
        "what we should do after this: lag alert for the importer (Bo), failover runbook (Cy), chairs for the hall (Dee)",
    ).todos
    assert [(each.assignee, each.text) for each in found][2:] == [("UDEE", "chairs for the hall (Dee)")]


def test_an_entry_below_a_heading_that_is_of_another_thing_stands(harvest: Harvest) -> None:
    found = harvest(
        "checkout is down",
        "<@UBO> should add an alert on restarts of the scheduler",
        "Follow-ups:\n1. Alert on restarts of the importer (Bo)\n2. Chairs for the hall (Cy)",
    ).todos
    assert [each.assignee for each in found] == ["UBO", "UBO", "UCY"]
