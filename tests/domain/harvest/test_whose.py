"""Whose a follow-up is and until when, where a line says it beside the words, gives work to several, or it is offered to somebody."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest.finding import Findings

Harvest = Callable[..., Findings]
WISH = "TODO: alert on the age of the backup"


@pytest.mark.parametrize(
    ("line", "who", "due"),
    [
        ("TODO: rotate the key — Assignee: Bo — Due: Friday", "UBO", "Due: Friday"),
        ("TODO: rotate the key - owner: bo - due: June 15", "UBO", "due: June 15"),
        ("TODO: rotate the key (owner: bo, due 6/15)", "UBO", "due 6/15"),
        ("Action: rotate the key | Owner: Bo | Due date: 2026-02-01", "UBO", "Due date: 2026-02-01"),
        ("TODO: rotate the key. Owner: Zoe. Due: next week", "Zoe", "Due: next week"),
        ("TODO: rotate the key [owner: bo] [due: 15 June]", "UBO", "due: 15 June"),
        ("TODO: rotate the key, eta: friday", None, "eta: friday"),
        ("TODO: rotate the key -&gt; bo, due friday", "UBO", "due friday"),
        ("TODO: rotate the key [bo]", "UBO", ""),
        ("[bo] TODO: rotate the key", "UBO", ""),
        ("[bo] rotate the key #todo", "UBO", ""),
        ("we should add an alert for this (owner: bo, due 6/15)", "UBO", "due 6/15"),
        ("can you file a ticket for that tomorrow <@UBO>", "UBO", "tomorrow"),
        ("someone from payments should write a runbook for this", None, ""),
    ],
)
def test_what_stands_beside_the_words(harvest: Harvest, line: str, who: str | None, due: str) -> None:
    assert [(each.assignee, each.due) for each in harvest(line).todos] == [(who, due)]


@pytest.mark.parametrize(
    ("mark", "who", "due"),
    [
        ("todo for next week:", None, "next week"),
        ("todo for tomorrow:", None, "tomorrow"),
        ("TODO (tomorrow):", None, "tomorrow"),
        ("TODO for Monday morning:", None, "Monday morning"),
        ("TODO (Q3):", None, "Q3"),
        ("action item for the weekend:", None, "the weekend"),
        ("todo for january:", None, "january"),
        ("todo for the next release:", None, "the next release"),
        ("todo for after the freeze:", None, "after the freeze"),
        ("todo for the migration:", None, ""),
        ("TODO [asap]:", None, "asap"),
        ("todo for bo next week:", "UBO", "next week"),
        ("TODO (bo, Q3):", "UBO", "Q3"),
        ("TODO (bo, friday):", "UBO", "friday"),
        ("TODO for zoe by friday:", "zoe", "by friday"),
        ("TODO (may):", "may", ""),
        ("TODO (jan):", "jan", ""),
        ("todo for the platform team:", "the platform team", ""),
    ],
)
def test_a_time_at_the_mark_is_nobody(harvest: Harvest, mark: str, who: str | None, due: str) -> None:
    found = harvest(f"{mark} rotate the key").todos
    assert [(each.text, each.assignee, each.due) for each in found] == [("rotate the key", who, due)]


@pytest.mark.parametrize(
    "owner", ["(owner tbd)", "(owner: TBD)", "- owner: nobody", "(tbd)", "(unassigned)", ", no owner yet", "owner: ?"]
)
def test_one_that_has_no_owner_yet_is_nobodys_and_not_its_authors(harvest: Harvest, owner: str) -> None:
    assert [each.assignee for each in harvest(f"TODO: I'd like the key rotated {owner}").todos] == [None]
    assert [each.assignee for each in harvest(f"I'll add an alert for this next week {owner}").todos] == [None]
    assert harvest(f"TODO: rotate the key {owner}", ("I can take that one", "UBO")).todos[0].assignee == "UBO"


def test_an_owner_of_the_work_is_no_missing_one(harvest: Harvest) -> None:
    assert harvest("TODO: I'll ask the owner of the queue").todos[0].assignee == "UANA"
    assert harvest("that needs an owner, I'll file a ticket on Thursday").todos[0].assignee == "UANA"
    assert harvest("TODO: I'll see whether we can filter by owner?").todos[0].assignee == "UANA"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("TODO: bo to fix a, cy to fix b", [("bo to fix a", "UBO"), ("cy to fix b", "UCY")]),
        ("TODO: bo to fix a by friday and cy to fix b", [("bo to fix a by friday", "UBO"), ("cy to fix b", "UCY")]),
        ("Action items: <@UBO> to fix a; Cy will fix b", [("@bo to fix a", "UBO"), ("Cy will fix b", "UCY")]),
        (
            "bo to write the runbook, cy to add an alert",
            [("bo to write the runbook", "UBO"), ("cy to add an alert", "UCY")],
        ),
        (
            "cy rotate the signing key, bo could you write the doc",
            [("cy rotate the signing key", "UCY"), ("bo could you write the doc", "UBO")],
        ),
        (
            "bo can you rotate the key? cy please write a runbook for it",
            [("bo can you rotate the key", "UBO"), ("cy please write a runbook for it", "UCY")],
        ),
        (
            "<@UBO> rotate the key and <@UCY> please write the runbook",
            [("@bo rotate the key", "UBO"), ("@cy please write the runbook", "UCY")],
        ),
        (
            "TODO: bo rotate the key, cy could you write it",
            [("bo rotate the key", "UBO"), ("cy could you write it", "UCY")],
        ),
        (
            "TODO: bo to fix a, and cy, please ask the bank",
            [("bo to fix a", "UBO"), ("cy, please ask the bank", "UCY")],
        ),
        ("todos: bo writes doc, cy adds alert", [("bo writes doc", "UBO"), ("cy adds alert", "UCY")]),
        (
            "TODO: bo fixes the pool. Cy also tells support and ana checks the page",
            [("bo fixes the pool", "UBO"), ("Cy also tells support", "UCY"), ("ana checks the page", "UANA")],
        ),
        ("TODOs: docs (bo), alert (<@UCY>)", [("docs (bo)", "UBO"), ("alert (@cy)", "UCY")]),
        ("TODO: docs -&gt; bo, alert -&gt; me", [("docs -> bo", "UBO"), ("alert -> me", "UANA")]),
        ("action items: bo: docs, cy: alert", [("bo: docs", "UBO"), ("cy: alert", "UCY")]),
        ("TODO: bo checks whether cy writes to the table", [("bo checks whether cy writes to the table", "UBO")]),
        ("TODO: bo writes doc, adds alert", [("bo writes doc, adds alert", "UBO")]),
        ("TODO: docs (bo), alert", [("docs (bo), alert", "UBO")]),
        ("TODO: bo to fix a, then talk to cy", [("bo to fix a, then talk to cy", "UBO")]),
        ("TODO: bo to fix a, zoe to fix b", [("bo to fix a, zoe to fix b", "UBO")]),
        ("TODO: bo to show cy how to fix it", [("bo to show cy how to fix it", "UBO")]),
    ],
)
def test_work_that_a_line_gives_to_several(harvest: Harvest, line: str, found: list[tuple[str, str]]) -> None:
    of = harvest(line).todos
    assert [(each.text, each.assignee) for each in of] == found
    assert len({(each.ts, each.line) for each in of}) == len(found)


def test_each_of_them_has_its_own_day(harvest: Harvest) -> None:
    of = harvest("TODO: bo to fix a by friday, cy to fix b").todos
    assert [each.due for each in of] == ["by friday", ""]


@pytest.mark.parametrize(
    ("talk", "who"),
    [
        ([("you want to take that, bo?", "UCY"), ("yep", "UBO")], "UBO"),
        ([("<@UBO> want to take that?", "UCY"), ("sure", "UBO")], "UBO"),
        ([("bo, do you want that one?", "UCY"), ("ok", "UBO")], "UBO"),
        ([("could you do that bo?", "UCY"), ("will do", "UBO")], "UBO"),
        ([("can bo take it?", "UCY"), ("yes", "UBO")], "UBO"),
        ([("who takes it?", "UCY"), ("me", "UBO")], "UBO"),
        ([("any takers?", "UCY"), ("I'll take it", "UBO")], "UBO"),
        ([("anyone want that one?", "UCY"), ("I can grab that", "UBO")], "UBO"),
        ([("I can take that one", "UBO")], "UBO"),
        ([("happy to take that one", "UBO")], "UBO"),
        ([("sign me up", "UBO")], "UBO"),
        ([("you want to take that, bo?", "UCY"), ("no time, sorry", "UBO")], None),
        ([("you want to take that, bo?", "UCY"), ("yep", "UDEE")], None),
        ([("who takes it?", "UCY"), ("good question", "UBO")], None),
        ([("how old is it?", "UCY"), ("yes", "UBO")], None),
        ([("happy to take a break", "UBO")], None),
    ],
)
def test_who_says_yes_when_it_is_offered(harvest: Harvest, talk: list[tuple[str, str]], who: str | None) -> None:
    wished = ("we should add an alert for this", WISH)
    assert [harvest(each, *talk).todos[0].assignee for each in wished] == [who, who]
