"""A proposal that its author takes back, or that is turned down in the next words, is no follow-up; a marked one is no sure one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest.finding import Confidence, Findings
from bot.domain.harvest.message import Message

Harvest = Callable[..., Findings]
Say = Callable[..., Message]
WISH = "we should add an alert for this"
MARKED = "TODO: add an alert for this"
BY_ANYBODY = [
    "already covered by OPS-12",
    "that's already covered by the new probe",
    "we have a ticket for that",
    "there's already a ticket for it",
    "it's tracked in OPS-12",
    "duplicate of OPS-12",
    "that exists already",
    "never mind, it exists",
    "we've got that",
    "already on the roadmap",
    "nah, not worth it",
    "I don't think that's worth it",
    "nah. colour did not help us in 2009. skip it",
    "that's out of scope",
    "overkill",
    "No, too expensive",
    "we decided against it last year",
    "We decided against that in 2024, and I still think so",
    "let's not",
    "we don't want that",
    "won't do",
    "nah leave it, my filter eats them",
]
BY_ITS_AUTHOR = [
    "could we withdraw mine?",
    "can we drop mine",
    "I withdraw that",
    "scratch that",
    "right nvm",
    "Understood, withdrawn",
    "Good, drop mine",
    "ah. strike that",
    "nah, plug is faster. forget it",
]
OTHER = [
    "good idea",
    "the log is out of scope of the query, but ok",
    "that's not worth a page",
    "there's an old ticket for that",
    "there's an open issue for it since January",
    "i have a ticket for that cert. since october",
    "should we ask people to upgrade? no. never mind",
    "is that overkill?",
    "i withdraw my philosophical objection btw",
    "let's not tell the world where the key is",
    "which one.. never mind, I know which",
    "then i drop it, nobody does that any more",
    "nah 10m would wake you each midnight",
]


def kept(of: Findings) -> list[Confidence]:
    return [each.confidence for each in of.todos if each.text in WISH]


@pytest.mark.parametrize("answer", [*BY_ANYBODY, *BY_ITS_AUTHOR])
def test_what_its_author_refuses_in_the_next_words_is_none(harvest: Harvest, answer: str) -> None:
    assert kept(harvest(WISH, "and lag too", answer)) == []
    assert kept(harvest(MARKED, "and lag too", answer)) == [Confidence.C]


@pytest.mark.parametrize("answer", BY_ANYBODY)
def test_what_somebody_else_turns_down_in_the_next_words_is_none(harvest: Harvest, answer: str) -> None:
    assert harvest(WISH, (answer, "UBO")).todos == ()
    assert kept(harvest(MARKED, (answer, "UBO"))) == [Confidence.C]


@pytest.mark.parametrize("answer", BY_ANYBODY)
def test_what_is_turned_down_as_the_first_thing_in_its_thread_is_none(
    harvest: Harvest, say: Say, stamp: Callable[[float], str], answer: str
) -> None:
    parent, reply = say(WISH, reply_count=1), say(answer, "UBO", 300, thread_ts=stamp(0))
    assert kept(harvest(parent, ("other things", "UCY"), reply)) == []


@pytest.mark.parametrize("answer", BY_ITS_AUTHOR)
def test_a_marked_one_that_its_author_takes_back_in_its_thread_is_none(
    harvest: Harvest, say: Say, stamp: Callable[[float], str], answer: str
) -> None:
    assert kept(harvest(say(MARKED, reply_count=1), say(answer, "UANA", 60, thread_ts=stamp(0)))) == []


@pytest.mark.parametrize("answer", OTHER)
def test_other_answers_leave_it(harvest: Harvest, answer: str) -> None:
    assert len(kept(harvest(WISH, (answer, "UBO")))) == 1
    assert kept(harvest(MARKED, (answer, "UBO"))) == [Confidence.A]


def test_what_only_turns_it_down_is_no_follow_up_itself(
    harvest: Harvest, say: Say, stamp: Callable[[float], str]
) -> None:
    reply = say("we have a ticket for that", "UBO", 1, thread_ts=stamp(0))
    assert harvest(reply).todos != ()
    assert harvest(say(WISH, reply_count=1), reply).todos == ()


@pytest.mark.parametrize("answer", ["could we withdraw mine?", "scratch that", "Understood, withdrawn"])
def test_only_its_author_takes_it_back(harvest: Harvest, answer: str) -> None:
    assert len(kept(harvest(WISH, (answer, "UBO")))) == 1


@pytest.mark.parametrize("answer", ["overkill", "we have a ticket for that", "not worth it"])
def test_what_is_said_to_another_turns_nothing_down(harvest: Harvest, answer: str) -> None:
    assert len(kept(harvest(WISH, ("can somebody look at lag?", "UCY"), (answer, "UBO")))) == 1


def test_mine_is_the_last_one_of_its_author_however_far_above(harvest: Harvest) -> None:
    talk = [(f"row {place}", "UBO") for place in range(20)]
    found = harvest("TODO: write the runbook", MARKED, *talk, "could we withdraw mine?")
    assert [each.confidence for each in found.todos] == [Confidence.A, Confidence.C]


def test_of_several_in_one_message_nobody_knows_which(harvest: Harvest) -> None:
    found = harvest("TODO: add an alert\nTODO: tell support", ("not worth it", "UBO"))
    assert [each.confidence for each in found.todos] == [Confidence.A, Confidence.A]


def test_who_turns_down_their_own_words_means_the_last_of_them(harvest: Harvest) -> None:
    marked, wish, other = (
        "TODO: write the runbook for half-built indexes",
        "we should add a check for invalid indexes to the migration job",
        "we should add an alert for the age of the boarding lists, too",
    )
    found = harvest("hello", marked, wish, other, "nah, not worth it").todos
    assert [(each.text, each.confidence) for each in found if each.text == marked.removeprefix("TODO: ")] == [
        (marked.removeprefix("TODO: "), Confidence.A)
    ]
    assert [each.text for each in found][1:] == [wish]
