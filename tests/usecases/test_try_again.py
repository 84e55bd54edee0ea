"""A row that was given up is tried once more when an operator says so, and never sent twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.domain.errors import DomainError
from bot.usecases.try_again import TryAgain
from tests.fakes import errors
from tests.fakes.bot import Bot

FOREVER = timedelta(hours=3)


def state(bot: Bot, kind: str) -> str:
    (row,) = bot.rows(kind)
    return str(row["state"])


def row_id(bot: Bot, kind: str) -> int:
    with bot.engine.connect() as conn:
        return int(conn.execute(sa.text("SELECT max(id) FROM outbox WHERE kind = :kind"), {"kind": kind}).scalar_one())


def try_again(bot: Bot, number: int) -> None:
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        TryAgain(bot.clock)(unit, number)


def test_what_slack_took_though_every_answer_was_lost_is_found_and_not_posted_again(bot: Bot) -> None:
    """Twelve attempts, of which the first one did it; then people, and time, and another try."""
    bot.command("assign <@U2|b>")
    bot.chat.fail("post", errors.lost(), after=True)
    bot.chat.fail("find", errors.server_error(), times=1000)
    bot.chat.fail("post", errors.server_error(), times=1000)
    bot.work(FOREVER)
    dead = [row["kind"] for row in bot.rows() if row["state"] == "dead"]
    assert {"card", "role_steps", "owner_dm"} <= set(dead)
    bot.chat.faults.clear()
    for kind in ("card", "role_steps", "owner_dm"):
        try_again(bot, row_id(bot, kind))
    bot.work(FOREVER)
    for kind in ("card", "role_steps", "owner_dm"):
        posts = [post for room in bot.chat.rooms for post in bot.chat.in_room(room)]
        assert sum(post.mark.startswith(f"{kind}:") for post in posts) == 1, kind
        assert state(bot, kind) == "done"
    assert "Not everything worked" in str(bot.card.drawing.blocks), "others are given up still"


def test_a_row_that_was_refused_is_sent_once_it_is_allowed_and_the_card_forgets_it(bot: Bot) -> None:
    bot.assigned()
    bot.command("assign <@U3|c>")
    bot.chat.fail("open_dm", errors.refused("missing_scope"), times=2)
    bot.work()
    dead = [row for row in bot.rows() if row["state"] == "dead"]
    assert "Not everything worked" in str(bot.card.drawing.blocks)
    with bot.store.reading() as unit:
        ids = [row.id for row in unit.outbox.dead(bot.record().id)]
    for number in ids:
        try_again(bot, number)
    bot.work()
    assert "Not everything worked" not in str(bot.card.drawing.blocks)
    marks = [post.mark for room in bot.chat.rooms for post in bot.chat.in_room(room)]
    assert [marks.count(row["key"]) for row in dead] == [1] * len(dead)


def test_a_reading_that_stopped_reads_on(bot: Bot) -> None:
    bot.chat.say("C1", "TODO: look at it")
    bot.command("assign <@U2|b>")
    bot.chat.fail("history", errors.refused("missing_scope"), times=1)
    bot.work()
    assert state(bot, "harvest") == "dead"
    try_again(bot, row_id(bot, "harvest"))
    bot.work()
    assert state(bot, "harvest") == "done"
    found = bot.look(lambda unit: unit.harvests.state(bot.record().id))
    assert found.complete
    assert found.trouble is None
    assert (found.pages, found.calls) == (1, 0)
    assert bot.look(lambda unit: unit.harvests.counts(found)).messages == 1


def test_a_row_that_does_not_exist_or_was_not_given_up_is_refused_in_a_sentence(bot: Bot) -> None:
    bot.command("assign <@U2|b>")
    with pytest.raises(DomainError, match=r"^There is no row 9999: "):
        try_again(bot, 9999)
    with pytest.raises(DomainError, match=r"is still to be done: only one that was given up can be tried again\.$"):
        try_again(bot, row_id(bot, "card"))
    bot.work()
    before = bot.contents()
    with pytest.raises(DomainError, match=r" is done: "):
        try_again(bot, row_id(bot, "card"))
    assert bot.contents() == before
