"""What is said while a record is open is kept as it is said, and looked at before long, with nothing posted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy.engine import Engine

from bot.domain.harvest.message import FileRef, Message
from bot.domain.harvest_state import HarvestState, Phase
from bot.domain.status import Status
from tests.fakes import events, payloads
from tests.fakes.bot import Bot
from tests.fakes.chat import BOT, Room


def state(bot: Bot) -> HarvestState:
    record = bot.record()
    found = bot.look(lambda unit: unit.harvests.state(record.id))
    assert isinstance(found, HarvestState)
    return found


def stored(bot: Bot) -> dict[str, Message]:
    found = bot.look(lambda unit: list(unit.harvests.messages(state(bot))))
    return {each.ts: each for each in found}


def todos(bot: Bot) -> list[str]:
    found = bot.look(lambda unit: unit.proposals.load(bot.record().id))
    return [todo.text for todo in found.todos] if found else []


def says(bot: Bot, text: str, user: str = "U3", channel: str = "C1", **values: object) -> str:
    """Somebody writes, and Slack tells the bot."""
    bot.clock.advance(timedelta(seconds=1))
    ts = bot.chat.say(channel, text, user, **values)
    assert bot.send(payloads.event(events.posted(bot.chat.rooms[channel].messages[ts]))).status == 200
    return ts


def edits(bot: Bot, ts: str, **values: object) -> None:
    room = bot.chat.rooms["C1"]
    bot.clock.advance(timedelta(seconds=1))
    at = f"{int(bot.clock.now().timestamp())}.000500"
    room.messages[ts] = replace(room.messages[ts], **values)  # type: ignore[arg-type]
    bot.send(payloads.event(events.changed(room.messages[ts], at)))


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """What is sent to the database, without the frame of transactions."""
    seen: list[str] = []

    def see(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "SELECT set_config")):
            seen.append(statement)

    sqlalchemy_event.listen(engine, "before_cursor_execute", see)
    yield seen
    sqlalchemy_event.remove(engine, "before_cursor_execute", see)


def test_a_todo_that_is_typed_is_proposed_with_nobody_asking_and_nothing_posted(bot: Bot) -> None:
    bot.assigned()
    calls, posts, files = len(bot.chat.calls), len(bot.chat.posts), len(bot.chat.files)
    ts = says(bot, "the pool is small again")
    says(bot, "TODO: size the pool by region", thread_ts=ts)
    bot.work(timedelta(minutes=3))
    assert todos(bot) == ["size the pool by region"]
    assert {name for name, _ in bot.chat.calls[calls:]} == {"update"}
    assert (len(bot.chat.posts), len(bot.chat.files)) == (posts, files)
    assert "1 TODO" in str(bot.card.drawing.blocks)
    assert state(bot).phase is Phase.DONE


def test_while_people_talk_it_is_looked_at_once_a_minute(bot: Bot) -> None:
    bot.assigned()
    seen = [state(bot).finished_at]
    for number in range(24):
        says(bot, f"TODO: number {number}")
        bot.work(timedelta(seconds=9))
        seen.append(state(bot).finished_at)
    assert len(set(seen)) <= 1 + 5, "four minutes"
    bot.work(timedelta(minutes=2))
    assert len(todos(bot)) == 24
    assert not bot.next_due() or bot.next_due() > timedelta(minutes=2)  # type: ignore[operator]


def test_what_was_heard_is_not_asked_for_again(bot: Bot) -> None:
    first = bot.chat.say("C1", "before anybody listened", "U3")
    bot.chat.say("C1", "and its answer", "U4", thread_ts=first)
    bot.assigned()
    threads = bot.chat.count("thread")
    says(bot, "TODO: a late answer", thread_ts=first)
    second = says(bot, "good morning")
    says(bot, "with an answer", thread_ts=second)
    bot.command("harvest")
    bot.work()
    assert bot.chat.count("thread") == threads
    assert todos(bot) == ["a late answer"]


def test_a_reply_that_was_missed_has_its_thread_read_though_a_later_one_was_heard(bot: Bot) -> None:
    first = bot.chat.say("C1", "the alert", "U3")
    bot.assigned()
    bot.chat.say("C1", "TODO: nobody heard this", "U4", thread_ts=first)
    says(bot, "heard", thread_ts=first)
    bot.command("harvest")
    bot.work()
    assert todos(bot) == ["nobody heard this"]


def test_files_alerts_and_broadcasts_are_kept_and_our_own_messages_not(bot: Bot) -> None:
    bot.assigned()
    file = FileRef("F9", "graph.png", "https://acme.slack.com/files/F9", "image/png")
    parent = says(bot, "look", subtype="file_share", files=(file,))
    alert = says(bot, "CPU high", "UPAGER", subtype="bot_message", bot_id="B7", bot_name="alerts")
    broadcast = says(bot, "for all", subtype="thread_broadcast", thread_ts=parent)
    ours = says(bot, "our card", BOT)
    kept = stored(bot)
    assert kept[parent].files == (file,)
    assert kept[alert].bot_name == "alerts"
    assert kept[broadcast].thread_ts == parent
    assert ours not in kept


def test_edits_and_previews_are_followed_and_the_older_words_never_come_back(bot: Bot) -> None:
    bot.assigned()
    ts = says(bot, "TODO: befor https://x.example/1")
    first = bot.chat.rooms["C1"].messages[ts]
    edits(bot, ts, links=("https://x.example/preview",))
    assert stored(bot)[ts].links == ("https://x.example/preview",)
    edits(bot, ts, text="TODO: before", edited_ts="1764599999.000100")
    bot.send(payloads.event(events.posted(first)))
    assert stored(bot)[ts].text == "TODO: before"
    bot.work(timedelta(minutes=2))
    assert todos(bot) == ["before"]


def test_a_deleted_message_keeps_its_words_whether_it_is_heard_or_read(bot: Bot) -> None:
    bot.assigned()
    ts = says(bot, "TODO: said and deleted")
    room = bot.chat.rooms["C1"]
    bot.send(payloads.event(events.deleted(room.messages[ts], f"{ts}1")))
    edits(bot, ts, text="This message was deleted.", subtype="tombstone", user_id="USLACKBOT", reply_count=1)
    bot.command("harvest all")
    bot.work(timedelta(minutes=2))
    assert stored(bot)[ts].text == "TODO: said and deleted"


def test_the_same_event_again_in_another_envelope_changes_nothing(bot: Bot) -> None:
    bot.assigned()
    says(bot, "TODO: once")
    bot.work(timedelta(minutes=2))
    before = bot.contents()
    heard = events.posted(next(each for each in stored(bot).values() if each.text == "TODO: once"))
    for _ in range(3):
        bot.send(payloads.event(heard))
    after = bot.contents()
    assert after.pop("receipt") != before.pop("receipt")
    assert after == before


@pytest.mark.parametrize("where", ["with no record", "whose record is closed"])
def test_a_message_elsewhere_costs_one_look_up_and_is_not_kept(bot: Bot, where: str) -> None:
    bot.assigned()
    if where == "whose record is closed":
        closed(bot)
    channel = "C1" if where == "whose record is closed" else "C2"
    bot.chat.rooms["C2"] = Room({"U1", BOT})
    ts = bot.chat.say(channel, "the lunch is here", "U3")
    message = bot.chat.rooms[channel].messages[ts]
    before, calls = bot.contents(), len(bot.chat.calls)
    for each in (
        events.posted(message),
        events.posted(replace(message, thread_ts="1700000000.000100")),
        events.changed(replace(message, edited_ts=ts, thread_ts="1700000000.000100"), ts),
        events.deleted(message, ts),
    ):
        with statements(bot.engine) as seen:
            assert bot.send(payloads.event(each)).status == 200
        assert len(seen) == 1
        assert seen[0].startswith("SELECT")
    assert bot.contents() == before
    assert len(bot.chat.calls) == calls


def test_what_is_said_while_the_channel_is_read_is_in_the_same_analysis(bot: Bot) -> None:
    bot.chat.page = 3
    for number in range(7):
        bot.chat.say("C1", f"TODO: parent {number}", "U3")
    bot.command("assign <@U2|b>")
    bot.chat.fail("history", None, skip=1, meanwhile=lambda: says(bot, "TODO: in between") and None)
    bot.work(timedelta(minutes=3))
    assert len(todos(bot)) == 8


def test_what_is_said_during_an_analysis_is_in_the_next(bot: Bot) -> None:
    bot.assigned()
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        held = unit.harvests.state(bot.record().id, lock=True)
        assert held
        unit.harvests.put_state(replace(held, phase=Phase.ANALYSE))
    says(bot, "TODO: late")
    assert state(bot).heard_at
    bot.command("harvest")
    bot.work(timedelta(minutes=3))
    assert todos(bot) == ["late"]
    assert state(bot).heard_at is None


def test_started_during_the_incident_capture_is_live_from_then_on_and_the_card_says_so(bot: Bot) -> None:
    bot.chat.say("C1", "TODO: said before", "U3")
    assert bot.command("start").status == 200
    says(bot, "TODO: said before the first page was asked for")
    bot.work()
    says(bot, "TODO: said after")
    calls = bot.chat.count("history")
    bot.work(timedelta(minutes=3))
    assert todos(bot) == ["said before", "said before the first page was asked for", "said after"]
    assert bot.chat.count("history") == calls
    assert "everything is heard live" in str(bot.card.drawing.blocks)
    assert not any("Is it over" in post.text for post in bot.chat.posts)


def closed(bot: Bot) -> None:
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        unit.records.save(bot.record().changed(status=Status.CLOSED))


def test_a_reply_in_a_thread_from_before_the_window_is_another_incidents(bot: Bot) -> None:
    old = bot.chat.say("C1", "last week's incident", "U3")
    bot.clock.advance(timedelta(minutes=1))
    bot.assigned()
    closed(bot)
    bot.clock.advance(timedelta(hours=1))
    bot.command("start")
    bot.work()
    late = says(bot, "TODO: of last week", thread_ts=old)
    new = says(bot, "TODO: of today")
    assert late not in stored(bot)
    assert new in stored(bot)
