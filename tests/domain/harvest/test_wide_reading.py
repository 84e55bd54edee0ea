"""A message is read with what was said before it, and with the earlier wishes that speak of the same."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.harvest import analyse, network, wide_reading
from bot.domain.harvest.close_reading import HEAD, OWN
from bot.domain.harvest.message import Message
from bot.domain.harvest.network import Network
from bot.domain.harvest.note import Context
from bot.domain.harvest.second_look import SecondLook
from bot.domain.harvest.wide_reading import WideReading
from evaluation.wide import PLACES
from tests.domain.harvest.conftest import PEOPLE, said, ts
from tests.domain.harvest.test_close_reading import Small
from tests.domain.harvest.test_network import arrays


def context(*messages: Message) -> Context:
    return analyse.prepared(messages, PEOPLE)[0]


def shipped() -> Network:
    by = network.widely()
    assert by is not None
    return by


def around(ctx: Context, place: int, weights: Mapping[str, float] | None = None) -> list[str]:
    """What is read around a message, each part by itself, in words."""
    by = shipped()
    row = WideReading(ctx, by, weights or {}).row(ctx.notes[place])
    parts = " ".join(by.pieces.known[each] for each in row.around).split(" [SEP]")
    return [each.strip() for each in parts if each.strip()]


def test_the_nearest_is_read_first_with_whose_it_is_and_whether_it_may_be_a_wish() -> None:
    ctx = context(said("disk", "UANA"), said("queue", "UBO", 1), said("cache", "UANA", 2), said("later", "UBO", 3))
    assert around(ctx, 2, {ts(1): -1.0, ts(0): -1.1}) == [
        "[unused4] [UNK] queue", "[unused5] disk", "[unused6] later"
    ]  # fmt: skip


def test_under_a_thread_stands_its_root_and_what_was_said_before_that() -> None:
    ctx = context(
        said("disk", "UANA"),
        said("queue", "UBO", 1),
        said("cache", "UANA", 2, thread_ts=ts(1)),
        said("index", "UCY", 3, thread_ts=ts(1)),
        said("elsewhere", "UCY", 4),
    )
    assert around(ctx, 3) == ["[unused4] cache", "[unused4] queue", "[unused4] disk"]


def test_an_earlier_wish_that_speaks_of_the_same_is_read_and_no_other() -> None:
    talk = [f"number {word}" for word in ("one", "two", "three", "four", "five", "six", "seven", "eight")]
    ctx = context(
        said("we should prune the nightlies on the mirror", "UANA"),
        said("somebody should look at the mirror of the nightlies", "UBO", 1),
        said("an owner for dashboards would help", "UBO", 2),
        *(said(each, "UCY", 3 + place) for place, each in enumerate(talk)),
        said("nightlies on the mirror: bo", "UBO", 20),
    )
    wishes = {ts(0): -2.0, ts(1): -2.1, ts(2): 3.0}
    last = len(ctx.notes) - 1
    assert [each for each in around(ctx, last, wishes) if "number" not in each] == [
        "[unused2] we should pr ##une the night ##lies on the mirror"
    ]
    assert [each for each in around(ctx, last) if "number" not in each] == []
    assert "mirror" not in " ".join(around(ctx, 2, {ts(19): 1.0, ts(20): 1.0})[2:])


def test_a_question_is_read_with_what_may_answer_it() -> None:
    talk = ("anything we should do after this?", "runbook", "retries", "docs", "fewer pages", "cache", "queue", "disk")
    ctx = context(*(said(each, "UANA" if not place else "UBO", place) for place, each in enumerate(talk)))
    assert around(ctx, 7)[0] == "[unused1] anything we should do after this ?"
    assert around(ctx, 1)[0] == "[unused4] anything we should do after this ?"


def test_of_long_messages_beginning_and_end_are_read() -> None:
    ctx = context(said("disk " * 100 + "cache " * 30), said("queue", minute=1))
    by = shipped()
    row = WideReading(ctx, by, {}).row(ctx.notes[0])
    assert [by.pieces.known[each] for each in row.own[3:-1]] == ["disk"] * HEAD + ["cache"] * (OWN - HEAD)
    assert around(ctx, 1) == [" ".join(["[unused5]", *["disk"] * 27, *["cache"] * 13])]
    many = context(*(said("disk " * 100, minute=minute) for minute in range(20)))
    row = WideReading(many, by, {ts(minute): 1.0 for minute in range(20)}).row(many.notes[18])
    assert len(row) <= PLACES


def test_said_once_more_it_is_less_than_said_first() -> None:
    first = "we should alert on the depth of the queue, nobody saw it grow"
    work = ("restarted the workers", "depth is falling", "back to normal", "resolved")
    again = "right, so the alert on the depth of the queue"
    ctx = context(
        said(first, "UANA"),
        *(said(each, "UBO", 1 + place) for place, each in enumerate(work)),
        said(again, "UBO", 9),
    )
    widely = WideReading(ctx, shipped(), {ts(0): 3.0, ts(9): 1.0})
    known, repeated = widely.each([ctx.notes[0], ctx.notes[-1]])
    assert known > repeated
    assert repeated < WideReading(ctx, shipped(), {}).each([ctx.notes[-1]])[0] or repeated < 0


def test_the_words_are_told_without_which_it_would_be_read_otherwise() -> None:
    ctx = context(said("a b c d"))
    assert WideReading(ctx, Small(arrays()), {}).most_for(ctx.notes[0], most=1) == ("c",)


class TestAtTheSecondLook:
    def test_what_is_heavy_enough_is_read_widely_and_the_rest_between_its_neighbours(self) -> None:
        ctx = context(*(said(f"we should look at {each}", minute=place) for place, each in enumerate("abcdef")))
        ctx.declared = True
        look = SecondLook(ctx)
        look.know({ts(0): wide_reading.LEAST, ts(1): wide_reading.LEAST - 0.1})
        assert look.widely is not None
        heavy, light = ctx.notes[:2]
        assert look.wish(heavy) == look.widely.each([heavy])[0] != look.reading(heavy).follow_ups
        assert look.wish(light) == look.reading(light).follow_ups
        assert look.most_for(heavy, "follow_ups") == look.widely.most_for(heavy)

    def test_where_people_only_chat_nothing_is_read(self) -> None:
        look = SecondLook(context(*(said("lunch?", minute=minute) for minute in range(8))))
        assert look.widely is None
