"""Several channels of one record (R-67): each is read and heard, their messages are looked at together, and nobody sees more by
that than by Slack itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain import side_rooms
from bot.domain.merged import MergedInto
from bot.domain.outgoing import Lane
from bot.domain.status import Status
from bot.usecases import rows
from tests.fakes import errors, payloads
from tests.fakes.bot import Bot
from tests.fakes.chat import BOT, Room
from tests.jobs.test_live import says, stored, todos

ADD, REMOVE = "channel add <#C2|team-alpha>", "channel remove <#C2|team-alpha>"


@pytest.fixture
def bot(bot: Bot) -> Bot:
    """With a record in C1, and #team-alpha, which the bot is not in."""
    bot.chat.rooms["C2"] = Room({"U1", "U3"})
    bot.chat.say("C1", "TODO: in the main room", "U3")
    bot.assigned()
    return bot


def added(bot: Bot, text: str = ADD) -> str:
    """The channel is added, as soon as it is known what kind it is."""
    first = bot.command(text)
    assert "not known yet" in first.sentence
    bot.work()
    said = bot.command(text).sentence
    bot.work(timedelta(minutes=2))
    return said


def test_the_messages_of_both_are_looked_at_together_and_link_to_their_own_channel(bot: Bot) -> None:
    first = bot.chat.say("C2", "TODO: in team alpha", "U3")
    bot.chat.say("C2", "TODO: in its thread", "U4", thread_ts=first)
    said = added(bot)
    assert "belongs to" in said
    assert BOT in bot.chat.rooms["C2"].members, "a public channel is joined"
    assert sorted(todos(bot)) == ["in its thread", "in team alpha", "in the main room"]
    assert "<#C2>: 2 messages and 1 of 1 threads read." in str(bot.card.drawing.blocks)
    document = list(bot.chat.visible_files().values())[-1].content.decode()
    assert f"archives/C2/p{first.replace('.', '')}" in document
    assert f"thread_ts={first}&cid=C2" in document


def test_two_messages_of_one_moment_in_two_channels_are_two(bot: Bot) -> None:
    ts = next(iter(bot.chat.rooms["C1"].messages))
    bot.chat.say("C2", "TODO: at the same moment", "U3", ts=ts)
    added(bot)
    assert sorted(todos(bot)) == ["at the same moment", "in the main room"]
    found = bot.look(lambda unit: unit.proposals.load(bot.record().id)).todos
    one = next(each for each in found if each.text == "in the main room")
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        assert unit.items.settle(bot.record().id, "todo", one.ts, one.line, confirmed=False)
    assert todos(bot) == ["at the same moment"]


def test_what_is_said_there_is_heard_and_commands_find_the_record(bot: Bot) -> None:
    added(bot)
    history = bot.chat.count("history")
    says(bot, "TODO: heard in team alpha", channel="C2")
    bot.work(timedelta(minutes=3))
    assert "heard in team alpha" in todos(bot)
    assert bot.chat.count("history") == history
    assert bot.record("C2").id == bot.record("C1").id
    assert bot.record("C1").name in bot.command("status", "U1", "C2").sentence
    assert bot.command("start", "U1", "C2").status == 200
    assert len(bot.rows("card")) == 1, "no second record"
    assert not [post for post in bot.chat.posts if post.channel == "C2"]


def test_what_was_missed_in_any_of_them_is_read(bot: Bot) -> None:
    added(bot)
    bot.chat.say("C2", "TODO: missed in team alpha", "U3")
    bot.chat.say("C1", "TODO: missed in the main room", "U3")
    assert bot.service.read_missed() == 1
    bot.work(timedelta(minutes=3))
    assert {"missed in team alpha", "missed in the main room"} <= set(todos(bot))


def test_removed_it_is_another_channel_again_and_what_was_read_of_it_is_gone(bot: Bot) -> None:
    bot.chat.say("C2", "TODO: in team alpha", "U3")
    added(bot)
    assert "does not belong" in bot.command(REMOVE).sentence
    bot.work(timedelta(minutes=2))
    assert todos(bot) == ["in the main room"]
    assert bot.look(lambda unit: unit.harvests.state(bot.record().id, "C2")) is None
    assert not bot.look(lambda unit: unit.records.following("T1", "C2"))
    assert [(each.old, each.new) for each in bot.history() if each.field == "channel"] == [(None, "C2"), ("C2", None)]
    bot.command(ADD)
    bot.work(timedelta(minutes=2))
    assert sorted(todos(bot)) == ["in team alpha", "in the main room"]
    assert len(stored(bot)) == 1


def test_a_channel_with_an_open_record_of_its_own_is_refused_by_its_name(bot: Bot) -> None:
    bot.chat.rooms["C2"].members.add(BOT)
    bot.command("start", "U3", "C2")
    bot.work()
    assert "which is still open" in bot.command(ADD).sentence
    assert bot.record("C2").name in bot.command(ADD).sentence


def test_who_may_not_see_that_record_is_not_told_of_it(bot: Bot) -> None:
    bot.chat.rooms["C2"] = Room({"U3", BOT}, private=True)
    bot.command("start", "U3", "C2")
    bot.work()
    said = bot.command(ADD).sentence
    assert "choose another channel" in said
    assert bot.record("C2").name not in said


def test_a_private_channel_is_not_for_a_record_that_everybody_sees(bot: Bot) -> None:
    bot.chat.rooms["C2"] = Room({"U1", BOT}, private=True)
    assert "it cannot be added" in added(bot)
    assert not bot.look(lambda unit: unit.side_rooms.of(bot.record().id))


def test_of_two_private_channels_everybody_must_be_in_both(bot: Bot) -> None:
    bot.chat.rooms["C1"].private = True
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        unit.outbox.put(rows.place(bot.record(), bot.clock.now()))
    bot.work()
    bot.chat.rooms["C2"] = Room({"U1", "U2", "U3", BOT}, private=True)
    said = added(bot)
    assert "<@U4>" in said
    bot.chat.rooms["C2"].members.add("U4")
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        unit.channels.join("T1", "C2", "U4")
    assert "belongs to" in bot.command(ADD).sentence


def test_a_private_channel_that_the_bot_is_not_in_says_how_to_invite_it(bot: Bot) -> None:
    bot.chat.rooms["C2"] = Room({"U1"}, private=True)
    bot.chat.fail("channel", errors.refused("channel_not_found"))
    assert "/invite" in bot.command(ADD).sentence
    bot.work()
    assert not [row for row in bot.rows() if row["state"] == "dead"], "nobody is bothered with it"
    assert "/invite" in bot.command(ADD).sentence


def test_closed_its_other_channels_are_free(bot: Bot) -> None:
    added(bot)
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        unit.records.save(bot.record().changed(status=Status.CLOSED))
    old = bot.record()
    bot.command("start", "U3", "C2")
    while bot.step(Lane.HARVEST):
        pass
    assert bot.record("C2").id != old.id
    assert bot.record("C1").id == old.id
    assert bot.look(lambda unit: unit.records.get(old.id)).current


def test_only_who_writes_may(bot: Bot) -> None:
    assert "Only" in bot.command(ADD, "U5").sentence
    assert "Only" in bot.command("channel", "U4").sentence
    assert "lives in <#C1> alone" in bot.command("channel", "U2").sentence
    assert "Type `/postmortem channel add" in bot.command("channel add team-alpha", "U2").sentence


def test_a_reaction_there_makes_the_line_that_was_proposed_once_and_it_links_there(bot: Bot) -> None:
    ts = bot.chat.say("C2", "Rolled back release 42, errors are gone", "U3")
    added(bot)
    bot.send(payloads.reaction(ts, "stopwatch", channel="C2"))
    bot.work(timedelta(minutes=2))
    (item,) = bot.look(lambda unit: unit.items.timeline(bot.record().id))
    assert (item.channel_id, side_rooms.place(item.ts)) == ("C2", (ts, 1))
    assert (item.ts, item.line) not in bot.look(lambda unit: unit.items.waiting(bot.record().id, "timeline"))
    document = list(bot.chat.visible_files().values())[-1].content.decode()
    assert f"archives/C2/p{ts.replace('.', '')}" in document


def test_the_channel_of_one_that_was_merged_into_it_may_be_added(bot: Bot) -> None:
    bot.chat.rooms["C2"].members.add(BOT)
    bot.command("start", "U3", "C2")
    bot.work()
    other, record, now = bot.record("C2"), bot.record(), bot.clock.now()
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        into = MergedInto(record.id, record.number, "C1", now, "U1")
        unit.records.save(other.changed(merged=into))
    bot.chat.say("C2", "TODO: of the part", "U3")
    assert "belongs to" in bot.command(ADD).sentence
    bot.work(timedelta(minutes=2))
    assert "of the part" in todos(bot)


def test_with_another_id_it_is_the_same_channel(bot: Bot) -> None:
    bot.chat.say("C2", "TODO: in team alpha", "U3")
    added(bot)
    bot.chat.rooms["C9"] = bot.chat.rooms.pop("C2")
    bot.send(payloads.event({"type": "channel_id_changed", "old_channel_id": "C2", "new_channel_id": "C9"}))
    says(bot, "TODO: under its new id", channel="C9")
    bot.command("harvest")
    bot.work(timedelta(minutes=3))
    assert sorted(todos(bot)) == ["in team alpha", "in the main room", "under its new id"]
    assert bot.record("C9").id == bot.record("C1").id
    assert not bot.look(lambda unit: unit.records.following("T1", "C2"))
