"""A list that nobody marked: its entries are follow-ups, the line above them is none."""

from __future__ import annotations

import pytest

from tests.domain.harvest.test_taking_part import WORK, Harvest

_OPEN = """open points before we close the bridge:
1. report to ministry, 72h - bo
2. look for same shared queue on gw-term-03/04 - bo, monday
3. campaign tool needs blackout windows around draws, I talk to marketing"""


def test_each_entry_of_a_list_is_one_with_whom_it_is_for(harvest: Harvest) -> None:
    found = harvest(*WORK, _OPEN).todos
    assert [each.text.split()[0] for each in found] == ["report", "look", "campaign"]
    assert [each.assignee for each in found] == ["UBO", "UBO", "UANA"]


def test_the_line_above_the_entries_is_none(harvest: Harvest) -> None:
    above = "this is what we should do so that it never happens again, shout if not:"
    said = f"{above}\n- we need an alert on the lag of the pool\n- someone should write a runbook for the failover"
    assert [each.text for each in harvest(*WORK, said).todos] == [each[2:] for each in said.split("\n")[1:]]
    assert [each.text for each in harvest(*WORK, above).todos] == [above]


@pytest.mark.parametrize(
    "said",
    [
        "what we do now:\n1. restart db-3\n2. watch the pool",
        "what happened:\n1. deploy at 13:50\n2. the pool ran full\n3. we should have seen that",
        "1. is it the pool?\n2. or the deploy?",
    ],
)
def test_other_lists_are_none(harvest: Harvest, said: str) -> None:
    assert not harvest(*WORK, said).todos
