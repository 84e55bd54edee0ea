"""People whose account is deactivated, and those who wait for them: each hears of it once, and nobody of anything else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.topics import Topic
from tests.fakes import payloads
from tests.fakes.bot import Bot

OWNER, IC = "U2", "U1"


def leaves(bot: Bot, user: str) -> None:
    """The account is deactivated, and Slack says so twice."""
    bot.chat.users[user] = replace(bot.chat.users[user], deleted=True)
    for _ in range(2):
        assert bot.send(payloads.user_change(user, deleted=True)).status == 200
    bot.work()


def comes_back(bot: Bot, user: str) -> None:
    bot.chat.users[user] = replace(bot.chat.users[user], deleted=False)
    assert bot.send(payloads.user_change(user)).status == 200
    bot.work()


def about(bot: Bot, user: str, topic: Topic) -> list[str]:
    return [post.text for post in bot.chat.told(user) if f":{topic}:" in post.mark]


def quiet(bot: Bot) -> bool:
    bot.work(timedelta(hours=1))
    return not [row for row in bot.rows() if row["state"] == "dead"]


def test_an_owner_who_left_came_back_and_left_again_is_told_of_twice(bot: Bot) -> None:
    bot.assigned()
    leaves(bot, OWNER)
    assert len(about(bot, IC, Topic.OWNER_GONE)) == 1
    comes_back(bot, OWNER)
    assert len(about(bot, IC, Topic.OWNER_GONE)) == 1
    leaves(bot, OWNER)
    assert len(about(bot, IC, Topic.OWNER_GONE)) == 2
    assert quiet(bot)


def test_what_the_ic_should_know_goes_to_who_opened_it_once_the_ic_has_no_account(bot: Bot) -> None:
    bot.command("start", "U4")
    bot.work()
    bot.command("assign <@U2|b>", IC)
    bot.work()
    record = bot.record()
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        held = unit.records.get(record.id, lock=True)
        assert held
        unit.records.save(held.changed(owner=OWNER, roles=replace(held.roles, ic=IC)))
    leaves(bot, IC)
    leaves(bot, OWNER)
    assert len(about(bot, "U4", Topic.OWNER_GONE)) == 1
    assert quiet(bot)


def test_a_proposal_that_waits_for_somebody_without_an_account_goes_on_at_once(bot: Bot) -> None:
    bot.assigned("U3", IC)
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        held = unit.records.get(bot.record().id, lock=True)
        assert held
        unit.records.save(held.changed(roles=replace(held.roles, ic=IC, ic_assumed=False, deputy="U4")))
    bot.command("assign <@U2|b>", "U5")
    bot.work()
    asked = [post for post in bot.chat.told("U4") if post.mark.startswith("confirm_dm")]
    assert not asked
    leaves(bot, IC)
    (asked_now,) = [post for post in bot.chat.told("U4") if post.mark.startswith("confirm_dm")]
    assert "U2" in asked_now.text


def test_who_asked_hears_that_there_is_nobody_to_answer(bot: Bot) -> None:
    bot.assigned()
    bot.command("ask <@U4|d> how many orders were lost?", OWNER)
    bot.work()
    leaves(bot, "U4")
    assert len(about(bot, OWNER, Topic.QUESTION_UNTOLD)) == 1
    bot.later(timedelta(days=3))
    assert about(bot, OWNER, Topic.QUESTION_SILENT) == []
    assert quiet(bot)


def test_a_change_of_nothing_that_is_kept_costs_nothing(bot: Bot) -> None:
    bot.send(payloads.user_change("U2", tz="Asia/Tokyo"))
    before = bot.contents()
    bot.send(payloads.user_change("U2", tz="Asia/Tokyo", profile={"display_name": "U2", "status_text": "lunch"}))
    assert bot.contents() == before


def test_another_name_is_in_the_document_of_those_who_have_a_role(bot: Bot) -> None:
    bot.assigned()
    generation = bot.rows("document")[0]["generation"]
    bot.send(payloads.user_change("U5", profile={"display_name": "Evelyn"}))
    assert bot.rows("document")[0]["generation"] == generation
    bot.send(payloads.user_change(OWNER, profile={"display_name": "Benjamin"}))
    assert bot.rows("document")[0]["generation"] > generation
