"""What becomes of a post-mortem whose channel is archived, deleted, left, renamed, or given another id (R-02)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot.blocks import ids
from bot.domain.harvest_state import Phase
from bot.domain.policy import Policy
from bot.domain.room import How
from bot.domain.status import Status
from bot.domain.topics import Topic
from bot.usecases import meeting_rows
from tests.fakes import payloads
from tests.fakes.bot import Bot
from tests.fakes.chat import BOT, Room
from tests.fakes.errors import refused

OWNER, IC = "U2", "U1"


def happens(bot: Bot, kind: str, channel: Any = "C1", **values: Any) -> None:
    """Slack says so, twice: events come at least once."""
    inner = {"type": kind, "channel": channel, "event_ts": "1764000000.000100", **values}
    for event_id in ("", ""):
        reply = bot.send(payloads.event(inner, event_id or None))
        assert reply.status == 200


def told(bot: Bot, user: str) -> list[str]:
    return [post.text for post in bot.chat.told(user) if f":{Topic.ROOM_CLOSED}:" in post.mark]


def archive(bot: Bot) -> None:
    bot.chat.rooms["C1"].archived = True
    happens(bot, "channel_archive", user="U3")


def unarchive(bot: Bot) -> None:
    bot.chat.rooms["C1"].archived = False
    happens(bot, "channel_unarchive", user="U3")


def writes(bot: Bot, channel: str = "C1") -> int:
    """How often somebody was asked to write into the channel, or to look there."""
    return sum(1 for name, given in bot.chat.calls if given.get("channel") == channel and name != "open_dm")


def closed(bot: Bot, channel: str = "C1") -> How | None:
    found = bot.look(lambda unit: unit.rooms.closed(payloads.TEAM, channel))
    return found.how if found else None


def test_of_an_archived_channel_the_owner_and_the_ic_hear_once_and_nothing_is_tried_there(bot: Bot) -> None:
    bot.assigned()
    archive(bot)
    calls = writes(bot)
    bot.press(ids.OWNER_ACCEPT, bot.record().id, OWNER)
    bot.work(timedelta(hours=6))
    for user in (OWNER, IC):
        (said,) = told(bot, user)
        assert "<@U3> archived the channel" in said
    assert told(bot, "U3") == []
    assert writes(bot) == calls
    assert not [row for row in bot.rows() if row["state"] == "dead"]


def test_reminders_come_as_direct_messages_though_the_channel_is_archived(bot: Bot) -> None:
    bot.assigned()
    archive(bot)
    bot.later(timedelta(days=9))
    assert [post for post in bot.chat.told(OWNER) if post.mark.startswith("nudge:")]
    assert [post for post in bot.chat.told(IC) if post.mark.startswith("nudge:")]
    assert not [post for post in bot.chat.in_room("C1") if post.mark.startswith("nudge:")]
    assert not [row for row in bot.rows() if row["state"] == "dead"]


def test_an_unarchived_channel_has_its_card_as_things_stand(bot: Bot) -> None:
    bot.assigned()
    archive(bot)
    bot.command("severity SEV-1", IC)
    bot.work()
    assert "SEV-1" not in str(bot.card.drawing)
    unarchive(bot)
    bot.work()
    assert "SEV-1" in str(bot.card.drawing)
    assert "archived" not in str(bot.card.drawing)
    assert closed(bot) is None
    assert [entry.new for entry in bot.history() if entry.field == "channel"] == ["archived", "open"]


def test_who_archives_and_unarchives_in_one_breath_is_not_told_of(bot: Bot) -> None:
    bot.assigned()
    archive(bot)
    unarchive(bot)
    bot.work()
    assert told(bot, OWNER) == []


def test_the_same_channel_archived_again_is_news_again(bot: Bot) -> None:
    bot.assigned()
    for _ in range(2):
        archive(bot)
        bot.later(timedelta(minutes=5))
        unarchive(bot)
        bot.later(timedelta(minutes=5))
    assert len(told(bot, OWNER)) == 2


def test_where_the_news_was_missed_the_first_refusal_is_the_news(bot: Bot) -> None:
    bot.assigned()
    bot.chat.rooms["C1"].archived = True
    bot.command("severity SEV-1", IC)
    bot.work(timedelta(hours=2))
    assert "was archived" in told(bot, OWNER)[0]
    assert closed(bot) is How.ARCHIVED
    assert not [row for row in bot.rows() if row["state"] == "dead"]


def test_what_happened_while_nobody_listened_is_found_by_the_daily_look(bot: Bot) -> None:
    bot.assigned()
    bot.chat.rooms["C1"].archived = True
    bot.clock.advance(timedelta(hours=25))
    bot.service.runner.housekeeping()  # type: ignore[misc]
    bot.work()
    assert closed(bot) is How.ARCHIVED
    bot.chat.rooms["C1"].archived = False
    bot.clock.advance(timedelta(hours=25))
    bot.service.runner.housekeeping()  # type: ignore[misc]
    bot.work()
    assert closed(bot) is None


def test_the_status_says_that_it_is_archived(bot: Bot) -> None:
    bot.assigned()
    archive(bot)
    assert "The channel is archived" in bot.command("status").text


def test_a_channel_without_a_post_mortem_is_nobodys_concern(bot: Bot) -> None:
    before = bot.contents()
    for kind in ("channel_archive", "channel_deleted", "channel_left", "group_unarchive"):
        happens(bot, kind, "C9", user="U3")
    happens(bot, "channel_rename", {"id": "C9", "name": "other", "created": 1})
    assert bot.contents() == before


def test_taken_out_of_the_channel_the_bot_says_by_whom_and_what_to_do_and_reads_nothing(bot: Bot) -> None:
    bot.assigned()
    bot.chat.rooms["C1"].members.remove(BOT)
    happens(bot, "member_left_channel", user=BOT, channel_type="C", team=payloads.TEAM)
    happens(bot, "channel_left", actor_id="U4")
    calls = writes(bot)
    bot.command("severity SEV-1", IC)
    bot.work(timedelta(hours=3))
    for user in (OWNER, IC):
        (said,) = told(bot, user)
        assert "<@U4> took me out of the channel" in said
        assert "/invite @postmortem" in said
    assert writes(bot) == calls, "nobody joins again against the will of those who are there"
    assert "/invite @postmortem" in bot.command("status").text
    assert "/invite @postmortem" in bot.command("harvest").text
    bot.press(ids.HARVEST_AGAIN, bot.record().id)
    assert "/invite @postmortem" in bot.screens.sentence()


def test_invited_again_it_reads_what_it_missed_and_draws_the_card(bot: Bot) -> None:
    bot.assigned()
    room = bot.chat.rooms["C1"]
    room.members.remove(BOT)
    happens(bot, "group_left")
    bot.command("severity SEV-1", IC)
    bot.work()
    bot.chat.say("C1", "TODO: buy a bigger disk")
    room.members.add(BOT)
    happens(bot, "member_joined_channel", user=BOT, inviter="U3", channel_type="G", team=payloads.TEAM)
    bot.work()
    assert closed(bot) is None
    assert "SEV-1" in str(bot.card.drawing)
    found = bot.look(lambda unit: unit.proposals.load(bot.record().id))
    assert [todo.text for todo in found.todos] == ["buy a bigger disk"]


def test_a_private_channel_that_the_bot_is_invited_to_at_last_is_read_without_a_word(bot: Bot) -> None:
    room = bot.chat.rooms["C1"]
    room.private = True
    room.members.remove(BOT)
    bot.assigned()
    assert [row for row in bot.rows() if row["state"] == "dead"]
    room.members.add(BOT)
    happens(bot, "member_joined_channel", user=BOT, inviter="U3", channel_type="G", team=payloads.TEAM)
    bot.work()
    assert bot.card
    assert not [row for row in bot.rows() if row["state"] == "dead"]
    assert bot.look(lambda unit: unit.harvests.state(bot.record().id)).phase is Phase.DONE


def test_that_it_joined_by_itself_is_no_news(bot: Bot) -> None:
    bot.assigned()
    rows = len(bot.rows())
    happens(bot, "member_joined_channel", user=BOT, channel_type="C", team=payloads.TEAM)
    assert len(bot.rows()) == rows
    assert [row["state"] for row in bot.rows("harvest")] == ["done"]


def test_a_deleted_channel_is_closed_for_good(bot: Bot) -> None:
    bot.assigned()
    del bot.chat.rooms["C1"]
    happens(bot, "channel_deleted")
    calls = writes(bot)
    happens(bot, "channel_unarchive", user="U3")
    bot.service.runner.housekeeping()  # type: ignore[misc]
    bot.later(timedelta(days=2))
    assert writes(bot) == calls
    (said,) = told(bot, OWNER)
    assert "was deleted" in said
    assert not [row for row in bot.rows() if row["state"] == "dead"]


def test_a_graver_thing_is_told_and_a_lesser_one_is_not(bot: Bot) -> None:
    bot.assigned()
    happens(bot, "channel_left", actor_id="U4")
    happens(bot, "channel_archive", user="U3")
    bot.work()
    assert closed(bot) is How.LEFT
    happens(bot, "channel_deleted")
    bot.work()
    assert closed(bot) is How.DELETED
    assert len(told(bot, OWNER)) == 2


def test_nobody_is_told_of_the_channel_of_a_closed_one(bot: Bot) -> None:
    bot.assigned()
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        record = unit.records.get(bot.record().id, lock=True)
        assert record
        unit.records.save(record.changed(status=Status.CLOSED, closed_at=bot.clock.now()))
    archive(bot)
    bot.work()
    assert told(bot, OWNER) == []
    assert closed(bot) is How.ARCHIVED, "and still nothing is tried there"


def test_one_without_an_account_is_not_told(bot: Bot) -> None:
    bot.assigned()
    bot.know(replace(bot.chat.users[OWNER], deleted=True))
    bot.chat.users[OWNER] = replace(bot.chat.users[OWNER], deleted=True)
    archive(bot)
    bot.work(timedelta(hours=1))
    assert told(bot, OWNER) == []
    assert len(told(bot, IC)) == 1
    assert not [row for row in bot.rows() if row["state"] == "dead"]


def test_another_incident_in_a_room_that_was_left_is_read_again(bot: Bot) -> None:
    bot.assigned()
    bot.chat.rooms["C1"].members.remove(BOT)
    happens(bot, "channel_left", actor_id="U4")
    bot.command("start new", IC)
    bot.work()
    assert closed(bot) is None
    assert BOT in bot.chat.rooms["C1"].members


def test_a_renamed_channel_is_known_by_its_new_name(bot: Bot) -> None:
    bot.assigned()
    happens(bot, "channel_rename", {"id": "C1", "name": "inc-checkout", "created": 1})
    assert bot.look(lambda unit: unit.channels.get(payloads.TEAM, "C1")).name == "inc-checkout"


def test_a_channel_with_another_id_keeps_its_post_mortem(bot: Bot) -> None:
    root = bot.chat.say("C1", "TODO: buy a bigger disk")
    bot.chat.say("C1", "sure", thread_ts=root)
    bot.assigned()
    before = bot.look(lambda unit: unit.harvests.counts(unit.harvests.state(bot.record().id)))
    bot.chat.rooms["C2"] = bot.chat.rooms.pop("C1")
    for post in bot.chat.posts:
        post.channel = "C2" if post.channel == "C1" else post.channel
    inner = {"type": "channel_id_changed", "old_channel_id": "C1", "new_channel_id": "C2"}
    for _ in range(2):
        assert bot.send(payloads.event(inner)).status == 200
    bot.work()
    assert bot.record("C2").name == "PM-1"
    assert "no post-mortem" in bot.command("status").text
    assert "PM-1" in bot.command("status", channel="C2").text
    bot.command("severity SEV-1", IC, "C2")
    bot.command("harvest", IC, "C2")
    bot.work()
    (card,) = [post for post in bot.chat.in_room("C2") if post.mark.startswith("card:")]
    assert "SEV-1" in str(card.drawing)
    assert not [row for row in bot.rows() if row["state"] == "dead"]
    counts = bot.look(lambda unit: unit.harvests.counts(unit.harvests.state(bot.record("C2").id)))
    assert counts == before, "nothing twice, under the old id and the new"


def test_an_id_that_has_a_post_mortem_already_keeps_it_for_its_commands(bot: Bot) -> None:
    bot.assigned()
    bot.chat.rooms["C2"] = Room({"U1", "U2", BOT})
    bot.command("assign <@U3|c>", IC, "C2")
    bot.work()
    assert (
        bot.send(payloads.event({"type": "channel_id_changed", "old_channel_id": "C1", "new_channel_id": "C2"})).status
        == 200
    )
    assert bot.record("C2").name == "PM-2"
    names = bot.look(lambda unit: [record.name for record in unit.rooms.records(payloads.TEAM, "C2")])
    assert names == ["PM-1", "PM-2"]


@pytest.fixture
def reviewing(engine: Engine) -> Bot:
    bot = Bot(engine, policy=Policy(review_channel="CREV"))
    bot.chat.rooms["CREV"] = Room({"U1", "U2", BOT})
    return bot


def test_the_review_goes_to_the_review_channel_alone(reviewing: Bot) -> None:
    bot = reviewing
    bot.assigned()
    archive(bot)
    bot.work()
    assert "<#CREV> alone" in str([post.drawing for post in bot.chat.told(OWNER)])
    record = bot.record()
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        places = meeting_rows.places(unit, record, Policy(review_channel="CREV"))
        none = meeting_rows.places(unit, record, Policy())
    assert places == (meeting_rows.REVIEW,)
    assert none == ()


def test_a_refusal_of_another_channel_says_nothing_of_this_one(bot: Bot) -> None:
    bot.assigned()
    bot.command("severity SEV-1", IC)
    bot.chat.fail("update", refused("is_archived"))
    bot.work()
    assert closed(bot) is None
    counts = bot.service.meter.rows.read()
    assert sum(count for (_, result), count in counts.items() if result == "dead") == 1
