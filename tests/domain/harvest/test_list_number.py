"""Entries of a numbered list that people take by their numbers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest.finding import Findings

Harvest = Callable[..., Findings]
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
