"""What says a follow-up over again without a sign of its own is folded into it, in a conversation long enough to tell what is usual."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest import analyse
from bot.domain.harvest.fate import Outcome
from bot.domain.harvest.finding import Findings, TodoFinding
from bot.domain.harvest.message import Message
from bot.domain.harvest.person import Person

Harvest = Callable[..., Findings]
Said = tuple[str, str]
NIGHT: list[Said] = [
    ("checkout answers 500 for a third of the orders", "UANA"),
    ("looking", "UBO"),
    ("error rate went up at 13:58", "UCY"),
    ("deploy of 13:55 is the only change", "UANA"),
    ("graph of the payment api is flat", "UBO"),
    ("I see timeouts to the pricing service", "UCY"),
    ("pricing has two pods of six", "UBO"),
    ("four are in crash loop since 13:56", "UBO"),
    ("memory?", "UANA"),
    ("killed at 512 MB, yes", "UBO"),
    ("the new image keeps the whole catalogue in memory", "UCY"),
    ("rolling back pricing to the image of tuesday", "UBO"),
    ("support has 40 calls", "UDEE"),
    ("tell them ten minutes", "UANA"),
    ("six of six pods are up", "UBO"),
    ("errors go down", "UCY"),
    ("back to normal at 14:31", "UANA"),
    ("support confirms", "UDEE"),
    ("carts were kept, nothing lost", "UCY"),
    ("closing, thanks all", "UANA"),
    ("coffee", "UBO"),
    ("I have the numbers now: 212 failed orders", "UDEE"),
    ("ok", "UANA"),
    ("half of these came back by themselves", "UDEE"),
]
WISH: Said = ("we should add an alert on pods of pricing that are in a crash loop", "UANA")
OTHER: Said = ("someone needs to write down how to roll back pricing in the runbook", "UCY")


RULE: Said = ("will put a rule for crash looping pods into terraform next week", "UBO")
HOW: Said = ("could be a rule in prometheus with two minutes of crash loop", "UBO")


def found(harvest: Harvest, *said: Said) -> list[tuple[str, str | None, str]]:
    return [(each.text, each.assignee, each.due) for each in harvest(*NIGHT, *said).todos]


def test_who_takes_it_on_in_other_words_makes_no_second_one(harvest: Harvest) -> None:
    assert found(harvest, WISH, RULE) == [(WISH[0], "UBO", "next week")]


def test_how_it_is_to_be_done_makes_no_second_one(harvest: Harvest) -> None:
    assert found(harvest, WISH, HOW) == [(WISH[0], None, "")]


def test_another_piece_of_work_is_one_of_its_own(harvest: Harvest) -> None:
    test = ("we should also have a load test for pricing with the whole catalogue", "UDEE")
    assert [text for text, _, _ in found(harvest, WISH, OTHER, test)] == [WISH[0], OTHER[0], test[0]]


@pytest.mark.parametrize("mark", ["TODO: ", "Action item: "])
def test_what_people_mark_stands_though_it_was_said_before(harvest: Harvest, mark: str) -> None:
    texts = [text for text, _, _ in found(harvest, WISH, (mark + RULE[0], "UBO"))]
    assert texts[0] == WISH[0]
    assert len(texts) == 2


def test_in_a_handful_of_messages_nothing_tells_what_is_usual(harvest: Harvest) -> None:
    few = [(each.text, each.assignee) for each in harvest(*NIGHT[:18], WISH, RULE).todos]
    assert (RULE[0], "UBO") in few


def test_a_single_one_is_compared_with_nothing(harvest: Harvest) -> None:
    assert found(harvest, WISH) == [(WISH[0], None, "")]


def test_it_says_which_one_it_is(people: dict[str, Person], say: Callable[..., Message]) -> None:
    messages = [say(*each, minute) for minute, each in enumerate([*NIGHT, WISH, RULE])]
    fates = analyse.whole(messages, people).fates
    (gone,) = [each for each in fates if each.outcome is Outcome.said_again]
    assert isinstance(gone.finding, TodoFinding)
    assert (gone.finding.ts, gone.by) == (messages[-1].ts, messages[-2].ts)
