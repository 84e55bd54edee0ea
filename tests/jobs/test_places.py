"""What kind of channel it is: who opened it is told of strangers, and members are read again when that is old."""

from __future__ import annotations

from datetime import timedelta

from bot.blocks import lines
from tests.fakes.bot import Bot
from tests.fakes.errors import refused


def test_whoever_opened_it_is_told_that_strangers_read_along_and_so_says_the_card(bot: Bot) -> None:
    bot.chat.rooms["C1"].shared = True
    bot.assigned()
    assert lines.STRANGERS in str(bot.card.drawing)
    assert sum(lines.STRANGERS in str(post.drawing) for post in bot.chat.told("U1")) == 1
    assert lines.STRANGERS in bot.command("assign <@U3|c>").text
    assert lines.STRANGERS in bot.command("start").text
    assert lines.STRANGERS in bot.command("status").text


def test_in_a_channel_of_our_own_nothing_is_said_of_strangers(bot: Bot) -> None:
    bot.assigned()
    assert lines.STRANGERS not in str([post.drawing for post in bot.chat.posts])
    assert lines.STRANGERS not in bot.command("start").text


def test_members_are_read_again_once_a_day(bot: Bot) -> None:
    bot.chat.rooms["C1"].private = True
    bot.assigned()
    bot.chat.rooms["C1"].members.add("U5")
    assert "private channel" in bot.command("status", "U5").sentence
    bot.clock.advance(timedelta(hours=25))
    bot.service.runner.housekeeping()  # type: ignore[misc]
    bot.work()
    assert "PM-1" in bot.command("status", "U5").sentence


def test_what_slack_refused_for_good_is_not_asked_every_hour(bot: Bot) -> None:
    bot.chat.fail("channel", refused("missing_scope"), times=9)
    bot.assigned()
    for _ in range(5):
        bot.clock.advance(timedelta(hours=1))
        bot.service.runner.housekeeping()  # type: ignore[misc]
        bot.work()
    assert bot.chat.count("channel") == 1
