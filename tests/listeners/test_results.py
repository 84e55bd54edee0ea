"""The results are told once in each place when a post-mortem is reviewed, kept as they are, and taken back (R-54, R-63)."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot.blocks import ids
from bot.domain.actions import ActionItem, ActionKind, Decision, Priority
from bot.domain.content import Entry, Section
from bot.domain.external_message import ExternalMessage
from bot.domain.place import Channel
from bot.domain.policy import Policy
from bot.domain.status import Status
from bot.ports.errors import IntegrationError
from bot.usecases import results_rows, rows
from tests.fakes.bot import Bot
from tests.fakes.chat import BOT, Post, Room
from tests.listeners import handing
from tests.listeners.handing import OWNER

LEARNINGS = "CLEARN"
PATIENCE = timedelta(seconds=5)
_views = itertools.count(1)
SAID = "Orders were slow for <!channel> & *everybody*: 2 < 3."


def made(engine: Engine, **policy: Any) -> Bot:
    bot = Bot(engine, policy=Policy(**({"learnings_channel": LEARNINGS} | policy)))
    bot.chat.rooms[LEARNINGS] = Room({"U5", BOT})
    bot.assigned()
    write(bot, SAID)
    return bot


@pytest.fixture
def bot(engine: Engine) -> Bot:
    """A post-mortem that is written, and a channel for what there is to learn."""
    return made(engine)


def write(bot: Bot, overview: str, version: int = 1) -> None:
    record, now = bot.record(), bot.clock.now()
    with bot.store.transaction(PATIENCE) as unit:
        unit.contents.save(record.id, Entry(Section.OVERVIEW, {"overview": overview}, version, OWNER, now))
        unit.outbox.put(rows.card(record, now), rows.document(record, now))


def review(bot: Bot) -> None:
    handing.reviewed(bot)


def told(bot: Bot, channel: str | None = None) -> list[Post]:
    found = [post for post in bot.chat.posts if post.mark.startswith("results_post:")]
    return [post for post in found if channel in (None, post.channel)]


def whole(post: Post) -> str:
    return str(post.drawing.blocks)


def send_back(bot: Bot, to: str = "move_in_review", seen: Status = Status.REVIEWED) -> None:
    bot.press(to, f"{bot.record().id}:{seen.value}", OWNER)
    assert not bot.submit(bot.screens.form(), OWNER, f"VB{next(_views)}", reason="A number is wrong.").errors
    bot.work()


def test_both_channels_are_told_once_with_the_link_and_nobody_is_pinged(bot: Bot) -> None:
    review(bot)
    assert sorted(post.channel for post in told(bot)) == ["C1", LEARNINGS]
    bot.work()
    bot.later(timedelta(days=2))
    assert len(told(bot)) == 2
    for post in told(bot):
        assert "was reviewed" in post.text
        assert "https://acme.slack.com/files/" in whole(post)
        assert "&lt;!channel&gt; &amp;" in whole(post)
        assert "<!channel>" not in whole(post)
        assert "<@" not in whole(post)


def test_it_is_told_when_it_is_closed_without_a_stop_at_reviewed(engine: Engine) -> None:
    bot = made(engine)
    handing.held(bot)
    with bot.store.transaction(PATIENCE) as unit:
        unit.meetings.put_external(
            bot.record().id, replace(handing.decision(bot), value=ExternalMessage.NONE, reason="Nobody saw it.")
        )
    bot.press(ids.MOVE_CLOSED, f"{bot.record().id}:{Status.IN_REVIEW.value}", OWNER)
    bot.work()
    assert bot.record().status is Status.CLOSED
    assert len(told(bot)) == 2


def test_without_the_setting_only_the_incidents_channel_is_told(engine: Engine) -> None:
    bot = made(engine, learnings_channel=None)
    review(bot)
    assert [post.channel for post in told(bot)] == ["C1"]


def test_new_words_and_a_new_link_are_drawn_in_place_and_nothing_is_drawn_for_nothing(bot: Bot) -> None:
    review(bot)
    before = [len(post.drawings) for post in told(bot)]
    with bot.store.transaction(PATIENCE) as unit:
        results_rows.follow(unit, bot.record(), bot.clock.now())
    bot.work()
    assert [len(post.drawings) for post in told(bot)] == before
    write(bot, "Orders were slow, and are fast again.", 2)
    bot.work()
    bot.command("page https://wiki.example/pm-1", OWNER)
    bot.work()
    for post in told(bot):
        assert "are fast again" in whole(post)
        assert "https://wiki.example/pm-1" in whole(post)
    assert len(told(bot)) == 2


def test_what_follows_is_told_with_the_most_urgent_first(bot: Bot) -> None:
    now, record = bot.clock.now(), bot.record()
    for place, priority in enumerate((Priority.LOWER, Priority.P0)):
        item = ActionItem(
            f"a{place}",
            record.id,
            f"Do {priority}",
            Decision.TICKET,
            OWNER,
            now,
            kind=ActionKind.PREVENT,
            priority=priority,
        )
        with bot.store.transaction(PATIENCE) as unit:
            unit.items.put_action(item)
    review(bot)
    said = whole(told(bot)[0])
    assert "2 action items are open (1 P0)" in said
    assert said.index("Do P0") < said.index("Do lower")


def test_taken_back_to_review_nothing_of_it_stands_and_the_next_review_draws_it_anew(bot: Bot) -> None:
    review(bot)
    send_back(bot)
    for post in told(bot):
        assert "taken back" in post.text
        assert "Orders" not in whole(post)
        assert "files/" not in whole(post)
    send_back(bot, "move_draft", Status.IN_REVIEW)
    assert all("Draft" in post.text for post in told(bot))
    handing.held(bot)
    handing.review_again(bot)
    bot.work()
    assert len(told(bot)) == 2
    assert all("Orders were slow" in whole(post) for post in told(bot))


def restrict(bot: Bot) -> None:
    with bot.store.transaction(PATIENCE) as unit:
        unit.channels.put(Channel("T1", "C1", "inc", True, False, bot.clock.now(), frozenset({"U1", "U2"})))
        record = unit.records.get(bot.record().id, lock=True)
        assert record
        unit.records.save(record.changed(title="A leaked key"))
    bot.command("restrict a key leaked", OWNER)
    assert bot.record().restricted
    bot.work()


def test_restricted_afterwards_neither_words_nor_title_stand_anywhere(bot: Bot) -> None:
    review(bot)
    restrict(bot)
    for post in told(bot):
        assert post.text == "The results of PM-1 were taken back: they are not told here any more."
        assert whole(post).count("PM-1") == 1
        assert "leaked" not in whole(post)


def test_a_restricted_one_is_told_nowhere(bot: Bot) -> None:
    restrict(bot)
    review(bot)
    assert told(bot) == []


def test_of_a_private_channel_only_its_own_people_are_told(bot: Bot) -> None:
    with bot.store.transaction(PATIENCE) as unit:
        unit.channels.put(Channel("T1", "C1", "inc", True, False, bot.clock.now(), frozenset({"U1", "U2"})))
    review(bot)
    assert [post.channel for post in told(bot)] == ["C1"]


def test_what_somebody_deleted_is_not_posted_again_to_take_it_back(bot: Bot) -> None:
    review(bot)
    (post,) = told(bot, LEARNINGS)
    bot.chat.delete(post)
    send_back(bot)
    assert len(told(bot)) == 2
    assert "taken back" in told(bot, "C1")[0].text


@pytest.mark.parametrize("trouble", ["not_in_channel", "channel_not_found", "is_archived"])
def test_a_channel_that_cannot_be_posted_to_is_said_in_the_incidents_channel(bot: Bot, trouble: str) -> None:
    room = bot.chat.rooms[LEARNINGS]
    if trouble == "channel_not_found":
        del bot.chat.rooms[LEARNINGS]
    elif trouble == "is_archived":
        room.archived = True
    else:
        room.members.discard(BOT)
        bot.chat.fail("join", IntegrationError("no", name="method_not_supported_for_channel_type", retryable=False))
    review(bot)
    assert [post.channel for post in told(bot)] == ["C1"]
    notes = [post.text for post in bot.chat.in_room("C1") if "was not told the results" in post.text]
    assert len(notes) == 1
    assert f"<#{LEARNINGS}>" in notes[0]


def test_a_lost_answer_tells_nothing_twice_and_a_restriction_meanwhile_takes_it_back(bot: Bot) -> None:
    lost = IntegrationError("slow", name="timeout", retryable=True)
    handing.write(bot)
    handing.held(bot)
    bot.work()
    bot.chat.fail("post", lost, after=True, times=3)
    handing.review_again(bot)
    bot.work(timedelta(minutes=10))
    assert sorted(post.channel for post in told(bot)) == ["C1", LEARNINGS]
    assert all("Orders were slow" in whole(post) for post in told(bot))


def test_without_a_link_it_waits_for_one(bot: Bot) -> None:
    with bot.store.transaction(PATIENCE) as unit:
        for file in unit.posts.files(bot.record().id):
            unit.posts.put_file(replace(file, permalink=None))
    handing.write(bot)
    handing.held(bot)
    bot.chat.fail("reserve", IntegrationError("slow", name="timeout", retryable=True), times=50)
    handing.review_again(bot)
    bot.work(timedelta(minutes=2))
    assert told(bot) == []
    bot.chat.faults.clear()
    bot.later(timedelta(minutes=11))
    assert len(told(bot)) == 2
