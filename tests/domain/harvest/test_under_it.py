"""Answers that mean a proposal by where they stand, and are none by themselves."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest import analyse, own_work, under_it
from bot.domain.harvest.fate import Outcome
from bot.domain.harvest.finding import Findings, TodoFinding
from bot.domain.harvest.message import Message
from bot.domain.harvest.person import Person

Harvest = Callable[..., Findings]
Say = Callable[..., Message]
WISH = "TODO we should alert on the lag of the importer before the next sale"
"""It is marked, so that it stands whatever the weights say."""


def placed(say: Say, people: dict[str, Person], answer: str, *between: str, thread: bool = False) -> bool:
    """Whether an answer behind a proposal, in the channel or in its thread, means that."""
    root = say(WISH)
    room = root.ts if thread else None
    more = [say(each, "UDEE", place, thread_ts=room) for place, each in enumerate(between, 1)]
    last = say(answer, "UBO", len(between) + 1, thread_ts=room)
    whole = analyse.whole([root, *more, last], people)
    todo = next(each for each in whole.findings.todos if each.ts == root.ts)
    notes = {each.message.ts: each for each in whole.ctx.notes}
    return under_it.place(notes[last.ts], [todo], notes, whole.ctx) == 0


@pytest.mark.parametrize(
    "answer",
    [
        "sure. next sprint",
        "fair, after the freeze",
        "I'll do it, I owe it",
        "deal, sometime this week",
        "with a cap per day",
        "node-problem-detector can do that, I'll finish it",
    ],
)
def test_in_the_thread_of_a_proposal_it_is_meant(say: Say, people: dict[str, Person], answer: str) -> None:
    assert placed(say, people, answer, thread=True)


@pytest.mark.parametrize(
    ("answer", "between"),
    [
        ("agreed, I'll file it tonight", ()),
        ("I'll build it after the migration", ("ooh. cheap too",)),
        ("Seconded.", ()),
        ("alert on the lag then", ()),
        ("I shall prepare it with Dr Ahern, if she has the time", ()),
        ("true. I will make it a scheduled job with a pager", ("you have half of that already",)),
        ("adding it to our next release, which goes out in mid July", ()),
        ("+1 from me, write it into the backlog and we'll see in spring, after the redesign", ()),
    ],
)
def test_right_behind_a_proposal_it_is_meant(
    say: Say, people: dict[str, Person], answer: str, between: tuple[str, ...]
) -> None:
    assert placed(say, people, answer, *between)


@pytest.mark.parametrize(
    ("answer", "between"),
    [
        ("for the suppliers of the warehouse I'll send it", ()),
        ("I'll file it", ("one", "two")),
        ("the runbook of the warehouse should say so", ()),
        ("why did nobody see it?", ()),
        ("I'll write the post-mortem", ()),
        ("the drill of the warehouse in june with the new people of the night shift, then I take that", ()),
    ],
)
def test_what_names_something_else_or_stands_far_is_not(
    say: Say, people: dict[str, Person], answer: str, between: tuple[str, ...]
) -> None:
    assert not placed(say, people, answer, *between)


def test_such_an_answer_gives_the_proposal_to_who_says_it(say: Say, people: dict[str, Person]) -> None:
    root = say("we should really have an alert on the lag of the importer, nobody noticed for an hour", minute=1)
    answer = say("that's on us. I'll plan it for the end of november", "UBO", 2, thread_ts=root.ts)
    whole = analyse.whole([say("checkout is down"), root, answer], people)
    assert [(each.ts, each.assignee) for each in whole.findings.todos] == [(root.ts, "UBO")]
    fates = [each for each in whole.fates if isinstance(each.finding, TodoFinding) and each.finding.ts == answer.ts]
    assert {each.outcome for each in fates} <= {Outcome.taken_on, Outcome.too_light}


def test_words_of_place_are_no_things() -> None:
    assert own_work.things("the drill under load") == {"drill", "load"}
