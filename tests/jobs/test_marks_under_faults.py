"""A mark whose reading or whose answer fails: it is tried again, and in the end there is one line and one reaction (F5 to F7)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.ports.errors import IntegrationError
from tests.fakes import payloads
from tests.fakes.bot import Bot
from tests.fakes.errors import lost, refused, wait


@pytest.fixture
def marked(bot: Bot) -> str:
    """A message that nobody has read yet."""
    bot.assigned()
    return bot.chat.say("C1", "restarting pay", "U2")


@pytest.mark.parametrize("after", [False, True], ids=["on its way out", "on its way back"])
@pytest.mark.parametrize("error", [lost(), wait(30, "reactions.add")], ids=["lost", "asked to wait"])
@pytest.mark.parametrize("method", ["message", "react"])
def test_what_fails_once_is_done_once(bot: Bot, marked: str, method: str, error: IntegrationError, after: bool) -> None:
    bot.chat.fail(method, error, after=after)
    bot.send(payloads.reaction(marked))
    bot.work(timedelta(minutes=2))
    record = bot.record()
    lines = bot.look(lambda unit: unit.items.timeline(record.id))
    assert [(item.text, item.ts) for item in lines] == [("restarting pay", marked)]
    assert bot.chat.rooms["C1"].reactions == {(marked, "white_check_mark")}


def test_a_reaction_that_may_not_be_put_is_a_courtesy_less(bot: Bot, marked: str) -> None:
    bot.chat.fail("react", refused("too_many_reactions"), times=99)
    bot.send(payloads.reaction(marked))
    bot.work(timedelta(minutes=2))
    record = bot.record()
    assert [item.text for item in bot.look(lambda unit: unit.items.timeline(record.id))] == ["restarting pay"]
    assert "Not everything worked" not in str(bot.card.drawing.blocks)


def test_a_channel_that_may_not_be_read_is_told_and_loses_nothing(bot: Bot, marked: str) -> None:
    bot.chat.fail("message", refused("missing_scope"), times=99)
    bot.send(payloads.reaction(marked))
    bot.work(timedelta(minutes=2))
    assert "Not everything worked" in str(bot.card.drawing.blocks)
    bot.chat.faults.clear()
    bot.send(payloads.reaction(marked, user="U4"))
    bot.work(timedelta(minutes=2))
    record = bot.record()
    assert [item.text for item in bot.look(lambda unit: unit.items.timeline(record.id))] == ["restarting pay"]
