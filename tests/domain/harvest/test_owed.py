"""H-44: what somebody outside is owed in writing, and until when."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest.finding import Confidence, Findings

Harvest = Callable[..., Findings]


@pytest.mark.parametrize(
    ("line", "due"),
    [
        ("call with the bank is over. they want the RCA in writing within 5 working days", "within 5 working days"),
        ("the regulator asks for a formal report in 10 days", "in 10 days"),
        ("they've also asked for a written RCA in 5 business days, it's in their contract", "in 5 business days"),
        ("I promised Zoe the written report by Monday", "by Monday"),
        ("The detailed report is due within five working days.", "within five working days"),
    ],
)
def test_it_is_a_follow_up_with_its_day(harvest: Harvest, line: str, due: str) -> None:
    (todo,) = harvest("the importer is down", (line, "UBO"), "all quiet").todos
    assert (todo.rule, todo.confidence, todo.due) == ("H-44", Confidence.B, due)
    assert todo.text in line


@pytest.mark.parametrize(
    "line",
    [
        "two customers called, one wants a report in writing",  # until when nobody says
        "they wanted the report by Monday, it was sent at noon",
        "do they want a written statement by Friday?",
        "the error report of the importer expects a date in 10 columns",
    ],
)
def test_what_has_no_day_or_is_out_or_asked_is_not(harvest: Harvest, line: str) -> None:
    assert not any(each.rule == "H-44" for each in harvest("the importer is down", (line, "UBO"), "all quiet").todos)


RCA = "the bank wants a written RCA in 5 business days"


@pytest.mark.parametrize(
    ("who", "lines"),
    [
        ("UCY", [RCA, ("I'll write it", "UCY")]),
        ("UBO", [RCA, ("you or me?", "UANA"), ("I'll write, you review", "UBO")]),
        ("UCY", ["the bank wants a written RCA by Friday. Cy?", ("yes", "UCY")]),
        ("UCY", ["closing note sent. they ask for a report by 23 December. Cy?", ("yes", "UCY")]),
        ("UCY", ["the detailed report is due within five working days, I expect it from you, Ms Cy."]),
        ("UBO", ["the bank wants an RCA by Friday. I write it, need facts from you"]),
    ],
)
def test_whose_it_is(harvest: Harvest, who: str, lines: list[str | tuple[str, str]]) -> None:
    first, *answers = lines
    (todo, *_) = harvest("down", (first, "UBO"), *answers, "all quiet").todos
    assert (todo.rule, todo.assignee) == ("H-44", who)
