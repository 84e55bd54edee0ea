"""Shorthands for tests of the message to customers: a record in any state, its form, and what support was handed."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

from bot.blocks import ids
from bot.domain.actors import Role
from bot.domain.booking import Booking, Outcome
from bot.domain.external_message import ExternalDecision
from bot.domain.status import Status
from tests.fakes.bot import Bot, Reply
from tests.fakes.chat import Post

OWNER, IC, SUPPORT, STRANGER = "U2", "U1", "U5", "U4"
TEXT = {"summary": "Orders were slow. We are sorry.", "happened": "A queue was full.", "doing": "We watch the queue."}
_views = itertools.count(1)


def put(bot: Bot, **values: Any) -> None:
    """The record with other values."""
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        record = unit.records.get(bot.record().id, lock=True)
        assert record
        unit.records.save(record.changed(**values))


def decision(bot: Bot) -> ExternalDecision:
    """Where the message stands."""
    found = bot.look(lambda unit: unit.meetings.external(bot.record().id))
    assert isinstance(found, ExternalDecision)
    return found


def form(bot: Bot, user: str = OWNER) -> dict[str, Any]:
    """The form of the message, opened."""
    bot.press(ids.EXTERNAL_OPEN, bot.record().id, user)
    return bot.screens.form()


def send(bot: Bot, view: dict[str, Any], user: str = OWNER, **answers: Any) -> Reply:
    """A form, sent as its own view."""
    return bot.submit(view, user, f"VX{next(_views)}", **answers)


def write(bot: Bot, user: str = OWNER, **answers: Any) -> Reply:
    """A message with three parts."""
    return send(bot, form(bot, user), user, **{**TEXT, **answers})


def held(bot: Bot) -> None:
    """The record is in review, and its meeting was held and agreed on it."""
    now = bot.clock.now()
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        booking = Booking(
            postmortem_id=bot.record().id,
            start=now - timedelta(hours=1),
            end=now - timedelta(minutes=30),
            booked_by=OWNER,
            booked_at=now - timedelta(hours=2),
            outcome=Outcome.AGREED,
            confirmed_by=IC,
            confirmed_at=now,
            confirmed_as=frozenset({Role.IC}),
        )
        unit.meetings.put_booking(booking)
    put(bot, status=Status.IN_REVIEW)


def reviewed(bot: Bot, **answers: Any) -> None:
    """Written, held, and moved to Reviewed by its button (T3)."""
    if answers:
        _reviewed(bot, **answers)
    else:
        bot.once(_reviewed)


def _reviewed(bot: Bot, **answers: Any) -> None:
    assert not write(bot, **answers).errors
    held(bot)
    review_again(bot)
    bot.work()


def review_again(bot: Bot) -> None:
    """T3."""
    bot.press(ids.MOVE_REVIEWED, f"{bot.record().id}:{Status.IN_REVIEW.value}", OWNER)
    assert bot.record().status is Status.REVIEWED, bot.screens.sentence()


def tasks(bot: Bot) -> list[Post]:
    """What support was handed, wherever."""
    return [post for post in bot.chat.posts if post.mark.startswith("support_task:")]


def value(post: Post, action_id: str = ids.EXTERNAL_POSTED) -> str:
    """The value of a button in a message."""
    buttons = [each for block in post.drawing.blocks for each in block.get("elements", ()) if "action_id" in each]
    return str(next(each["value"] for each in buttons if each["action_id"] == action_id))


def copied(post: Post) -> str:
    """The words in the blocks that are to be copied."""
    rich = [block for block in post.drawing.blocks if block["type"] == "rich_text"]
    return "\n".join(piece["elements"][0]["text"] for block in rich for piece in block["elements"])
