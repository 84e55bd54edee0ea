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
    "cute but no",
    "hmm i dont want more rules. if it goes by id you can rename all day",
    "I would rather it stayed hard, to be honest.",
    "let's not",
    "we don't want that",
    "won't do",
    "nah leave it, my filter eats them",
    "not worth it imo, the whole thing goes away next month",
    "fair, let's not",
    "i'd rather not",
    "on second thoughts let's leave it",
    "hm no, that won't help",
    "that wouldn't have caught it",
    "no point, it is gone next month",
    "no, it'd just be noise",
    "I don't think we need that",
    "don't bother",
    "nvm they already sent it",
    "they already sent it",
    "turns out there is one already",
    "there's one already",
    "we have that already, it was muted",
    "we do have one",
    "oh we have it",
    "we already have an alert for that",
    "ah no, it's there, under infra",
    "ah, it's there",
    "it's already in the runbook",
    "already exists, it was muted",
    "it exists, dee built it last year",
    "we already do that",
    "bo did that already",
    "we did that last week",
    "that's live since tuesday",
    "that shipped on monday",
    "bo has a PR open for that",
    "there's OPS-12 for that",
]
BY_ANOTHER = [
    "No. A page that tells the truth is better than one more of these.",
    "no, we tried that, it woke everybody",
    "no more pages please",
    "we had it. ops hated it. no",
    "touches nine teams. not a follow-up, a project",
    "please don't add an alert",
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
    "no. would be enough, yes",
    "no, not today",
    "no worries",
    "no, nobody has one yet",
    "no, we should add two",
    "no problem, i can do that",
    "oh no, it was me who muted it",
    "please don't add an alert without a runbook",
    "please don't touch the db",
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
    "we have that, but it's broken",
    "we have that problem in staging too",
    "there's one in staging, we need it in prod",
    "turns out there is one already but it's muted",
    "they already sent it twice",
    "we did that in 2019 and nobody kept it up",
    "bo did that once",
    "who did that last week",
    "it was done in a hurry last time",
    "that's the second time we have that",
    "there is one more thing",
    "on second thought, yes",
    "that would work",
    "it won't work on eu-1, there we need another",
    "no use case for it yet but ok",
    "please do",
    "and it's there",
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


@pytest.mark.parametrize("answer", BY_ANOTHER)
def test_a_no_with_a_reason_counts_of_somebody_else(harvest: Harvest, answer: str) -> None:
    assert harvest(WISH, (answer, "UBO")).todos == ()
    assert kept(harvest(MARKED, (answer, "UBO"))) == [Confidence.C]
    assert kept(harvest(WISH, answer)) != []


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


@pytest.mark.parametrize(
    "behind",
    [
        " - actually we already have one, never mind",
        ", nvm",
        ". hm, scratch that",
        ", actually there is already one",
        "... oh wait, we have one already",
    ],
)
def test_what_is_taken_back_in_the_same_line_is_none(harvest: Harvest, behind: str) -> None:
    assert harvest(WISH + behind).todos == ()
    assert [each.confidence for each in harvest(MARKED + behind).todos] == [Confidence.C]


@pytest.mark.parametrize(
    "line",
    [
        "last time we said we should add an alert, and we did, in March",
        "we said that we should add an alert for this, and we did",
    ],
)
def test_what_was_wished_for_and_is_done_is_none(harvest: Harvest, line: str) -> None:
    assert harvest(line).todos == ()


@pytest.mark.parametrize(
    "behind",
    [
        ", and we did not",
        " that nobody can ignore",
        ", never mind the noise",
        ", we have none",
        " and one for what we have",
        ", and we have no runbook either",
    ],
)
def test_what_goes_on_in_the_same_line_leaves_it(harvest: Harvest, behind: str) -> None:
    assert len(harvest(WISH + behind).todos) == 1
    assert [each.confidence for each in harvest(MARKED + behind).todos] == [Confidence.A]


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


@pytest.mark.parametrize(
    "line",
    [
        "or a default partition on the entries. Dov: no! try to split that afterwards. Ravi: ok ok withdrawn",
        "we should add an alert for this, that's not a follow-up, a project",
        "writing an alert for this into our checklist as we speak",
        "we should add an alert for this, it's already in",
        "I'll add a lag alert next week - already merged",
    ],
)
def test_what_ends_with_its_refusal_or_is_done_meanwhile_is_none(harvest: Harvest, line: str) -> None:
    assert harvest("db is back", line, ("ok", "UBO")).todos == ()


@pytest.mark.parametrize("answer", ["set to 10 s, deployed", "did that just now", "added one for the pool, merged"])
def test_what_somebody_else_does_at_once_is_none(harvest: Harvest, answer: str) -> None:
    assert kept(harvest(WISH, ("it's a setting per service", "UBO"), (answer, "UBO"))) == []
    assert kept(harvest(WISH, ("it's a setting per service", "UCY"), (answer, "UBO"))) != []


def test_a_never_mind_means_what_its_author_said_last(harvest: Harvest) -> None:
    promise = "I will change the deploy policy next week"
    found = harvest(promise, ("wish we had a chaos test", "UBO"), ("nvm we do", "UBO")).todos
    assert [each.text for each in found] == [promise]


def test_all_done_as_a_farewell_does_no_work(harvest: Harvest) -> None:
    promise = "yes, sev1 always. I'll schedule the drill for Monday"
    assert harvest(promise, (":white_check_mark: all done, closing", "UBO")).todos != ()
