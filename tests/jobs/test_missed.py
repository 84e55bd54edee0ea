"""Nobody listened for a while: what was said meanwhile is read once, and threads that did not move are left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.harvest_state import Phase
from bot.domain.outgoing import Lane
from bot.domain.status import Status
from tests.fakes import errors
from tests.fakes.bot import Bot
from tests.jobs.test_live import says, state, stored, todos


def readings(bot: Bot) -> int:
    """How many readings of the history were begun."""
    return sum(1 for name, call in bot.chat.calls if name == "history" and call["cursor"] is None)


def incident(bot: Bot) -> tuple[str, str]:
    """Two threads, one from before anybody listened and one that was heard."""
    old = bot.chat.say("C1", "the alert", "U3")
    bot.chat.say("C1", "looking", "U4", thread_ts=old)
    bot.assigned()
    new = says(bot, "rolled back")
    says(bot, "TODO: heard", thread_ts=new)
    bot.work(timedelta(minutes=2))
    return old, new


def test_what_was_missed_is_there_once_and_only_the_thread_that_moved_is_read(bot: Bot) -> None:
    old, _ = incident(bot)
    bot.chat.say("C1", "TODO: missed", "U3")
    bot.chat.say("C1", "TODO: missed in an old thread", "U4", thread_ts=old)
    threads, before = bot.chat.count("thread"), readings(bot)
    again = Bot(bot.engine, clock=bot.clock, chat=bot.chat)
    assert again.service.read_missed() == 1
    again.work(timedelta(minutes=2))
    assert sorted(todos(again)) == ["heard", "missed", "missed in an old thread"]
    assert readings(bot) == before + 1
    assert bot.chat.count("thread") == threads + 1
    assert len(stored(again)) == 6


def test_replicas_that_start_together_read_it_once(bot: Bot) -> None:
    incident(bot)
    bot.chat.say("C1", "TODO: missed", "U3")
    before = readings(bot)
    replicas = [bot, Bot(bot.engine, clock=bot.clock, chat=bot.chat)]
    for replica in replicas:
        replica.service.read_missed()
        for each in replicas:
            each.step(Lane.HARVEST)
        bot.clock.advance(timedelta(seconds=1))
    bot.work(timedelta(minutes=2))
    assert readings(bot) == before + 1
    assert "missed" in todos(bot)


def test_a_reading_that_was_interrupted_is_followed_by_one_that_fills_the_gap(bot: Bot) -> None:
    bot.chat.page = 3
    parents = [bot.chat.say("C1", f"TODO: parent {number}", "U3") for number in range(7)]
    bot.command("assign <@U2|b>")
    bot.chat.fail("history", errors.Crash(), skip=1)
    with pytest.raises(errors.Crash):
        bot.work()
    bot.chat.say("C1", "TODO: said while nobody was there", "U4", thread_ts=parents[-1])
    again = Bot(bot.engine, clock=bot.clock, chat=bot.chat)
    again.service.take_over()
    again.service.read_missed()
    again.work(timedelta(minutes=3))
    assert len(todos(again)) == 8
    assert state(again).phase is Phase.DONE
    assert state(again).live_from


def test_until_the_gap_is_filled_the_card_does_not_say_that_everything_is_heard(bot: Bot) -> None:
    incident(bot)
    assert "everything is heard live" in str(bot.card.drawing.blocks)
    since = state(bot).live_from
    bot.later(timedelta(hours=1))
    bot.service.read_missed()
    bot.chat.fail("history", errors.wait(60))
    bot.work()
    assert "everything is heard live" not in str(bot.card.drawing.blocks)
    bot.work(timedelta(minutes=5))
    assert "everything is heard live" in str(bot.card.drawing.blocks)
    assert since
    now = state(bot).live_from
    assert now
    assert now > since


@pytest.mark.parametrize("what", ["closed", "stopped", "over"])
def test_what_is_over_or_waits_for_somebody_is_not_read(bot: Bot, what: str) -> None:
    bot.assigned()
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        if what == "stopped":
            unit.harvests.put_state(replace(state(bot), phase=Phase.STOPPED))
        else:
            over = {"closed": {"status": Status.CLOSED}, "over": {"window_until": bot.clock.now()}}[what]
            unit.records.save(bot.record().changed(**over))
    before = readings(bot)
    assert bot.service.read_missed() == 0
    bot.work(timedelta(minutes=2))
    assert readings(bot) == before


def test_asked_again_after_a_reading_it_asks_again(bot: Bot) -> None:
    """A plain reading on request still asks for what is new alone."""
    for number in range(1100):
        bot.chat.say("C1", f"message {number}")
    bot.assigned()
    bot.service.read_missed()
    bot.work(timedelta(minutes=2))
    history = bot.chat.count("history")
    assert history == 2 + 2, "ceil(N/999) each"
    bot.command("harvest")
    bot.work()
    assert bot.chat.count("history") == history + 1
