"""A restricted post-mortem (R-63): everything that was sent anywhere is looked through for what must not leave."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot.blocks import ids
from bot.domain.harvest.person import Person
from bot.domain.policy import Policy
from bot.domain.topics import Topic
from bot.usecases import rows, visibility
from tests.fakes import payloads
from tests.fakes.bot import Bot
from tests.fakes.chat import Room

SECRET = "Xanadu-key-leak"
POLICY = Policy(review_channel="CREVIEW", ic_users=frozenset({"U6"}), admins=frozenset({"U9"}))
INSIDE = {"U1", "U2", "U3"}


@pytest.fixture
def bot(engine: Engine) -> Bot:
    """A private channel with three people in it, and others who are not."""
    bot = Bot(engine, policy=POLICY)
    for user in ("U6", "U9"):
        bot.chat.users[user] = Person(user, f"Name {user}")
    bot.know(*bot.chat.users.values())
    bot.chat.rooms["C1"] = Room({*INSIDE, "UBOT"}, private=True)
    bot.chat.rooms["CREVIEW"] = Room({"U5", "UBOT"})
    bot.once(_begun)
    return bot


def _begun(bot: Bot) -> None:
    bot.command("assign <@U2|ben>", "U1")
    bot.work()
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        record = unit.records.get(bot.record().id, lock=True)
        assert record
        unit.records.save(record.changed(title=SECRET, severity=2))


def restrict(bot: Bot) -> None:
    reply = bot.command("restrict lawyers asked for it", "U1")
    assert "restricted: its title" in reply.sentence
    assert "invitations, e-mails and posts outside this channel name its number alone" in reply.sentence
    bot.work()


@pytest.mark.parametrize("user", ["U1", "U2"])
def test_owner_and_ic_restrict_it_with_a_reason_and_lift_it_again(bot: Bot, user: str) -> None:
    assert "Say why" in bot.command("restrict", user).sentence
    bot.command("restrict lawyers asked for it", user)
    assert bot.record().restricted
    assert "restricted already" in bot.command("restrict again", user).sentence
    bot.command("unrestrict it is public now", user)
    assert not bot.record().restricted
    told = [(entry.new, entry.via) for entry in bot.history() if entry.field == "restricted"]
    assert told == [("yes", "command: lawyers asked for it"), ("no", "command: it is public now")]


def test_messages_that_people_have_already_lose_the_title_too(bot: Bot) -> None:
    bot.command("ask <@U3|chi> What did you see?", "U1")
    bot.press(ids.OWNER_ACCEPT, bot.record().id, "U2")
    bot.work()
    assert SECRET in str(bot.chat.told("U3")[-1].drawing)
    restrict(bot)
    standing = [post for user in INSIDE for post in bot.chat.told(user)]
    assert SECRET not in str([post.drawing for post in standing])
    assert "What did you see?" in str(bot.chat.told("U3")[-1].drawing)


@pytest.mark.parametrize("user", ["U3", "U5", "U6"])
def test_nobody_else_does(bot: Bot, user: str) -> None:
    before = bot.contents()
    bot.command("restrict because", user)
    assert bot.contents() == before


@pytest.mark.parametrize(
    ("values", "said"), [({}, "is public"), ({"private": True, "shared": True}, "other organisations")]
)
def test_where_others_read_along_it_is_refused(engine: Engine, values: dict[str, bool], said: str) -> None:
    bot = Bot(engine, policy=POLICY)
    bot.chat.rooms["C1"] = Room({*INSIDE, "UBOT"}, **values)
    bot.assigned()
    before = bot.contents()
    assert said in bot.command("restrict because", "U1").sentence
    assert bot.contents() == before


def test_a_channel_that_was_not_read_yet_is_not_taken_for_private(engine: Engine) -> None:
    bot = Bot(engine, policy=POLICY)
    bot.command("assign <@U2|ben>", "U1")
    assert "not known yet" in bot.command("restrict because", "U1").sentence
    assert not bot.record().restricted


def test_nothing_leaves_the_people_concerned_and_the_title_goes_from_everything(bot: Bot) -> None:
    restrict(bot)
    since = len(bot.chat.calls)
    shown = len(bot.screens.shown)
    record = bot.record()
    live(bot)
    for post in bot.chat.posts:
        assert SECRET not in str(post.drawing), (post.channel, post.mark)
        assert SECRET not in str(post.drawing.text)
    sent_to = {call["channel"] for name, call in bot.chat.calls[since:] if name in ("post", "update", "share")}
    assert sent_to <= {"C1", *(f"D{user}" for user in INSIDE)}, sent_to
    assert not bot.chat.in_room("CREVIEW")
    for file in bot.chat.visible_files().values():
        assert SECRET not in file.title
        assert file.shared is not None
        assert file.shared[0] == "C1"
        assert SECRET.encode() not in file.content.split(b"\n", 1)[0], "the heading of the document is neutral"
    outside = [screen for screen in bot.screens.shown[shown:] if getattr(screen, "user_id", "") not in ("", *INSIDE)]
    assert all(SECRET not in str(screen) and record.name not in str(screen) for screen in outside)


def live(bot: Bot) -> None:
    """What happens around it, by people concerned and by others, until the time of the review and after it."""
    record = bot.record()
    bot.press(ids.MEETING_OPEN, record.id, "U2")
    bot.submit(bot.screens.form(), "U2")
    bot.command("severity SEV-1 worse", "U1")
    bot.command("severity SEV-3", "U2")
    bot.command("assign <@U3|chioma>", "U2")
    bot.command("assign <@U6>", "U3")
    bot.work()
    for user in ("U5", "U6", "U9", "UGUEST"):
        for text in ("status", "history", "notes", "examples", "start", "harvest", "list all", "search xanadu"):
            answer = bot.command(text, user)
            assert SECRET not in answer.text, (user, text)
        bot.send(payloads.event({"type": "app_home_opened", "user": user, "tab": "home", "channel": "D1"}))
        for action in (ids.HUB_OPEN, ids.HOME_RECORD, ids.NOTES_OPEN, ids.HISTORY_PAGE, ids.EXAMPLES_OPEN):
            count = len(bot.screens.shown)
            bot.press(action, record.id, user)
            assert SECRET not in str(bot.screens.shown[count:]), (user, action)
    for _ in range(14):
        bot.later(timedelta(hours=12))


def test_an_ic_group_member_who_is_not_in_it_is_never_asked(bot: Bot) -> None:
    restrict(bot)
    bot.command("assign <@U3|chioma>", "U2")
    for _ in range(10):
        bot.later(timedelta(hours=12))
    assert not bot.chat.told("U6")


def test_a_message_that_was_on_its_way_to_somebody_outside_is_held_back(bot: Bot) -> None:
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        record = unit.records.get(bot.record().id)
        assert record
        unit.outbox.put(rows.person_dm(record, "U5", Topic.TROUBLE, "x", bot.clock.now(), what="card", reason="no"))
        unit.records.save(record.changed(restricted=True))
    bot.work()
    assert not bot.chat.told("U5")


def test_its_card_and_document_name_it_by_its_number_until_it_is_lifted(bot: Bot) -> None:
    bot.submit(bot.details_form("U1"), "U1", title=SECRET, severity="2")
    bot.work()
    assert SECRET in str(bot.card.drawing)
    restrict(bot)
    assert SECRET not in json.dumps(bot.card.drawing.blocks, default=str)
    (file,) = bot.chat.visible_files().values()
    assert SECRET not in file.title
    bot.command("unrestrict over", "U1")
    bot.work()
    assert SECRET in str(bot.card.drawing)


def test_home_and_sight_are_for_roles_and_members(bot: Bot) -> None:
    restrict(bot)
    record = bot.record()

    def sees(user: str) -> Any:
        return bot.look(lambda unit: visibility.may_see(unit, record, user))

    assert {user for user in ("U1", "U2", "U3", "U4", "U5", "U6", "U9") if sees(user)} == INSIDE
