"""The owner's answers (R-07), hand-over, and owners who leave (R-09)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.blocks import ids
from bot.domain.outgoing import Lane
from bot.domain.postmortem import OwnerState
from bot.domain.topics import Topic
from tests.fakes import payloads
from tests.fakes.bot import Bot
from tests.fakes.chat import Post
from tests.fakes.errors import refused

FOUR_WORKING_HOURS = timedelta(hours=20, minutes=1)  # from 15:05 on a Monday to 11:05 on Tuesday


def about(bot: Bot, user: str, topic: Topic) -> list[Post]:
    return [post for post in bot.chat.told(user) if f":{topic}:" in post.mark]


def dm(bot: Bot, user: str = "U2") -> Post:
    (post,) = [post for post in bot.chat.told(user) if post.mark.startswith("owner_dm")]
    return post


def decline(bot: Bot, user: str = "U2", reason: str = "On holiday from tomorrow") -> dict[str, str]:
    bot.press(ids.OWNER_DECLINE, bot.record().id, user)
    return bot.submit(bot.screens.form(), user, reason=reason).errors


def test_the_owner_is_told_by_the_ic_with_deadline_checklist_and_two_answers(bot: Bot) -> None:
    bot.assigned()
    text = str(dm(bot).drawing.blocks)
    assert dm(bot).text.startswith("<@U1> has designated you")
    assert "not a punishment" in text
    assert "Book the meeting" in text
    assert "Europe/Berlin" in text, "the deadline in the reader's own zone"
    assert ids.OWNER_ACCEPT in text
    assert ids.OWNER_DECLINE in text


def test_accepting_is_recorded_and_redrawn(bot: Bot) -> None:
    record = bot.assigned()
    bot.press(ids.OWNER_ACCEPT, record.id, "U2")
    bot.work()
    assert bot.record().owner_state is OwnerState.ACCEPTED
    assert "You accepted" in str(dm(bot).drawing.blocks)
    assert ids.OWNER_ACCEPT not in str(dm(bot).drawing.blocks)
    assert "accepted" in str(bot.card.drawing.blocks)


def test_accepting_twice_is_accepting(bot: Bot) -> None:
    record = bot.assigned()
    bot.press(ids.OWNER_ACCEPT, record.id, "U2")
    once = bot.record()
    bot.press(ids.OWNER_ACCEPT, record.id, "U2")
    assert bot.record() == once


def test_declining_leaves_no_owner_and_asks_the_ic(bot: Bot) -> None:
    bot.assigned()
    assert decline(bot) == {}
    bot.work()
    record = bot.record()
    assert (record.owner, record.owner_state) == (None, OwnerState.NONE)
    (told,) = about(bot, "U1", Topic.DECLINED)
    assert "On holiday from tomorrow" in str(told.drawing.blocks)
    assert ids.OWNER_CHOOSE_OPEN in str(told.drawing.blocks)
    assert "nothing more is asked of you" in dm(bot).text
    assert "designates one owner" in str(bot.card.drawing.blocks)


def test_declining_needs_a_reason(bot: Bot) -> None:
    bot.assigned()
    assert "explanation is needed" in decline(bot, reason="   ")["reason"]
    assert bot.record().owner == "U2"


def test_declining_twice_tells_the_ic_once(bot: Bot) -> None:
    bot.assigned()
    decline(bot)
    bot.press(ids.OWNER_DECLINE, bot.record().id, "U2")
    bot.work()
    assert "not the owner" in bot.screens.sentence()
    assert len(about(bot, "U1", Topic.DECLINED)) == 1


def test_a_form_sent_after_the_hand_over_changes_nothing(bot: Bot) -> None:
    record = bot.assigned()
    bot.press(ids.OWNER_DECLINE, record.id, "U2")
    form = bot.screens.form()
    bot.command("assign <@U3|c>")
    reply = bot.submit(form, "U2", reason="too late")
    assert "it is <@U3> now" in reply.errors["reason"]
    assert bot.record().owner == "U3"


@pytest.mark.parametrize("action", [ids.OWNER_ACCEPT, ids.OWNER_DECLINE])
@pytest.mark.parametrize("user", ["U2", "U4", "U1"])
def test_a_late_or_foreign_click_is_answered_with_a_sentence(bot: Bot, action: str, user: str) -> None:
    record = bot.assigned()
    bot.command("assign <@U3|c>")
    bot.work()
    before = bot.contents()
    bot.press(action, record.id, user)
    assert "You are not the owner" in bot.screens.sentence()
    assert bot.contents() == before


def test_a_silent_owner_is_reported_to_the_ic_once(bot: Bot) -> None:
    bot.assigned()
    bot.later(FOUR_WORKING_HOURS - timedelta(minutes=3))
    assert not about(bot, "U1", Topic.OWNER_SILENT)
    bot.later(timedelta(minutes=3))
    bot.later(timedelta(days=9))
    (told,) = about(bot, "U1", Topic.OWNER_SILENT)
    assert "has not answered for 4 working hours" in told.text


@pytest.mark.parametrize("answer", ["accepted", "declined", "handed over"])
def test_an_owner_who_answered_is_not_reported(bot: Bot, answer: str) -> None:
    record = bot.assigned()
    if answer == "accepted":
        bot.press(ids.OWNER_ACCEPT, record.id, "U2")
    elif answer == "declined":
        decline(bot)
    else:
        bot.command("assign <@U3|c>")
        bot.press(ids.OWNER_ACCEPT, record.id, "U3")
    bot.later(timedelta(days=9))
    assert not about(bot, "U1", Topic.OWNER_SILENT)


def test_a_hand_over_tells_everybody_and_leaves_the_deadline(bot: Bot) -> None:
    bot.assigned()
    due = bot.card.text.partition("Meeting due")[2]
    bot.clock.advance(timedelta(hours=5))
    assert "The deadline stays as it was" in bot.command("assign <@U3|c>").sentence
    bot.work()
    assert bot.record().owner == "U3"
    assert "designated you" in dm(bot, "U3").text
    assert "nothing more is asked of you" in dm(bot, "U2").text
    assert "handed" in about(bot, "U2", Topic.RELIEVED)[0].text
    assert any("was handed over from <@U2> to <@U3> by <@U1>" in post.text for post in bot.chat.in_room("C1"))
    assert bot.card.text.partition("Meeting due")[2] == due
    assert [(entry.old, entry.new) for entry in bot.history() if entry.field == "owner"] == [(None, "U2"), ("U2", "U3")]


def test_an_owner_who_gets_it_back_is_told_anew(bot: Bot) -> None:
    bot.assigned("U2")
    for user in ("U3", "U2"):
        bot.clock.advance(timedelta(minutes=1))
        bot.assigned(user)
    assert bot.designated() == ["U2", "U3", "U2"]
    old, new = [post for post in bot.chat.told("U2") if post.mark.startswith("owner_dm")]
    assert ids.OWNER_ACCEPT not in str(old.drawing.blocks)
    assert ids.OWNER_ACCEPT in str(new.drawing.blocks)


def test_a_hand_over_before_the_first_was_told_bothers_nobody(bot: Bot) -> None:
    bot.command("assign <@U2|b>")
    bot.command("assign <@U3|c>")
    bot.work()
    assert bot.designated() == ["U3"]


def test_a_deactivated_owner_is_reported_to_the_ic_once(bot: Bot) -> None:
    bot.assigned()
    for _ in range(3):
        bot.send(payloads.user_change("U2", deleted=True))
        bot.work()
    (told,) = about(bot, "U1", Topic.OWNER_GONE)
    assert ids.OWNER_CHOOSE_OPEN in str(told.drawing.blocks)
    assert bot.record().owner == "U2", "until the IC has chosen another one"


def test_after_a_deactivated_owner_another_one_is_chosen_and_nobody_hears_of_trouble(bot: Bot) -> None:
    bot.assigned()
    bot.chat.users["U2"] = replace(bot.chat.users["U2"], deleted=True)
    bot.send(payloads.user_change("U2", deleted=True))
    bot.work()
    bot.press(ids.OWNER_CHOOSE_OPEN, bot.record().id, "U1")
    bot.submit(bot.screens.form(), "U1", owner="U3")
    bot.work(timedelta(hours=1))
    assert bot.designated() == ["U2", "U3"]
    assert not about(bot, "U1", Topic.TROUBLE)
    assert not about(bot, "U3", Topic.TROUBLE)
    assert "Not everything worked" not in str(bot.card.drawing.blocks)


def test_other_changes_of_the_owner_are_no_news(bot: Bot) -> None:
    bot.assigned()
    bot.send(payloads.user_change("U2", tz="Asia/Tokyo"))
    bot.send(payloads.user_change("U4", deleted=True))
    bot.work()
    assert not about(bot, "U1", Topic.OWNER_GONE)
    assert bot.look(lambda unit: unit.people.get("T1", "U2")).tz == "Asia/Tokyo"


def test_a_deactivation_that_nobody_told_us_is_found_when_the_people_are_read(engine: Engine) -> None:
    bot = Bot(engine)
    bot.assigned()
    bot.chat.users["U2"] = replace(bot.chat.users["U2"], deleted=True)
    bot.clock.advance(timedelta(days=2))
    assert bot.service.runner.housekeeping
    bot.service.runner.housekeeping()
    bot.work()
    assert len(about(bot, "U1", Topic.OWNER_GONE)) == 1


def test_an_owner_who_cannot_be_written_to_is_mentioned_in_the_channel_and_the_ic_told(bot: Bot) -> None:
    bot.command("assign <@U2|b>")
    bot.chat.fail("open_dm", refused("user_disabled"))
    while bot.rows("owner_dm")[0]["state"] == "open":
        bot.step(Lane.MESSAGES)
    bot.work()
    assert bot.rows("owner_dm")[0]["state"] == "dead"
    assert [post for post in bot.chat.told("U1") if "could not be told" in post.text or "deactivated" in post.text]
    assert "Not everything worked" in str(bot.card.drawing.blocks)


def test_designating_oneself_reads_like_it(bot: Bot) -> None:
    bot.assigned("U1", by="U1")
    assert dm(bot, "U1").text.startswith("You have taken on")
