"""Reading the channel: every page and thread once, resumed wherever it stopped, and a part never shown as the whole."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.blocks import ids
from bot.domain.harvest_state import HarvestState, Phase
from bot.domain.outgoing import Lane
from bot.domain.topics import Topic
from tests.fakes import errors, events, payloads
from tests.fakes.bot import Bot
from tests.fakes.chat import BOT


def state(bot: Bot) -> HarvestState:
    record = bot.record()
    found = bot.look(lambda unit: unit.harvests.state(record.id))
    assert isinstance(found, HarvestState)
    return found


def todos(bot: Bot) -> list[str]:
    record = bot.record()
    found = bot.look(lambda unit: unit.proposals.load(record.id))
    return [todo.text for todo in found.todos] if found else []


def told(bot: Bot) -> int:
    return bot.chat.count("history") + bot.chat.count("thread")


def fill(bot: Bot, parents: int = 7, replies: int = 3) -> None:
    """A channel of messages, each second one with a thread; a TODO in each place."""
    bot.chat.page = 3
    for number in range(parents):
        ts = bot.chat.say("C1", f"TODO: parent {number}", "U3")
        for reply in range(replies if number % 2 else 0):
            bot.chat.say("C1", f"TODO: reply {number}.{reply}", "U2", thread_ts=ts)


def test_every_page_and_every_thread_is_read_once(bot: Bot) -> None:
    fill(bot)
    bot.assigned()
    assert state(bot).phase is Phase.DONE
    assert len(todos(bot)) == 7 + 3 * 3
    pages = [call["cursor"] for name, call in bot.chat.calls if name == "history"]
    assert len(pages) == len(set(pages)) >= 3
    threads = [(call["ts"], call["cursor"]) for name, call in bot.chat.calls if name == "thread"]
    assert len(threads) == len(set(threads)) == 3 * 2  # four messages in a thread, three a page


def test_the_newest_of_timestamps_of_any_length_is_the_latest(bot: Bot) -> None:
    bot.chat.say("C1", "TODO: from long ago", ts="999999999.000200")
    last = bot.chat.say("C1", "TODO: from now")
    bot.assigned()
    assert float(state(bot).newest) >= float(last)
    assert len(todos(bot)) == 2


def test_the_card_says_how_far_it_got(bot: Bot) -> None:
    fill(bot)
    bot.command("assign <@U2|b>")
    seen = []
    for _ in range(200):
        before = len(bot.chat.posts) + sum(len(post.drawings) for post in bot.chat.posts)
        bot.clock.advance(timedelta(seconds=3))
        bot.step(Lane.HARVEST)
        bot.workers[Lane.MESSAGES].drain()
        if before != len(bot.chat.posts) + sum(len(post.drawings) for post in bot.chat.posts):
            seen.append(str(bot.card.drawing.blocks))
        if state(bot).phase is Phase.DONE:
            break
    assert any("Reading the channel" in each for each in seen)
    assert any("of 3 threads read" in each and "Reading the threads" in each for each in seen)
    assert not any("The channel was read" in each for each in seen[:-1])
    assert "The channel was read: 16 messages and 3 of 3 threads" in str(bot.card.drawing.blocks)


def shown_while_reading(bot: Bot, a_step: timedelta) -> list[str]:
    """The card after each step of the reading, with so much time between two."""
    seen = []
    for _ in range(200):
        bot.clock.advance(a_step)
        bot.step(Lane.HARVEST)
        bot.workers[Lane.MESSAGES].drain()
        seen.append(str(bot.card.drawing.blocks) if bot.card else "")
        if state(bot).phase is Phase.DONE:
            break
    return seen


def test_the_card_says_how_long_it_will_still_take_and_less_as_it_goes_on(bot: Bot) -> None:
    fill(bot, parents=30, replies=1)
    bot.command("assign <@U2|b>")
    seen = shown_while_reading(bot, timedelta(seconds=60))
    told = [found[1] for each in seen if (found := re.search(r"so far; (about .*?) more", each))]
    assert list(dict.fromkeys(told)) == [*(f"about {each} minutes" for each in (15, 10, 5, 3)), "about a minute"]
    assert any("so far; about 10 minutes more, at one call a minute, as Slack allows." in each for each in seen)
    assert " read so far" not in seen[-1]


def test_how_far_back_a_reading_is_says_roughly_how_long_a_channel_takes(bot: Bot) -> None:
    fill(bot, parents=30)
    bot.command("assign <@U2|b>")
    bot.step(Lane.HARVEST)
    before = state(bot)
    assert before.reached
    assert before.pages == before.calls == 1
    bot.step(Lane.HARVEST)
    after = state(bot)
    assert float(after.reached or 0) < float(before.reached) < float(after.newest)
    seen = shown_while_reading(bot, timedelta(seconds=60))
    assert any("so far; how long it will still take cannot be told yet" in each for each in seen)


def test_the_bot_joins_a_public_channel_by_itself(bot: Bot) -> None:
    bot.chat.rooms["C1"].members.discard(BOT)
    bot.chat.say("C1", "TODO: read me")
    bot.assigned()
    assert todos(bot) == ["read me"]


def test_a_channel_it_cannot_join_stops_with_a_sentence_and_a_way_to_try_again(bot: Bot) -> None:
    room = bot.chat.rooms["C1"]
    bot.chat.say("C1", "TODO: read me")
    bot.command("assign <@U2|b>")
    bot.work()
    bot.chat.fail("history", errors.refused("not_in_channel"), times=2)
    bot.chat.fail("join", errors.refused("method_not_supported_for_channel_type"))
    bot.command("harvest")
    bot.work()
    assert state(bot).phase is Phase.STOPPED
    assert "/invite" in str(bot.card.drawing.blocks)
    assert "Reading the channel stopped" in str(bot.card.drawing.blocks)
    bot.chat.faults.clear()
    room.members.add(BOT)
    bot.chat.say("C1", "TODO: and me")
    bot.press(ids.HARVEST_AGAIN, bot.record().id)
    bot.work()
    assert state(bot).phase is Phase.DONE
    assert todos(bot) == ["read me", "and me"]
    assert "stopped" not in str(bot.card.drawing.blocks)
    assert "Not everything worked" not in str(bot.card.drawing.blocks)


def test_in_a_private_channel_where_it_is_not_everybody_is_told_and_invited_it_goes_on(bot: Bot) -> None:
    room = bot.chat.rooms["C1"]
    room.private = True
    room.members.discard(BOT)
    bot.chat.say("C1", "TODO: read me")
    bot.command("assign <@U2|b>")
    bot.work(timedelta(hours=1))
    assert state(bot).phase is Phase.STOPPED
    assert "designated you" in bot.chat.told("U2")[0].text
    assert [post for post in bot.chat.told("U1") if f":{Topic.TROUBLE}:" in post.mark]
    room.members.add(BOT)
    bot.command("harvest")
    bot.work()
    assert todos(bot) == ["read me"]
    assert bot.card


def test_reading_again_finds_the_same_and_doubles_nothing(bot: Bot) -> None:
    fill(bot)
    bot.assigned()
    before = findings(bot)
    bot.command("harvest all")
    bot.work()
    assert findings(bot) == before


def findings(bot: Bot) -> tuple[object, object]:
    """What was found, and every message that was read."""
    record = bot.record()
    found = bot.look(lambda unit: unit.proposals.load(record.id))
    return found, bot.look(lambda unit: list(unit.harvests.messages(state(bot))))


def test_a_todo_written_later_is_found_by_the_next_reading(bot: Bot) -> None:
    fill(bot)
    bot.assigned()
    bot.chat.say("C1", "TODO: late one")
    bot.command("harvest")
    bot.work()
    assert todos(bot).count("late one") == 1
    assert len(todos(bot)) == 17


def test_a_reply_to_an_old_thread_is_found_by_the_next_reading(bot: Bot) -> None:
    fill(bot)
    bot.assigned()
    parent = next(each for each in bot.chat.rooms["C1"].messages.values() if each.is_parent)
    reply = bot.chat.say("C1", "TODO: late reply", thread_ts=parent.ts)
    bot.send(payloads.event(events.posted(bot.chat.rooms["C1"].messages[reply])))
    bot.command("harvest")
    bot.work()
    assert todos(bot).count("late reply") == 1


def test_an_edited_todo_changes_and_a_deleted_message_keeps_what_was_recorded(bot: Bot) -> None:
    ts = bot.chat.say("C1", "TODO: befor")
    bot.assigned()
    room = bot.chat.rooms["C1"]
    room.messages[ts] = replace(room.messages[ts], text="TODO: before", edited_ts=ts)
    bot.command("harvest")
    bot.work()
    assert todos(bot) == ["before"]
    del room.messages[ts]
    bot.command("harvest all")
    bot.work()
    assert todos(bot) == ["before"]


def test_a_thread_that_is_gone_is_passed_over(bot: Bot) -> None:
    fill(bot, parents=2)
    bot.chat.fail("thread", errors.refused("thread_not_found"))
    bot.assigned()
    assert state(bot).phase is Phase.DONE


def test_only_what_is_new_is_asked_for_once_there_is_much(bot: Bot) -> None:
    for number in range(1100):
        bot.chat.say("C1", f"message {number}")
    bot.assigned()
    first = told(bot)
    bot.chat.say("C1", "TODO: new")
    bot.command("harvest")
    bot.work()
    assert told(bot) == first + 1
    assert todos(bot) == ["new"]


def test_slack_asking_to_wait_is_shown_and_obeyed_and_the_result_is_the_same(bot: Bot) -> None:
    fill(bot)
    bot.command("assign <@U2|b>")
    bot.chat.fail("thread", errors.wait(300))
    bot.work()
    assert "asked us to wait until" in str(bot.card.drawing.blocks)
    assert "The channel was read" not in str(bot.card.drawing.blocks)
    bot.work(timedelta(minutes=10))
    assert len(todos(bot)) == 16
    assert "asked us to wait" not in str(bot.card.drawing.blocks)


def test_asking_for_a_reading_while_one_waits_does_not_call_earlier(bot: Bot) -> None:
    fill(bot)
    bot.command("assign <@U2|b>")
    bot.chat.fail("history", errors.wait(600), times=3)
    bot.work()
    assert "being read already" in bot.command("harvest").sentence
    bot.work(timedelta(hours=1))
    assert len(todos(bot)) == 16


def test_what_is_said_while_the_channel_is_read_is_read_when_somebody_asks(bot: Bot) -> None:
    fill(bot)
    bot.command("assign <@U2|b>")
    bot.chat.fail("thread", errors.wait(60))
    bot.work()
    bot.chat.say("C1", "TODO: said while the first reading waited", "U3")
    assert "read right after" in bot.command("harvest").sentence
    bot.work(timedelta(minutes=5))
    assert any("said while the first reading waited" in str(todo) for todo in todos(bot))
    assert len(todos(bot)) == 17


def test_restarted_in_the_middle_a_step_of_the_older_reading_is_not_kept(bot: Bot) -> None:
    fill(bot)
    bot.assigned()
    bot.command("harvest all")

    def restart() -> None:
        with bot.store.transaction(timedelta(seconds=5)) as unit:
            held = unit.harvests.state(bot.record().id, lock=True)
            assert held
            unit.harvests.put_state(replace(held, requested_at=bot.clock.now() + timedelta(seconds=1), cursor=None))

    bot.chat.fail("history", None, meanwhile=restart)
    bot.work()
    assert state(bot).phase is Phase.DONE
    assert len(todos(bot)) == 16


def test_names_come_from_the_list_of_people(engine: Engine) -> None:
    bot = Bot(engine, synced=False)
    bot.chat.page = 4
    bot.chat.say("C1", "IC: Ana, Deputy: Ben, Scribe: Chioma", "U4")
    bot.assigned()
    assert bot.chat.count("people") == 3
    found = bot.look(lambda unit: unit.proposals.load(bot.record().id))
    assert found.ic.user_id == "U1"
    assert bot.chat.count("person") <= 1, "only the owner may be asked for, before the list is known"


METHODS = [(method, k) for method, most in (("history", 3), ("thread", 6)) for k in range(most)]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(("method", "call"), METHODS, ids=[f"{method} {k}" for method, k in METHODS])
def test_killed_at_any_call_it_goes_on_where_it_was(bot: Bot, method: str, call: int, after: bool) -> None:
    fill(bot)
    bot.command("assign <@U2|b>")
    bot.chat.fail(method, errors.Crash(), after=after, skip=call)
    with pytest.raises(errors.Crash):
        bot.work()
    again = Bot(bot.engine, clock=bot.clock, chat=bot.chat)
    again.service.take_over()
    again.work(timedelta(minutes=2))
    assert state(again).phase is Phase.DONE
    replies = [f"reply {n}.{r}" for n in (1, 3, 5) for r in range(3)]
    assert sorted(todos(again)) == sorted([f"parent {n}" for n in range(7)] + replies)
    assert told(bot) <= 3 + 6 + 1, "one page or one thread is read again, not more"
