"""What no rule settles is weighed: beside what it stands, how much of the channel is about later, and who stays an onlooker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.domain.harvest import analyse, features, heaviest, legend, senses, usual, wishes
from bot.domain.harvest.fate import Outcome
from bot.domain.harvest.finding import Confidence, Findings, TodoFinding
from bot.domain.harvest.message import Message
from bot.domain.harvest.weights import Scale, kinds, likely, shipped
from evaluation import lines

Harvest = Callable[..., Findings]
Say = Callable[..., Message]


@pytest.mark.parametrize(
    "line",
    [
        "honestly the importer could do with a dry run mode",
        "that dashboard wants an owner, bo has been guessing for a year",
        "gonna open an issue for the missing timeout",
        "remind me to undo the firewall rule next week",
    ],
)
def test_a_wish_in_words_that_no_rule_knows_is_found_by_its_weight(harvest: Harvest, line: str) -> None:
    assert [todo.rule for todo in harvest(line).todos] == [wishes.WISH]


def test_what_is_done_in_the_same_breath_is_no_wish_however_it_weighs(harvest: Harvest) -> None:
    assert harvest("gonna open an issue for the missing timeout, done: OPS-12").todos == ()


def test_a_single_word_and_a_command_are_no_events(harvest: Harvest) -> None:
    assert harvest("weird", "thanks!", "!status").timeline == ()


def test_a_weight_is_the_sum_of_what_was_seen_each_once() -> None:
    scale = Scale(-1.0, {"a": 0.5, "b": 2.0, "c": -3.0})
    assert scale.weigh(["a", "a", "b", "z"]) == 1.5
    assert scale.parts(["a", "c", "z"]) == [("c", -3.0), ("a", 0.5)]
    assert likely(0.0) == 0.5


def test_the_shipped_tables_hold_what_is_asked_of_them() -> None:
    for name in ("timeline", "follow_ups", "single_lines"):
        assert shipped(name).sure >= shipped(name).least
    assert len(kinds().names) == len(kinds().starts) == 11


def test_in_a_meeting_less_is_asked_and_in_a_chat_more() -> None:
    meeting = [3.0] * 40 + [-1.2] * 20 + [-6.0] * 40
    assert usual.shift(Counter(meeting), events=0, incident=False) == usual.MOST
    chat = [-5.0] * 97 + [0.5] * 3
    assert usual.shift(Counter(chat), events=30, incident=False) == usual.CHAT < -1.0
    incident = [-5.0] * 94 + [0.5] * 6
    assert -1.0 <= usual.shift(Counter(incident), events=2, incident=True) <= 0.0


def test_links_numbers_times_and_keys_are_each_one_word() -> None:
    assert features.tokens("see https://a.example/x OPS-12 #9 at 14:02, 3.5% of 1,200 @ana :fire:") == [
        "see", "<url>", "<key>", "<key>", "at", "<time>", "<%>", "of", "<n>", "@", ":fire:",
    ]  # fmt: skip


def test_who_is_named_in_front_of_work_is_seen_and_what_is_no_name_is_not() -> None:
    assert "~names to" in set(features.given(features.tokens("rmiller and jo to draft the note")))
    assert not set(features.given(features.tokens("we want to draft the note")))


def test_an_onlooker_of_a_long_channel_is_told_from_a_responder(say: Say, harvest: Harvest) -> None:
    talk = [say(f"db-{number} is at {number}00 connections", "UBO", number) for number in range(62)]
    onlooker = [say("is it still broken for people?", "UCY", 63), say("any idea when it is back?", "UCY", 64)]
    found = {each.user_id: each.suggested for each in harvest(*talk, *onlooker).responders}
    assert found == {"UBO": True, "UCY": False}


@pytest.mark.parametrize(
    ("line", "assignee"),
    [
        ("we should add an alert for this, I'll open it on monday", "UANA"),
        ("the runbook needs an update, that one is mine", "UANA"),
        ("Bo, would you write a runbook for this?", "UBO"),
        ("I think we should add an alert for this", None),
    ],
)
def test_whose_a_follow_up_is_stands_in_the_words_around_it(harvest: Harvest, line: str, assignee: str | None) -> None:
    assert [todo.assignee for todo in harvest(line).todos] == [assignee]


def test_who_takes_it_at_once_has_it(harvest: Harvest) -> None:
    found = harvest("we should add an alert for the queue", ("I'll take that", "UBO")).todos
    assert [todo.assignee for todo in found] == ["UBO"]


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("`swctl route set norlink --site lon-a --weight 100`", True),
        ("`POST _cluster/reroute?retry_failed=true`", True),
        ("`split_import.py --group north --rate 1`", True),
        ("```db-2> show sessions summary\nactive 412```", True),
        ("`max_bytes: 250mb`", False),
        ("the flag `--dry-run` is new", False),
    ],
)
def test_a_program_that_nobody_has_heard_of_is_known_by_its_options(harvest: Harvest, line: str, is_one: bool) -> None:
    assert bool(harvest(line).queries) is is_one


def test_a_sure_finding_is_ticked_and_a_guess_is_not(harvest: Harvest) -> None:
    sure = shipped("timeline").sure
    assert heaviest.sureness(sure, sure) is Confidence.B
    assert heaviest.sureness(sure - 0.01, sure) is Confidence.C


def test_what_stands_in_the_other_sentences_of_a_message_is_seen_beside_each() -> None:
    ctx, _ = analyse.prepared(*lines.alone("The pool is full. We restart it.\nAgain the pool"))
    names = [
        {name for name in wishes.names(said, ctx.notes[0], ctx) if name.startswith("~also:")}
        for said in features.said(ctx.notes[0])
    ]
    assert names == [
        {"~also:we", "~also:restart", "~also:it", "~also:again"},
        {"~also:the", "~also:pool", "~also:is", "~also:full", "~also:again"},
        {"~also:is", "~also:full", "~also:we", "~also:restart", "~also:it"},
    ]
    assert legend.label("~also:pool") == "“pool” is in another sentence of it"


def test_of_a_single_sentence_nothing_stands_beside_it() -> None:
    ctx, _ = analyse.prepared(*lines.alone("we should add an alert for the pool"))
    (said,) = features.said(ctx.notes[0])
    assert not any(name.startswith("~also:") for name in wishes.names(said, ctx.notes[0], ctx))


def test_a_line_that_stands_alone_is_weighed_by_a_table_of_its_own() -> None:
    alone, _ = analyse.prepared(*lines.alone("we should add an alert for the pool"))
    assert wishes.table(alone) is shipped("single_lines")
    messages, people = lines.alone("we should add an alert for the pool")
    two, _ = analyse.prepared([*messages, replace(messages[0], ts="1700000001.000000")], people)
    assert wishes.table(two) is shipped("follow_ups")


def test_what_words_mean_is_seen_each_sense_and_each_two() -> None:
    found = senses.names(features.tokens("should pods on dashboards?"))
    assert set(found) == {
        "~means:should", "~means:keeping", "~means:question",
        "~means:keeping+question", "~means:keeping+should", "~means:question+should",
    }  # fmt: skip
    assert legend.label("~means:keeping+should") == (
        "something that is kept so that it does not happen again and “ought” or “should”, anywhere in it"
    )
    assert senses.names(features.tokens("pods are up again")) == ()


def test_in_a_report_by_a_convention_no_follow_up_is_guessed(harvest: Harvest) -> None:
    said = "Actions: I can stop the sweeper at once, rebuild the index after that"
    assert [todo.rule for todo in harvest("hello", said).todos] == [wishes.WISH]
    assert harvest("hello", f"Condition: all connections are taken\n{said}").todos == ()


_SMALL_TALK = (
    "the new coffee is quite good", "who was at the concert yesterday?", "me, it was loud", "haha", "lunch in ten minutes?",
    "the tram is late again", "my cat sits on the keyboard", "nice photo", "that film was too long", "happy birthday!",
)  # fmt: skip


def _chat(say: Say, last: str) -> analyse.Analysis:
    talk = [say(_SMALL_TALK[number % 10], "UBO" if number % 2 else "UCY", number) for number in range(60)]
    return analyse.whole([*talk, say(last, "UANA", 61)], {})


def test_a_joke_in_the_words_of_a_proposal_is_none_where_people_only_chat(say: Say) -> None:
    of = _chat(say, "someone should write a song about that tram")
    (noticed,) = [each for _, each in of.noticed if isinstance(each, TodoFinding)]
    assert (noticed.rule, of.findings.todos) == ("H-15", ())
    assert [(each.finding, each.outcome) for each in of.fates if each.finding is noticed] == [
        (noticed, Outcome.too_light)
    ]


def test_where_somebody_declared_an_incident_nobody_only_chats_however_little_sounds_of_one(say: Say) -> None:
    talk = [say(_SMALL_TALK[number % 10], "UBO" if number % 2 else "UCY", number) for number in range(60)]
    wish = "we should add an alert for the certificate of the mirror"
    for declared in (False, True):
        found = analyse.analyse([*talk, say(wish, "UANA", 61)], {}, analyse.Options(declared=declared))
        assert bool(found.todos) is declared


def test_what_is_marked_stands_where_people_only_chat(say: Say) -> None:
    of = _chat(say, "TODO: write a song about that tram")
    assert [each.rule for each in of.findings.todos] == ["H-01"]


def test_what_belongs_to_a_wish_in_the_next_sentence_of_its_line_is_told_with_it(harvest: Harvest) -> None:
    said = "the wiki page is wrong about the pool's size, we should correct it; I'll fix that this week"
    assert [(each.text, each.assignee) for each in harvest("hello", said).todos] == [(said, "UANA")]


def test_a_done_that_answers_somebody_else_undoes_no_wish(harvest: Harvest) -> None:
    wish = "we should put a retry limit on the report job, I'll add one next week"
    other = ("could you kill the report query now?", "UBO")
    assert [each.text for each in harvest(wish, other, "done").todos] == [wish]
    assert harvest(wish, "done").todos == ()
