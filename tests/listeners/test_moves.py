"""Moving a post-mortem by its buttons: who may, what must hold, and what a refused click changes (nothing)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.blocks import ids, move_buttons
from bot.domain.status import Status
from tests.fakes.bot import Bot

OWNER, IC, STRANGER = "U2", "U1", "U5"


def test_a_fresh_draft_does_not_go_to_review_and_every_reason_is_said(bot: Bot) -> None:
    bot.assigned()
    before = bot.record()
    bot.press(ids.MOVE_IN_REVIEW, move_buttons.value(before.id, Status.DRAFT), user=OWNER)
    said = str(bot.screens.shown[-1])
    for part in ("Overview is missing", "No meeting is booked", "not decided whether there is an External Message"):
        assert part in said
    assert bot.record() == before


def test_somebody_without_a_role_is_told_who_can(bot: Bot) -> None:
    bot.assigned()
    before = bot.record()
    bot.press(ids.MOVE_IN_REVIEW, move_buttons.value(before.id, Status.DRAFT), user=STRANGER)
    assert "Only the owner or the IC" in str(bot.screens.shown[-1])
    assert bot.record() == before


def put(bot: Bot, **values: Any) -> None:
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        record = unit.records.get(bot.record().id, lock=True)
        assert record
        unit.records.save(record.changed(**values))


def test_a_stale_click_is_told_who_was_faster(bot: Bot) -> None:
    bot.assigned()
    put(bot, status=Status.REVIEWED, status_by=IC, status_at=bot.clock.now() - timedelta(seconds=3))
    bot.press(ids.MOVE_CLOSED, move_buttons.value(bot.record().id, Status.IN_REVIEW), user=OWNER)
    assert "already Reviewed by <@U1> 3 s ago" in str(bot.screens.shown[-1]).replace("3 seconds", "3 s")


def test_going_back_asks_why_and_the_channel_reads_it(bot: Bot) -> None:
    bot.assigned()
    put(bot, status=Status.IN_REVIEW)
    bot.press(ids.MOVE_DRAFT, move_buttons.value(bot.record().id, Status.IN_REVIEW), user=OWNER)
    view = bot.screens.shown[-1].view
    assert view["callback_id"] == ids.MOVE
    refused = bot.submit(view, user=OWNER, reason="")
    assert "Say why" in str(refused.errors)
    assert bot.record().status is Status.IN_REVIEW
    assert not bot.submit(view, user=OWNER, reason="the timeline is wrong").errors
    bot.work()
    assert bot.record().status is Status.DRAFT
    assert any("the timeline is wrong" in post.text for post in bot.chat.in_room("C1"))


@pytest.mark.parametrize("value", ["", "nonsense", "x:y:z", "record:Nowhere"])
def test_an_odd_button_gets_a_sentence(bot: Bot, value: str) -> None:
    bot.assigned()
    bot.press(ids.MOVE_CLOSED, value, user=OWNER)
    assert "Type `/postmortem`" in str(bot.screens.shown[-1])
