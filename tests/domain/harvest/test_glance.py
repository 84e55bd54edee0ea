"""Reading at a glance loses nothing: on every labelled channel the findings are those of a reading in full, and no glance shows less than
what the weighing finds."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.domain.harvest import analyse, features, glance, note, sign_lifts, weighing, wishes
from bot.domain.harvest.message import Message
from bot.domain.harvest.weights import Scale
from evaluation import reading, score
from evaluation.channel import Channel

EVALUATION = Path(score.__file__).parent
EVERY = [f"{half}/{each.stem}" for half in ("tuned", "unseen", "training")
         for each in sorted((EVALUATION / half).glob("*.txt"))]  # fmt: skip
TALK = [name for name in EVERY if "/ordinary-" in name]
# Both halves, one in four of ordinary talk, and a dozen of the other channels to learn from.
LEARNT = [name for name in EVERY if name.startswith("training/")]
CHANNELS = (
    [name for name in EVERY if name not in LEARNT] + TALK[::4] + [each for each in LEARNT if each not in TALK][::160]
)


@cache
def channel(name: str) -> Channel:
    return reading.read(EVALUATION / f"{name}.txt")


@cache
def read_in_full(name: str) -> note.Context:
    return analyse.prepared(channel(name).messages, channel(name).people)[0]


def people_wrote(names: list[str]) -> Iterator[tuple[note.Note, note.Context]]:
    for name in names:
        ctx = read_in_full(name)
        yield from ((each, ctx) for each in ctx.notes if each.human and each.talk)


@pytest.mark.parametrize("name", CHANNELS)
def test_the_findings_of_a_channel_are_those_of_a_reading_in_full(name: str) -> None:
    of = channel(name)
    for options in (analyse.USUAL, score.options(of)):
        in_full = analyse.whole(of.messages, of.people, options).findings
        assert analyse.analyse(of.messages, of.people, options) == in_full


def test_so_are_those_of_a_long_channel_of_many_kinds_of_talk() -> None:
    messages = [each for name in TALK for each in channel(name).messages]
    once = list({each.ts: each for each in messages}.values())
    people = {user_id: person for name in TALK for user_id, person in channel(name).people.items()}
    assert len(once) > 1_000
    assert analyse.analyse(once, people) == analyse.whole(once, people).findings


def test_in_ordinary_talk_few_messages_are_asked_what_they_could_be() -> None:
    heavy = every = 0
    for ctx in map(read_in_full, TALK):
        screen, gate = glance.Screen(ctx), weighing.timeline_gate(ctx, noticed=False)
        heavy += sum(screen.at(each).timeline >= gate for each in ctx.notes)
        every += len(ctx.notes)
    assert heavy < every * 2 / 5


def test_no_glance_shows_less_than_the_weighing_finds() -> None:
    for each, ctx in people_wrote(CHANNELS):
        seen = glance.glance(each, ctx)
        assert seen.timeline >= weighing.timeline_heaviest(each, ctx, []).weight, each.plain
        most = seen.follow_up + sign_lifts.anywhere(each.words)
        assert most >= max((best.weight for _, best in wishes.lines(each, ctx)), default=most), each.plain


def test_no_sign_is_there_without_the_words_that_it_is_looked_for_by() -> None:
    for each, _ in people_wrote(CHANNELS):
        for said in (said for line in each.talk for said in features.sentences(line.said[:1500], each)):
            there = [sign for sign in sign_lifts.SIGNS if sign.cues and sign.wording.search(said)]
            heard = note.words_in(said)
            unheard = [sign.name for sign in there if sign.along and sign.along.isdisjoint(heard)]
            assert unheard == [], said


def test_an_order_is_looked_for_where_a_sentence_begins() -> None:
    assert sign_lifts.in_front(["please", "add", "an", "alert"]) > 0
    assert sign_lifts.in_front(["we", "add", "an", "alert"]) == 0


def test_the_only_message_of_a_channel_is_read_in_full() -> None:
    said = Message("C1", "1767621600.000100", "U1", "restarting it now")
    assert analyse.analyse([said], {}).timeline == analyse.whole([said], {}).findings.timeline != ()


def test_a_sum_does_not_depend_on_the_order_of_what_was_seen() -> None:
    names = [f"name {number}" for number in range(40)]
    found = {
        Scale(-4.14, {name: 0.1 * ((number * shift) % 40) for number, name in enumerate(names)}).weigh(names)
        for shift in (7, 11)
    }
    assert len(found) == 1


@pytest.mark.parametrize(
    "said",
    [
        "The p99 of API-12, at 14:05 (5.5 s) :fire: -> https://a.example/b?c=d abc1234 #12 don't… it's 3x!",
        "@Ana Berg and @bo have it, 5 % left\u00a0now",
        "@ana and Bo; @channel: see\tbelow",
        "",
    ],
)
def test_words_are_the_same_whether_they_are_read_one_by_one_or_all_at_once(said: str) -> None:
    assert features.tokens(said) == [features._folded(each) for each in features._TOKEN.findall(said)]
