"""Marks that something stands in front of, and marks of other keyboards and habits."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest import marked
from bot.domain.harvest.finding import Confidence, Findings
from bot.domain.harvest.spots import Said

Harvest = Callable[..., Findings]


def found(of: Findings) -> list[tuple[str, str | None]]:
    return [(each.text, each.assignee) for each in of.todos if each.rule == "H-01" and each.confidence is Confidence.A]


@pytest.mark.parametrize(
    ("line", "text", "who"),
    [
        ("TO-DO <@UBO> upgrade the kernel", "@bo upgrade the kernel", "UBO"),
        ("TO-DO upgrade the kernel", "upgrade the kernel", None),
        ("so TODO: add an alert", "add an alert", None),
        ("ok so TODO: add an alert", "add an alert", None),
        ("P1 TODO: add an alert", "add an alert", None),
        ("[P2] TODO (bo): add an alert", "add an alert", "UBO"),
        ("let's note that as a todo: add an alert", "add an alert", None),
        ("JIRA TODO: add an alert", "add an alert", None),
        ("also a TODO for later: add an alert", "add an alert", None),
        ("adding a todo: add an alert", "add an alert", None),
        ("let's note as TODO: add an alert", "add an alert", None),
        ("<@UBO> todo please check the alert", "please check the alert", "UBO"),
        ("TODO? maybe drop the shard", "maybe drop the shard", None),
        ("TODO‼️ add an alert", "add an alert", None),
        ("TODO！add an alert", "add an alert", None),
        ("TODO：add an alert", "add an alert", None),
        ("Owner: bo / TODO: add an alert", "add an alert", "UBO"),
        ("Owner: kim / TODO: add an alert", "add an alert", "kim"),
        ("Follow-up item: review the paging policy", "review the paging policy", None),
        ("[AI] add an alert", "add an alert", None),
        ("Next steps: move the job", "move the job", None),
        ("F/U with network team about the flap", "with network team about the flap", None),
        ("postmortem item: add an alert", "add an alert", None),
        ("□ add an alert", "add an alert", None),
    ],
)
def test_a_mark_is_found_with_whom_it_is_for(harvest: Harvest, line: str, text: str, who: str | None) -> None:
    of = harvest(line)
    assert found(of) == [(text, who)]
    assert of.timeline == ()
    assert marked.places(Said(["hello", line])) == [1]


def test_next_steps_in_one_line_are_several(harvest: Harvest) -> None:
    assert found(harvest("Next steps: move the job; rotate the key")) == [
        ("move the job", None),
        ("rotate the key", None),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "my todo list",
        "adding a todo list app",
        "so TODO is long",
        "so no TODOs",
        "P1 TODO list",
        "TO-DO list",
        "TO-DO is long",
        "also a TODO for later",
        "that follow-up: the customer is happy",
        "just a follow-up: the customer is happy",
        "another todo: done",
        "that todo: bo did it",
        "and this todo: is it open?",
        "TODO? no",
        "TODO?",
        "[AI] generated summary",
        "[AI] Summary of the thread: all fine",
        "Next steps: see the doc",
        "Next steps: none",
        "F/U with bo was fine",
        "F/U with bo about the flap went well",
        "postmortem item: done",
        "□□□",
    ],
)
def test_what_only_looks_like_it_is_none(harvest: Harvest, line: str) -> None:
    assert found(harvest(line)) == []
