"""Follow-ups as rows of a table, and as lines that begin with whose they are."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest.finding import Findings

Harvest = Callable[..., Findings]
BOTH = [("rotate the keys", "UBO", "Tue"), ("add a lag alert", "UCY", "next week")]


def _all(found: Findings) -> list[tuple[str, str | None, str]]:
    return [(each.text, each.assignee, each.due) for each in found.todos]


@pytest.mark.parametrize(
    "said",
    [
        "*Action items*\nwhat | who | when\nrotate the keys | Bo | Tue\nadd a lag alert | Cy | next week",
        "| Task | Owner | Due |\n|---|---|---|\n| rotate the keys | <@UBO> | Tue |\n| add a lag alert | <@UCY> | next week |",
        "TODO:\nwhat / who / by\nrotate the keys / Bo / Tue\nadd a lag alert / Cy / next week",
        "```\nno  measure           owner   due\n1   rotate the keys   Bo      Tue\n2   add a lag alert   Cy      next week\n```",
        "Owner\tAction\tDeadline\nBo\trotate the keys\tTue\nCy\tadd a lag alert\tnext week",
        "```\ntask              owner   due\nrotate the keys   Bo      Tue\nadd a lag alert   Cy      next week\n```",
        "Action items\nrotate the keys | Bo | Tue\nadd a lag alert | Cy | next week",
    ],
)
def test_each_row_is_one_with_its_owner_and_its_day(harvest: Harvest, said: str) -> None:
    assert _all(harvest(said)) == BOTH


def test_a_row_that_is_done_is_none_and_one_of_nobody_is_nobodys(harvest: Harvest) -> None:
    said = "task | owner | due | status\nrotate the keys | tbd | - | open\nadd a lag alert | Cy | Fri | done"
    assert _all(harvest(said)) == [("rotate the keys", None, "")]


@pytest.mark.parametrize(
    "said", ["what | who | when\nold banner | Cy | done", "Follow-ups:\nold banner | Cy | done\nrunbook | Bo | ✅"]
)
def test_a_row_is_done_by_whatever_column_says_so(harvest: Harvest, said: str) -> None:
    assert harvest("checkout is down", said).todos == ()


def test_other_tables_hold_none(harvest: Harvest) -> None:
    assert not harvest("checkout is down", "host | owner | state\ndb-1 | Bo | down\ndb-2 | Cy | up").todos
    assert not harvest("```\nUSER   PID   COMMAND\nbo     12    vim\n```").todos


@pytest.mark.parametrize("head", ["Action items", "next steps", "*Next steps*"])
def test_lines_under_a_heading_that_begin_with_whose_they_are(harvest: Harvest, head: str) -> None:
    said = f"{head}\nBo: rotate the leaked key\nCy - add the lag alert - 12 March\nunassigned: replace the old switch"
    assert [(who, due) for _, who, due in _all(harvest(said))] == [("UBO", ""), ("UCY", "12 March"), (None, "")]


def test_a_list_with_its_owners_behind(harvest: Harvest) -> None:
    said = "Actions from the short review of 08:30:\n1. rotate the keys. Owner B. Berg, Q3.\n2. Legal: claim against the road contractor."
    assert [(who, due) for _, who, due in _all(harvest(said))] == [("UBO", "Q3"), (None, "")]


def test_lines_that_belong_to_nobody_are_no_list_for_a_word_above(harvest: Harvest) -> None:
    assert not harvest("next steps\nwe are waiting for the vendor\nthe graph is flat").todos


def test_a_cell_that_says_until_when_is_taken_as_it_is_written(harvest: Harvest) -> None:
    said = "what | who | when\nrotate the keys | Bo | Fri 9 Jan\nadd a lag alert | Cy | mid February\ndrill | Bo | after the freeze"
    assert [due for _, _, due in _all(harvest(said))] == ["Fri 9 Jan", "mid February", "after the freeze"]
