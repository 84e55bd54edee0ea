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


def test_a_reason_typed_with_a_command_is_read_as_it_was_typed(bot: Bot) -> None:
    bot.assigned()
    bot.command("severity SEV-2 a &amp; &lt;b&gt; by <@U3|chioma> see <https://x.example/1|x>", user=IC)
    bot.work()
    assert any("a & <b> by @chioma see https://x.example/1" in str(entry.via) for entry in bot.history())
    told = str([post.text for post in bot.chat.in_room("C1")])
    assert "&amp;amp;" not in told


def test_one_that_was_opened_again_says_so_until_it_is_reviewed(bot: Bot) -> None:
    bot.assigned()
    put(bot, status=Status.CLOSED)
    bot.press(ids.MOVE_IN_REVIEW, move_buttons.value(bot.record().id, Status.CLOSED), user=OWNER)
    assert not bot.submit(bot.screens.form(), user=OWNER, reason="one thing was forgotten").errors
    assert "In Review (re-opened)" in bot.command("status").sentence


def test_the_deadline_is_told_in_the_readers_own_zone_too(bot: Bot) -> None:
    bot.assigned()
    assert "for you that is until <!date^" in str(bot.command("status").json["blocks"])


def test_what_was_shown_can_be_shown_anew_in_its_place(bot: Bot) -> None:
    bot.assigned()
    bot.work()
    bot.press(ids.HUB_ANEW, bot.record().id, user=OWNER)
    assert bot.screens.said[-1].replace
    bot.press(ids.HUB_OPEN, bot.record().id, user=OWNER)
    assert not bot.screens.said[-1].replace, "the card stays"
