"""What weighs nearly enough is looked at again, among what else was said."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.domain.harvest import analyse, trees, weights
from bot.domain.harvest.among import NAMES, Among
from bot.domain.harvest.analyse import Analysis
from bot.domain.harvest.glance import Glance, Screen
from bot.domain.harvest.message import Message
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.second_look import FEW, SecondLook, forest
from bot.domain.harvest.trees import Forest
from tests.domain.harvest.conftest import PEOPLE, said

TALK = (
    "looking at the graphs",
    "errors at 40%",
    "rolling back 41e6",
    "we should alert on queue depth",
    "i'll take it, thanks",
    "any update?",
)


def conversation(*lines: str, times: int = 1) -> Analysis:
    every = [line for _ in range(times) for line in lines]
    messages = [said(line, ("UANA", "UBO", "UCY")[at % 3], at) for at, line in enumerate(every)]
    return analyse.whole(messages, PEOPLE)


def values(ctx: Context, place: int, own: tuple[float, ...] = (-1.0,)) -> dict[str, float]:
    among = Among(ctx, Screen(ctx))
    found = among.follow_up(ctx.notes[place], own, 2)
    assert len(found) == len(NAMES)
    return dict(zip(NAMES, found, strict=True))


class TestTrees:
    FOREST = Forest(0.5, [[[0, 1.0, 1, 1, 2], [-1, 2.0, 0, 0, 0], [-1, -3.0, 0, 0, 0]]], gate=-9.0, least=0.0, sure=1.0)

    @pytest.mark.parametrize(("value", "total"), [(0.0, 2.5), (1.0, 2.5), (1.1, -2.5), (math.nan, 2.5)])
    def test_a_value_goes_left_up_to_the_bound_and_an_unknown_one_as_the_step_says(
        self, value: float, total: float
    ) -> None:
        assert self.FOREST.add_up([value]) == total

    def test_trees_are_added_up(self) -> None:
        assert Forest(1.0, [*self.FOREST.trees] * 3, -9.0, 0.0, 1.0).add_up([0.0]) == 7.0

    def test_of_the_first_weight_a_share_is_kept(self) -> None:
        half = replace(self.FOREST, keeps=0.5)
        assert (half.add_up([1.0]), half.add_up([1.1])) == (1.75, pytest.approx(-0.7))

    def test_of_words_alone_the_first_weight_is_all_there_is(self) -> None:
        alone = self.FOREST.of_words(0.5)
        assert (alone.add_up([1.1]), alone.gate, alone.least) == (1.1, 0.5, 0.0)

    @pytest.mark.parametrize("what", ["follow_ups", "timeline"])
    def test_what_is_shipped_looks_at_values_that_there_are(self, what: str) -> None:
        forest = trees.shipped(what)
        assert forest is not None
        assert forest.gate < forest.least <= forest.sure
        for rows in forest.trees:
            for value, _, _, left, right in rows:
                assert value == -1 or (0 <= value < len(NAMES) and 0 < left < len(rows) and 0 < right < len(rows))


class TestAmong:
    def test_a_message_is_seen_among_the_others(self) -> None:
        ctx = conversation(*TALK, times=4).ctx
        seen = values(ctx, 9, (-2.0, 0.5, -1.0))
        assert (seen["weight"], seen["second"], seen["sentences"]) == (0.5, -1.0, 3.0)
        assert seen["sum"] == pytest.approx(math.log(math.exp(0.5) + math.exp(-1.0) + math.exp(-2.0)))
        weighed = [round(Screen(ctx).at(note).follow_up, 9) for note in ctx.notes]
        assert seen["heavier"] == sum(each > weighed[9] for each in weighed)
        assert (seen["before"], seen["after"]) == (weighed[8], weighed[10])
        assert seen["pause_before"] == pytest.approx(math.log1p(60))
        assert seen["part"] == pytest.approx(1 / 3)
        assert (seen["noticed"], seen["taken"], seen["in_thread"]) == (2.0, 1.0, 0.0)

    def test_what_is_not_there_is_not_known(self) -> None:
        ctx = conversation(*TALK, times=4).ctx
        first, last = values(ctx, 0), values(ctx, len(ctx.notes) - 1)
        assert math.isnan(first["before"])
        assert math.isnan(last["after"])
        assert math.isnan(first["second"])
        assert math.isnan(first["above"])

    def test_how_people_talk_here_is_seen_with_every_message(self) -> None:
        fast, slow = ("db is down", "UANA"), ("I looked into it at length, and the pool is what is full", "UBO")
        hurried = [said(fast[0], fast[1], at) for at in range(4)]
        slowly = [said(slow[0], slow[1], at * 60) for at in range(4)]
        seen = [values(analyse.whole(each, PEOPLE).ctx, 2) for each in (hurried, slowly)]
        assert [each["usual_length"] for each in seen] == [math.log1p(len(text)) for text, _ in (fast, slow)]
        assert [each["usual_pause"] for each in seen] == [math.log1p(60), math.log1p(3600)]
        assert [each["apps"] for each in seen] == [0.0, 0.0]

    def test_a_reply_is_seen_under_its_message(self) -> None:
        root = said("db is down", "UANA", 0)
        reply = Message("C1", said("", "UBO", 1).ts, user_id="UBO", text="we should alert on that", thread_ts=root.ts)
        rest = [said(line, "UCY", at + 2) for at, line in enumerate(TALK)]
        ctx = analyse.whole([root, reply, *rest], PEOPLE).ctx
        seen = values(ctx, 1)
        assert seen["in_thread"] == 1.0
        assert seen["above"] == pytest.approx(Screen(ctx).at(ctx.notes[0]).follow_up)


class OtherOrder(Screen):
    """Adds up the same numbers in another order for every second message."""

    def at(self, note: Note) -> Glance:
        weight = (0.1 + 0.2) + 0.3 if note.at.minute % 2 else 0.1 + (0.2 + 0.3)
        return Glance(weight, weight)


def test_what_weighs_the_same_is_not_heavier_for_the_order_that_it_was_added_up_in() -> None:
    ctx = conversation(*TALK, times=4).ctx
    among = Among(ctx, OtherOrder(ctx))
    for note in ctx.notes[:2]:
        found = dict(zip(NAMES, among.follow_up(note, (-1.0,), 0), strict=True))
        assert {each for name, each in found.items() if name.startswith("heavier")} == {0.0}


class TestWhenItIsTaken:
    def test_in_a_handful_of_messages_there_is_no_second_look(self) -> None:
        few, more = conversation(*TALK[:4]), conversation(*TALK)
        assert len(few.ctx.notes) < FEW <= len(more.ctx.notes)
        assert forest(few.ctx, "timeline") is None
        assert forest(more.ctx, "timeline") is not None

    def test_what_is_too_light_by_its_words_is_not_looked_at(self) -> None:
        ctx = conversation(*TALK, times=4).ctx
        found, look = trees.shipped("follow_ups"), SecondLook(ctx)
        assert found is not None
        assert look.follow_up(ctx.notes[0], [found.gate - 0.1], 0, found) is None
        assert look.follow_up(ctx.notes[0], [found.gate], 0, found) is not None
        assert look.follow_up(ctx.notes[0], [], 0, found) is None

    def test_mere_chat_is_not_read_closely_unless_somebody_says_that_it_is_an_incident(self) -> None:
        ctx = conversation("lunch?", "yes, pizza", "who is in on friday", "me", "nice photo", times=6).ctx
        assert SecondLook(ctx).closely is None
        ctx.declared = True
        assert SecondLook(ctx).closely is not None
        assert SecondLook(conversation(*TALK, times=4).ctx).closely is not None

    def test_what_else_is_said_makes_a_difference(self, harvest: Callable[..., object]) -> None:
        """The same words, once at work and once when people tell what is to be done later."""
        wish = "the dashboards need an owner"
        later = [f"we should {what}" for what in ("add alerts", "write a runbook", "test failover", "fix the docs")]
        work = [TALK[at % 3] for at in range(FEW)]
        alone, among = conversation(*work, wish), conversation(*work, *later, wish, *later)
        totals = []
        for found in (alone, among):
            note = next(each for each in found.ctx.notes if each.message.text == wish)
            forest_of = trees.shipped("follow_ups")
            assert forest_of is not None
            totals.append(SecondLook(found.ctx).follow_up(note, [0.0], 0, forest_of))
        assert totals[0] is not None
        assert totals[1] is not None
        assert totals[0] != totals[1]


def test_tables_are_read_from_the_package() -> None:
    assert set(weights.read("second")) == {"follow_ups", "timeline"}
