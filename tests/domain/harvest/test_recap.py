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


def test_an_entry_for_the_same_person_in_other_words_is_the_same(harvest: Harvest) -> None:
    found = harvest(
        "checkout is down",
        "There should be an alert if a cluster runs async for an hour. We would have had six weeks' notice. <@UBO> can you do that?",
        ("yes", "UBO"),
        ("we should also write a runbook for the failover", "UCY"),
        "Follow-ups:\n1. Alert for asynchronous replication (Bo)\n2. Chairs for the hall (Cy)",
    ).todos
    assert [each.confidence.name for each in found if each.assignee == "UBO"] == ["A"]
    assert any("Chairs" in each.text for each in found)
