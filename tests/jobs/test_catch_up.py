"""R3: nobody could send for an hour, while several things fell due about each post-mortem. Then each person hears once of each
post-mortem, of what still holds, and nobody of what is done."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from benchmarks import missed
from bot.domain.harvest.person import Person
from tests.fakes.bot import Bot
from tests.fakes.chat import BOT, Post, Room

RECORDS = 8
# Minutes past the hour at which the bot is back: what was due lies around the full hour before.
BACK_AT = (5, 58)


@pytest.mark.parametrize("minute", BACK_AT)
def test_after_an_hour_each_person_hears_once_of_each_post_mortem_what_still_holds(bot: Bot, minute: int) -> None:
    bot = Bot(bot.engine, clock=bot.clock, chat=bot.chat, policy=missed.POLICY)
    bot.clock.advance_to(bot.clock.now().replace(minute=minute))
    made = missed.fill(bot.store, RECORDS, bot.clock.now())
    bot.chat.users |= {user: Person(user, user) for user in missed.people(RECORDS)}
    bot.chat.rooms |= {missed.channel(n): Room({BOT}) for n in range(RECORDS)}
    assert made.due >= 3 * RECORDS
    _begin(bot)
    assert {begun: _lines(post) for begun, post in _said(bot, made).items()} == made.lines
    many = len(bot.chat.posts)
    _begin(bot)
    bot.later(timedelta(minutes=2))
    assert len(bot.chat.posts) == many, "a second start says nothing again"


def _begin(bot: Bot) -> None:
    assert bot.service.runner.housekeeping
    bot.service.runner.housekeeping()
    bot.work()


def _said(bot: Bot, made: missed.Missed) -> dict[str, Post]:
    """The messages by the beginnings of their marks; each stands once, and there is no other."""
    told = [post for post in bot.chat.posts if post.mark.startswith(("nudge:", "person_dm:"))]
    by_mark = {
        post.mark.rpartition(":")[0] + ":" if post.mark.startswith("nudge") else _owner_silent(post): post
        for post in told
    }
    assert max(Counter(post.mark for post in told).values()) == 1
    assert len(told) == len(by_mark) == len(made.lines)
    return by_mark


def _owner_silent(post: Post) -> str:
    return ":".join(post.mark.split(":")[:4]) + ":"


def _lines(post: Post) -> int:
    return max(1, str(post.drawing.blocks).count("•"))
