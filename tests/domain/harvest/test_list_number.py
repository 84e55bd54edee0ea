"""Entries of a numbered list that people take by their numbers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest import analyse, list_number
from bot.domain.harvest.finding import Findings
from bot.domain.harvest.message import Message
from bot.domain.harvest.person import Person

Harvest = Callable[..., Findings]
Say = Callable[..., Message]
LIST = "Follow-ups:\n1. alert on the lag (Ana)\n2. replace node 3\n3. uuids for the holds, owner to be found\n4. drill under load"


@pytest.mark.parametrize(
    ("lines", "whose"),
    [
        ([("I take 4", "UBO"), ("3 is me, don't know when", "UCY")], ["UANA", None, "UCY", "UBO"]),
        ([("2 and 4 are mine", "UBO")], ["UANA", "UBO", None, "UBO"]),
        ([("I'll do #2. and the template should say so", "UBO")], ["UANA", "UBO", None, None]),
        ([("2: dee", "UBO"), ("3 -> cy", "UBO")], ["UANA", "UDEE", "UCY", None]),
        ([("1 is me", "UBO")], ["UANA", None, None, None]),
        ([("9 is me", "UBO")], ["UANA", None, None, None]),
        ([("back at 4: bridge", "UBO")], ["UANA", None, None, None]),
    ],
)
def test_who_takes_an_entry_by_its_number_has_it(
    harvest: Harvest, lines: list[tuple[str, str]], whose: list[str | None]
) -> None:
    found = [each for each in harvest("checkout is down", LIST, *lines).todos if each.rule == "H-01"]
    assert [each.assignee for each in found] == whose


def test_where_no_list_stands_a_number_is_none(harvest: Harvest) -> None:
    found = harvest("checkout is down", "TODO alert on the lag", ("4 is me", "UBO")).todos
    assert [each.assignee for each in found if each.rule == "H-01"] == [None]


@pytest.mark.parametrize(
    "answer", ["2 before the next window, promised", "number 2 is started, it goes into review on Monday"]
)
def test_who_speaks_of_an_entry_by_its_number_means_that(say: Say, people: dict[str, Person], answer: str) -> None:
    assert placed(say, people, LIST, answer) == 1


@pytest.mark.parametrize("answer", ["9 before the next window", "2 minutes until it is back", "we did 2 before that"])
def test_other_numbers_mean_no_entry(say: Say, people: dict[str, Person], answer: str) -> None:
    assert placed(say, people, LIST, answer) is None


def test_without_a_list_no_entry_is_meant(say: Say, people: dict[str, Person]) -> None:
    assert placed(say, people, "TODO alert on the lag", "1 before the next window, promised") is None


def placed(say: Say, people: dict[str, Person], listed: str, answer: str) -> int | None:
    """The place of the entry that an answer means."""
    whole = analyse.whole([say(listed), say(answer, "UBO", 1)], people)
    before = [each for each in whole.findings.todos if each.rule == "H-01"]
    return list_number.place(whole.ctx.notes[-1], before, whole.ctx)
