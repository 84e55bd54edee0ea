"""Follow-ups that nobody marked: what counts, what does not, and what the people themselves settle."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest import analyse
from bot.domain.harvest.finding import Confidence, Findings
from bot.domain.harvest.message import Message
from bot.domain.harvest.person import Person

Harvest = Callable[..., Findings]
Say = Callable[..., Message]


@pytest.mark.parametrize(
    "line",
    [
        "we should add an alert for this",
        "we should really move that job to the replica",
        "ideally those jobs would deploy themselves",
        "Ideally the pipeline would refuse that config",
        "someone should set up a mirror for that base image",
        "it would be nice to have a runbook for this",
        "there should be a limit on the batch size",
        "we're missing an alert on queue depth",
        "the threshold should be lowered",
        "that page needs to be documented",
        "Why did nobody get paged for this?",
        "why did the canary not catch this?",
        "worth adding a check to the deploy script",
        "next time we should pause the workers and document it",
        "long term we want to get off this box",
        "for the postmortem: the dashboard was wrong",
        "note to self: the old volumes have to be cleaned up",
        "don't forget to update the runbook",
        "can someone file a ticket for the missing dashboard?",
        "we need better monitoring on the importer",
        "the docs are wrong, needs fixing",
        "I'd like us to have a dry-run mode",
        "We don't have any monitoring for that queue",
        "we should page both teams when the queue backs up",
        "the importer should keep the last ten files",
        "that worker should not live on the database host",
        "it needs to go to the pager",
        "billing-api needs an alert on queue depth",
        "from now on we should deploy one region at a time",
        "can we get the dumps uploaded automatically?",
        "would be cool to have the restore command in the readme",
        "the documentation for the old export job is out of date",
    ],
)
def test_a_proposal_is_a_follow_up(harvest: Harvest, line: str) -> None:
    assert [(todo.rule, todo.confidence) for todo in harvest(line).todos] == [("H-15", Confidence.C)]


@pytest.mark.parametrize(
    "line",
    [
        "I'll write up a ticket for this tomorrow",
        "I'll follow up with the vendor about an RCA",
        "I'll add a dashboard for lag tomorrow",
        "i will document the steps in the runbook",
        "agreed, I'll change the deploy template on Monday",
        "I will clarify with legal whether that needs a report, by Friday",
    ],
)
def test_work_taken_on_is_the_authors(harvest: Harvest, line: str) -> None:
    assert [(todo.rule, todo.assignee) for todo in harvest(line).todos] == [("H-22", "UANA")]


@pytest.mark.parametrize(
    ("line", "assignee"),
    [
        ("bo to write up the timeline", "UBO"),
        ("<@UBO> to add the missing alert", "UBO"),
        ("Bo Berg and cy to review the retry policy", "UBO"),
        ("cy needs to clean up the volumes", "UCY"),
    ],
)
def test_work_given_is_theirs(harvest: Harvest, line: str, assignee: str) -> None:
    assert [(todo.rule, todo.assignee) for todo in harvest(line).todos] == [("H-23", assignee)]


@pytest.mark.parametrize(
    "line",
    [
        # steps of the response
        "we should roll back",
        "we need to restart it",
        "let's restart the pods",
        "I'll restart it now",
        "I'll check the logs",
        "we should check the replica first",
        "we need to figure out what happened",
        "bo to execute",
        "bo to restart the node",
        "I'll update the status page now",
        "can someone check the db?",
        # expectations
        "it should recover by itself",
        "that should be fixed now",
        "we should be good",
        "should work now",
        "we should see it drop",
        # private
        "I need to get lunch",
        "I will skip lunch today",
        "I'll be back in 10",
        "I have to pick up the kids tomorrow",
        "brb",
        # questions and suppositions
        "should we add an alert?",
        "do we need to page anybody?",
        "what should we do?",
        "not sure if we should fix that",
        "if we need to we can add nodes",
        # advice, the past, negations
        "you should clear your cache",
        "we should have been faster",
        "we don't need to change anything",
        "no need to fix that",
        "I already filed a ticket for it",
        # quoted or in code
        "&gt; we should add an alert for this",
        "```we should add an alert for this```",
        # done in the same breath
        "we should add an alert for this, done: OPS-12",
        "I'll file a ticket - done",
        # talk
        "we had a great party",
        "good morning",
        "I want to thank everybody",
        "nice to have you here",
        "makes sense",
        "ready to go",
        "thanks to bo for that",
        "back to normal",
        "thanks, that was my note to self",
        "the cache should keep working",
    ],
)
def test_not_a_follow_up(harvest: Harvest, line: str) -> None:
    assert harvest(line).todos == ()


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (["we should add an alert for this", "nevermind, we have one"], "taken back"),
        (["we should add an alert for this", "actually no, that is noise"], "taken back"),
        (["we should add an alert for this", ("we already have that", "UBO")], "answered"),
        (["I'll write a ticket for that later", "filed OPS-12"], "done"),
        (["I'll add a dashboard for this tomorrow", "done"], "done"),
        (["we should add an alert for this", "forget the alert thing, there is one"], "taken back"),
    ],
    ids=str,
)
def test_what_the_people_settle_themselves_is_left_out(harvest: Harvest, lines: list[object], why: str) -> None:
    assert harvest(*lines).todos == (), why


def test_done_in_its_thread_is_done(harvest: Harvest, say: Say, stamp: Callable[[float], str]) -> None:
    parent = say("we should add an alert for this", minute=0, reply_count=1)
    answer = say("done, merged", "UBO", minute=60, thread_ts=stamp(0))
    assert harvest(parent).todos != ()
    assert harvest(parent, answer).todos == ()


def test_an_acceptance_is_no_follow_up_of_its_own(harvest: Harvest) -> None:
    found = harvest("<@UBO> can you file a ticket for the missing runbook?", ("will do", "UBO"))
    assert [(todo.user_id, todo.assignee) for todo in found.todos] == [("UANA", "UBO")]


def test_a_marked_todo_stands_whatever_is_said_later(harvest: Harvest) -> None:
    assert len(harvest("TODO: add an alert", "nevermind", "done").todos) == 1


@pytest.mark.parametrize("answer", ["scrap that", "ok, dropping it", "never mind, not needed"])
def test_a_marked_one_is_taken_back_in_its_own_thread(
    harvest: Harvest, say: Say, stamp: Callable[[float], str], answer: str
) -> None:
    parent = say("TODO: add an alert", minute=0, reply_count=1)
    assert harvest(parent, say(answer, minute=60, thread_ts=stamp(0))).todos == ()
    assert len(harvest(parent, say(answer, "UBO", minute=60, thread_ts=stamp(0))).todos) == 1


def test_a_marked_one_in_a_thread_is_done_when_the_next_reply_says_so(
    harvest: Harvest, say: Say, stamp: Callable[[float], str]
) -> None:
    root = say("what do we do about the pool?", minute=0, reply_count=2)
    marked = say("TODO: raise the pool size", minute=1, thread_ts=stamp(0))
    assert len(harvest(root, marked, say("ok", "UBO", minute=2, thread_ts=stamp(0))).todos) == 1
    assert harvest(root, marked, say("done already, merged", "UBO", minute=2, thread_ts=stamp(0))).todos == ()


@pytest.mark.parametrize(
    ("answer", "stays"),
    [
        ("done, three times", False),
        ("fixed", False),
        ("done by tomorrow", True),
        ("done: OPS-12", True),
        ("on it", True),
    ],
)
def test_a_marked_todo_done_in_its_own_thread_is_done(
    harvest: Harvest, say: Say, stamp: Callable[[float], str], answer: str, stays: bool
) -> None:
    parent = say("TODO: switch the job on again", minute=0, reply_count=1)
    reply = say(answer, "UBO", minute=60, thread_ts=stamp(0))
    assert bool(harvest(parent, reply).todos) is stays
    both = say("TODO: switch it on\nTODO: tell support", minute=0, reply_count=1)
    assert len(harvest(both, reply).todos) == 2


def test_what_is_done_far_down_a_thread_is_something_else(
    harvest: Harvest, say: Say, stamp: Callable[[float], str]
) -> None:
    lines = ["we should add an alert for this", "good idea", "yes", "can you retry my build?", "done"]
    thread = [say(line, who, minute, thread_ts=stamp(-5)) for minute, (line, who) in
              enumerate(zip(lines, ("UANA", "UBO", "UCY", "UDEE", "UBO"), strict=True))]  # fmt: skip
    assert [todo.text for todo in harvest(*thread).todos] == ["we should add an alert for this"]


def test_a_mention_is_the_person_it_means_whatever_others_are_called(say: Say) -> None:
    twins = {key: Person(key, name) for key, name in (("U1", "Sam B"), ("U2", "Sam B."), ("U3", "zed (care)"))}
    lines = [
        "TODO (<@U2>): count the boxes",
        "<@U2> could you open a ticket for the missing dashboard? it is gone",
        "TODO: <@U3> to count again",
    ]
    found = analyse.analyse([say(line, "U1", minute) for minute, line in enumerate(lines)], twins)
    assert [todo.assignee for todo in found.todos] == ["U2", "U2", "U3"]


def test_an_app_proposes_nothing(harvest: Harvest, say: Say) -> None:
    assert harvest(say("TODO: add an alert", who="UBOT", bot_id="B1")).todos == ()


def test_a_follow_up_is_no_event(harvest: Harvest) -> None:
    assert harvest("TODO: restarted pods should be counted").timeline == ()


def test_text_is_kept_as_it_was_typed(harvest: Harvest) -> None:
    found = harvest("we should add an alert – it’s <#C9|ops>’s &amp; <@UBO>’s job").todos
    assert found[0].text == "we should add an alert"
    assert found[0].detail == "we should add an alert – it’s #ops’s & @bo’s job"


def test_only_the_sentence_is_proposed_and_the_line_is_its_detail(harvest: Harvest) -> None:
    found = harvest("ok that was weird. we should add an alert for this. anyway, coffee").todos
    assert found[0].text == "we should add an alert for this."
    assert found[0].detail.startswith("ok that was weird.")
