"""What is posted is posted once, whatever happens to the answer; what is wrong for good is given up and said."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.outgoing import Lane
from bot.domain.topics import Topic
from bot.jobs.worker import MAX_ATTEMPTS, MAX_BUGS, backoff
from tests.fakes import errors
from tests.fakes.bot import Bot


def copies(bot: Bot, kind: str) -> int:
    """How many messages of this kind people can see."""
    return sum(post.mark.startswith(f"{kind}:") for channel in bot.chat.rooms for post in bot.chat.in_room(channel))


def trouble(bot: Bot, user: str) -> list[str]:
    return [post.text for post in bot.chat.told(user) if f":{Topic.TROUBLE}:" in post.mark]


def row(bot: Bot, kind: str) -> dict[str, object]:
    (found,) = bot.rows(kind)
    return found


@pytest.mark.parametrize("call", range(3), ids=["card", "steps or message", "the next"])
@pytest.mark.parametrize("times", [1, 3])
def test_a_message_whose_answer_was_lost_is_found_and_not_sent_again(bot: Bot, call: int, times: int) -> None:
    for number in range(times):
        bot.chat.fail("post", errors.lost(), after=number == 0, skip=call if number == 0 else 0)
    bot.assigned()
    assert [copies(bot, kind) for kind in ("card", "role_steps", "owner_dm")] == [1, 1, 1]
    assert {each["state"] for each in bot.rows() if each["kind"] in ("card", "role_steps", "owner_dm")} == {"done"}


@pytest.mark.parametrize("method", ["post", "open_dm", "pin", "update", "invite", "history", "people"])
@pytest.mark.parametrize("after", [False, True], ids=["before the act", "after the act"])
def test_a_server_in_trouble_is_tried_again_until_all_is_done(bot: Bot, method: str, after: bool) -> None:
    bot.chat.fail(method, errors.server_error(), after=after)
    bot.chat.fail(method, errors.server_error(), after=after, skip=1)
    bot.chat.say("C1", "TODO: look at it")
    bot.assigned("U5")
    assert [copies(bot, kind) for kind in ("card", "role_steps", "owner_dm")] == [1, 1, 1]
    assert not bot.look(lambda unit: unit.outbox.dead(bot.record().id))
    assert bot.card.ts in bot.chat.rooms["C1"].pins
    assert "U5" in bot.chat.rooms["C1"].members


def test_a_card_found_again_shows_what_is_true_now(bot: Bot) -> None:
    bot.chat.fail("post", errors.lost(), after=True)
    bot.command("start")
    while not bot.chat.posts:
        bot.step(Lane.MESSAGES)
    bot.command("assign <@U2|ben>")
    bot.clock.advance(timedelta(seconds=10))
    bot.workers[Lane.MESSAGES].drain()
    assert bot.rows("card")[0]["state"] == "done"
    assert "owner <@U2>" in bot.card.text
    assert bot.chat.count("find") == 1


def test_a_wait_is_kept_and_is_no_attempt(bot: Bot) -> None:
    bot.command("start")
    bot.chat.fail("post", errors.wait(40), times=99)
    bot.step(Lane.MESSAGES)
    asked = bot.chat.count("post")
    assert row(bot, "card")["attempts"] == 0
    bot.clock.advance(timedelta(seconds=39))
    waiting = row(bot, "card")
    bot.step(Lane.MESSAGES)
    assert row(bot, "card") == waiting, "not a second too early"
    assert asked >= 1
    bot.chat.faults.clear()
    bot.later(timedelta(minutes=2))
    assert copies(bot, "card") == 1


def test_ten_minutes_of_waiting_give_nothing_up(bot: Bot) -> None:
    bot.command("assign <@U2|b>")
    bot.chat.fail("*", errors.wait(110), times=1_000_000)
    bot.work(timedelta(minutes=10))
    assert {each["state"] for each in bot.rows() if each["kind"] != "document"} == {"open"}
    bot.chat.faults.clear()
    bot.work(timedelta(minutes=2))
    assert [copies(bot, kind) for kind in ("card", "role_steps", "owner_dm")] == [1, 1, 1]


def test_the_pauses_grow_and_have_an_end() -> None:
    pauses = [backoff(attempts) for attempts in range(1, 30)]
    assert pauses[:4] == [timedelta(seconds=2), timedelta(seconds=4), timedelta(seconds=8), timedelta(seconds=16)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == timedelta(minutes=15)


def test_trouble_without_end_is_given_up_shown_and_told_once(bot: Bot) -> None:
    bot.command("assign <@U2|b>")
    (steps,) = bot.rows("role_steps")
    while bot.rows("role_steps")[0]["state"] == "open":
        bot.chat.faults.clear()
        # The steps by role fail and nothing else does.
        bot.chat.fail("post", errors.server_error(), times=50)
        with_only(bot, steps["key"])
        bot.clock.advance(timedelta(minutes=16))
    assert row(bot, "role_steps")["attempts"] == MAX_ATTEMPTS
    bot.chat.faults.clear()
    bot.work()
    assert "Not everything worked" in str(bot.card.drawing.blocks)
    for user in ("U1", "U2"):
        (told,) = trouble(bot, user)
        assert "The steps by role could not be posted" in told


def with_only(bot: Bot, key: str) -> None:
    """Work one row alone."""
    worker = bot.workers[Lane.MESSAGES]
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        rows = unit.outbox.claim(Lane.MESSAGES, by=worker.name, limit=99, lease=timedelta(seconds=60))
        for each in rows:
            if each.key != key:
                unit.outbox.later(each, worker.name, wait=timedelta(0), error=None, keep_attempts=False)
    for each in rows:
        if each.key == key:
            worker.handle(each)


@pytest.mark.parametrize("name", ["is_archived", "restricted_action", "missing_scope", "channel_not_found"])
def test_what_is_refused_for_good_is_given_up_at_once_and_each_concerned_is_told_once(bot: Bot, name: str) -> None:
    bot.assigned()
    calls = bot.chat.count("post")
    bot.command("assign <@U3|c>")
    bot.chat.fail("post", errors.refused(name), times=1)
    with_only(bot, next(each["key"] for each in bot.rows("channel_note") if "handed_over" in each["key"]))
    assert bot.chat.count("post") == calls + 1
    bot.work(timedelta(hours=1))
    for user in ("U1", "U3"):
        (told,) = trouble(bot, user)
        assert "A note could not be posted" in told
    assert "Not everything worked" in str(bot.card.drawing.blocks)


def test_an_archived_channel_stops_the_card_and_is_told_once_for_all_that_fails(bot: Bot) -> None:
    bot.assigned()
    bot.chat.rooms["C1"].archived = True
    bot.command("assign <@U3|c>")
    bot.work(timedelta(hours=2))
    calls = len(bot.chat.calls)
    bot.work(timedelta(hours=2))
    assert len(bot.chat.calls) == calls, "nothing is tried any more"
    for user in ("U1", "U3"):
        assert len([post for post in bot.chat.told(user) if ":room_closed:" in post.mark]) == 1
        assert trouble(bot, user) == []
    assert "designated you" in bot.chat.told("U3")[0].text


def test_a_row_of_ours_that_always_breaks_does_not_stop_the_others(bot: Bot) -> None:
    bot.command("assign <@U2|b>")
    bot.chat.fail("pin", ValueError("a bug"), times=99)
    bot.work(timedelta(hours=1))
    assert row(bot, "pin_card")["state"] == "dead"
    assert row(bot, "pin_card")["attempts"] == MAX_BUGS
    assert [copies(bot, kind) for kind in ("card", "role_steps", "owner_dm")] == [1, 1, 1]


def test_a_bug_is_said_with_an_id_and_without_its_insides(bot: Bot) -> None:
    bot.command("assign <@U2|b>")
    (steps,) = bot.rows("role_steps")
    for _ in range(MAX_BUGS):
        bot.chat.fail("post", KeyError("secret insides"))
        with_only(bot, steps["key"])
        bot.chat.faults.clear()
        bot.clock.advance(timedelta(minutes=16))
    bot.work()
    (told,) = trouble(bot, "U1")
    assert "An error of ours (id " in told
    assert "secret insides" not in str(bot.rows())


def test_a_card_that_somebody_deleted_is_posted_anew_and_pinned(bot: Bot) -> None:
    bot.assigned()
    first = bot.card
    bot.chat.delete(first)
    bot.command("assign <@U3|c>")
    bot.work()
    assert bot.card.ts != first.ts
    assert bot.card.ts in bot.chat.rooms["C1"].pins
    bot.press("owner_accept", bot.record().id, "U3")
    bot.work()
    assert len(bot.card.drawings) > 1, "edited in place from then on"


def test_a_message_to_the_owner_that_was_deleted_is_written_again_when_there_is_news(bot: Bot) -> None:
    bot.assigned()
    bot.chat.delete(bot.chat.told("U2")[0])
    bot.press("owner_accept", bot.record().id, "U2")
    bot.work()
    (again,) = bot.chat.told("U2")
    assert "You accepted" in str(again.drawing.blocks)


def test_a_change_while_the_card_is_being_drawn_is_drawn_too(bot: Bot) -> None:
    bot.command("start")
    bot.chat.fail("post", None, meanwhile=lambda: bot.command("assign <@U2|b>") and None)
    bot.work()
    assert "owner <@U2>" in bot.card.text
    assert row(bot, "card")["state"] == "done"


def test_a_stream_of_changes_neither_loses_the_last_nor_posts_twice(bot: Bot) -> None:
    bot.assigned()
    for number in range(5):
        bot.chat.fail("update", None, meanwhile=lambda n=number: bot.command(f"assign <@U{3 + n % 2}|x>") and None)
    bot.command("assign <@U3|c>")
    bot.work()
    assert f"owner <@{bot.record().owner}>" in bot.card.text
    assert copies(bot, "card") == 1


def test_two_workers_never_do_the_same_row(bot: Bot) -> None:
    twin = Bot(bot.engine, clock=bot.clock, chat=bot.chat)
    bot.command("assign <@U2|b>")
    done = []
    bot.chat.fail("post", None, times=9, meanwhile=lambda: done.append(twin.step(Lane.MESSAGES)))
    bot.work()
    assert [copies(bot, kind) for kind in ("card", "role_steps", "owner_dm")] == [1, 1, 1]


def test_a_worker_that_died_in_the_middle_is_taken_over_without_a_second_message(bot: Bot) -> None:
    bot.command("assign <@U2|b>")
    bot.chat.fail("post", errors.Crash(), after=True)
    with pytest.raises(errors.Crash):
        bot.work()
    after = Bot(bot.engine, clock=bot.clock, chat=bot.chat)
    after.work(timedelta(minutes=5))
    assert [copies(bot, kind) for kind in ("card", "role_steps", "owner_dm")] == [1, 1, 1]


def test_the_only_process_takes_over_at_once(bot: Bot) -> None:
    bot.command("assign <@U2|b>")
    bot.chat.fail("post", errors.Crash(), after=True)
    with pytest.raises(errors.Crash):
        bot.work()
    after = Bot(bot.engine, clock=bot.clock, chat=bot.chat)
    after.service.take_over()
    after.work(timedelta(seconds=15))
    assert [copies(bot, kind) for kind in ("card", "role_steps", "owner_dm")] == [1, 1, 1]


def test_a_slow_harvest_does_not_hold_up_messages(bot: Bot) -> None:
    bot.command("assign <@U2|b>")
    bot.chat.fail("history", errors.wait(3600), times=99)
    bot.work()
    assert [copies(bot, kind) for kind in ("card", "role_steps", "owner_dm")] == [1, 1, 1]
    assert "asked us to wait" in str(bot.card.drawing.blocks)


def test_an_old_row_is_never_early(bot: Bot) -> None:
    bot.assigned()
    wait = bot.next_due()
    assert wait is not None
    assert wait > timedelta(hours=19)
