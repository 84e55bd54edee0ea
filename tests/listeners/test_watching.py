"""Whoever watches hears of every change that others make, several changes in one message (R-08), and responders are asked whether
their lines of the timeline are right (X-8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.blocks import ids
from bot.domain.harvest.finding import TimelineKind
from bot.domain.line_checks import CheckState, LineCheck
from bot.domain.postmortem import Audit
from bot.domain.status import Status
from bot.domain.timeline import Item
from bot.usecases import rows
from tests import factories
from tests.fakes.bot import Bot
from tests.fakes.chat import Post
from tests.fakes.errors import lost

OWNER, IC, SCRIBE, OTHER, OUTSIDE = "U2", "U1", "U3", "U4", "U5"
MINUTES = timedelta(minutes=4)


def told(bot: Bot, user: str = OTHER, kind: str = "watch_dm:") -> list[Post]:
    return [post for post in bot.chat.told(user) if post.mark.startswith(kind)]


def soon(bot: Bot) -> None:
    """The card is drawn, and the few minutes pass."""
    bot.work()
    bot.later(MINUTES)


def watch(bot: Bot, user: str = OTHER, word: str = "") -> str:
    said = bot.command(f"watch {word}", user).sentence
    bot.clock.advance(timedelta(seconds=1))
    return said


def changed(bot: Bot, *entries: tuple[str, str, str | None, str | None], **values: Any) -> None:
    """(who, field, old, new), as an act writes them: with the history, and the card drawn anew."""
    bot.clock.advance(timedelta(seconds=1))
    now = bot.clock.now()
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        record = unit.records.get(bot.record().id, lock=True)
        assert record
        unit.records.save(record.changed(**values))
        unit.ledger.note(*(Audit(record.id, now, who, field, old, new, "form") for who, field, old, new in entries))
        unit.outbox.put(rows.card(record, now))


@pytest.fixture
def begun(bot: Bot) -> Bot:
    bot.assigned()
    return bot


def test_several_changes_are_told_in_one_message_within_minutes_and_never_twice(begun: Bot) -> None:
    assert "You watch" in watch(begun)
    begun.command("severity SEV-2 it was less", IC)
    begun.clock.advance(timedelta(seconds=20))
    begun.command("assign <@U3|chi>", IC)
    begun.work()
    assert told(begun) == [], "what follows within minutes is told with it"
    soon(begun)
    (post,) = told(begun)
    said = str(post.drawing)
    assert f"<@{IC}> set the severity: *SEV-2*" in said
    assert f"<@{IC}> named <@{SCRIBE}> as the owner" in said
    assert "2 changes" in post.text
    soon(begun)
    changed(begun)
    soon(begun)
    assert len(told(begun)) == 1
    begun.command("severity SEV-1", IC)
    soon(begun)
    assert len(told(begun)) == 2
    assert "named" not in str(told(begun)[-1].drawing)


def test_nobody_is_told_of_their_own_changes(begun: Bot) -> None:
    watch(begun, IC)
    begun.command("severity SEV-2", IC)
    soon(begun)
    assert told(begun, IC) == []
    changed(begun, (OWNER, "owner accepted", None, OWNER), (OWNER, "note", None, "commented"))
    soon(begun)
    (post,) = told(begun, IC)
    assert "accepted to own it" in str(post.drawing)
    assert "note" not in str(post.drawing), "what readers note changes nothing"


def test_watching_goes_on_until_watch_off(begun: Bot) -> None:
    assert "You watch" in watch(begun)
    again = watch(begun)
    assert "You watch" in again, "said twice, it does not end"
    assert "watch off` ends that" in again
    assert "to be told" not in again, "nobody is told to type what they just typed"
    assert "You watch" in watch(begun, word="on")
    begun.command("severity SEV-2", IC)
    begun.work()
    assert "You do not watch" in watch(begun, word="off")
    assert "You do not watch" in watch(begun, word="off")
    soon(begun)
    assert told(begun) == []
    assert "watch off" in watch(begun, word="everything")
    assert "Guests" in watch(begun, "UGUEST")


def test_ten_changes_are_listed_and_the_others_are_counted(begun: Bot, accepts: Any) -> None:
    watch(begun)
    odd = "<!channel> `x` مرحبا " + "y" * 3000
    changed(begun, *((IC, "question answered", None, f"{number} {odd}") for number in range(14)))
    soon(begun)
    (post,) = told(begun)
    accepts(post.drawing)
    assert "and 4 more" in str(post.drawing)


def test_what_is_written_is_told_by_its_name_however_often_it_was_saved(begun: Bot, accepts: Any) -> None:
    watch(begun)
    saved = [(OWNER, field, str(n), str(n + 1)) for n in range(3) for field in ("timeline", "overview.what_happened")]
    changed(
        begun, *saved, (IC, "timeline", None, "10:00 UTC; x"), (IC, "resolved_at", None, "2026"), (IC, "query", "a", "b"),
        (IC, "wording.factors", "outage", "incident"), (IC, "wording.impact", "obviously", None), (IC, "reminders", None, "mute"),
    )  # fmt: skip
    soon(begun)
    (post,) = told(begun)
    accepts(post.drawing)
    said = str(post.drawing.blocks[0]["text"]["text"]).splitlines()
    assert said[0].endswith("10 changes")
    assert said[1:] == [
        f"• <@{OWNER}> changed the timeline (3 changes)",
        f"• <@{OWNER}> changed what happened (3 changes)",
        f"• <@{IC}> changed the timeline",
        f"• <@{IC}> changed the details of the incident",
        f"• <@{IC}> changed the queries",
        f"• <@{IC}> changed the contributing factors",
    ]


def test_closed_is_the_last_message(begun: Bot) -> None:
    watch(begun)
    watch(begun, OWNER)
    changed(begun, (OWNER, "status", "In Review", "Closed"), status=Status.CLOSED)
    soon(begun)
    (post,) = told(begun)
    assert "this was the last message" in str(post.drawing)
    assert told(begun, OWNER) == [], "who closed it knows"
    assert begun.look(lambda unit: unit.watchers.all(begun.record().id)) == []
    assert "is Closed" in watch(begun)


def test_who_may_not_see_it_any_more_hears_nothing_more(begun: Bot) -> None:
    watch(begun)
    with begun.store.transaction(timedelta(seconds=5)) as unit:
        channel = unit.channels.get("T1", "C1")
        assert channel
        unit.channels.put(replace(channel, private=True, members=frozenset({IC, OWNER})))
    begun.command("severity SEV-2", IC)
    soon(begun)
    assert told(begun) == []
    assert begun.look(lambda unit: unit.watchers.all(begun.record().id)) == []


def test_a_watcher_whose_account_is_gone_troubles_nobody(begun: Bot) -> None:
    watch(begun)
    begun.chat.users[OTHER] = replace(begun.chat.users[OTHER], deleted=True)
    begun.command("severity SEV-2", IC)
    soon(begun)
    assert begun.look(lambda unit: unit.watchers.all(begun.record().id)) == []
    assert "Not everything worked" not in str(begun.card.drawing)


def test_the_first_document_is_told_and_later_versions_are_not(bot: Bot) -> None:
    bot.command("assign <@U2|ben>", IC)
    watch(bot)
    soon(bot)
    assert "The document was published" in str(told(bot)[-1].drawing)
    many = len(told(bot))
    changed(bot, title="Another title")
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        unit.outbox.put(rows.document(bot.record(), bot.clock.now()))
    soon(bot)
    assert len(told(bot)) == many


def test_a_message_whose_answer_was_lost_is_found_and_says_what_came_meanwhile(begun: Bot) -> None:
    watch(begun)
    begun.command("severity SEV-2", IC)
    begun.work()

    def meanwhile() -> None:
        changed(begun, (OWNER, "owner accepted", None, OWNER))

    begun.chat.fail("post", lost(), after=True, meanwhile=meanwhile)
    begun.later(MINUTES)
    begun.later(timedelta(minutes=10))
    (post,) = told(begun)
    assert "accepted to own it" in str(post.drawing)


#


def put(bot: Bot, number: int, user: str | None, **values: Any) -> Item:
    at = bot.clock.now() - timedelta(hours=3) + timedelta(minutes=number)
    given: dict[str, Any] = {"text": f"Event {number}.", "kind": TimelineKind.action, "by": OWNER, "saved_at": at}
    item = Item(f"item{number}", bot.record().id, at, **(given | {"user_id": user, "ts": factories.ts(at)} | values))
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        unit.items.put_item(item)
    return item


def checks(bot: Bot) -> dict[str, LineCheck]:
    return {check.user_id: check for check in bot.look(lambda unit: unit.line_checks.all(bot.record().id))}


def ask(bot: Bot, view_id: str, user: str = OWNER) -> str:
    """Press, and send what asks how many; returns what it said."""
    opened = len(bot.screens.opened)
    bot.press(ids.LINES_ASK, bot.record().id, user)
    if len(bot.screens.opened) == opened:
        return bot.screens.sentence()
    form = bot.screens.form()
    assert bot.submit(form, user, view_id).errors == {}
    bot.work()
    return str(form)


def test_each_responder_gets_their_own_lines_once_and_their_word_is_shown(begun: Bot, accepts: Any) -> None:
    for number, user in enumerate([IC, SCRIBE, SCRIBE, "UPAGER", "UGONE", OWNER, OTHER, None]):
        put(begun, number, user)
    put(begun, 8, OTHER, removed=True)
    put(begun, 9, OTHER, text="<!channel> `x` " + "z" * 5000)
    said = ask(begun, "V1")
    assert "3 people" in said
    assert "UPAGER" not in said
    for user, lines in {IC: [0], SCRIBE: [1, 2], OTHER: [6]}.items():
        (post,) = told(begun, user, "lines_dm:")
        accepts(post.drawing)
        assert [number for number in range(9) if f"Event {number}." in str(post.drawing)] == lines
    assert told(begun, OWNER, "lines_dm:") == [], "who asks is not asked"
    begun.press(ids.LINES_RIGHT, f"{begun.record().id}:lines", IC)
    begun.work()
    assert "You say that they are right" in str(told(begun, IC, "lines_dm:")[0].drawing)
    begun.press(ids.LINES_RIGHT, f"{begun.record().id}:lines", IC)
    assert "answered this already" in begun.screens.sentence()
    begun.press(ids.LINES_WRONG, f"{begun.record().id}:lines", OTHER)
    form = begun.screens.form()
    assert "Write what could be better" in begun.submit(form, OTHER, "V2", reason=" ").errors["reason"]
    assert begun.submit(form, OTHER, "V2", hash="h2", reason="It was 12:40 <!here>").errors == {}
    begun.work()
    (note,) = begun.look(lambda unit: unit.reviews.notes(begun.record().id))
    assert (note.user_id, note.text, note.open) == (OTHER, "It was 12:40 <!here>", True)
    assert any("something is off" in post.text for post in begun.chat.told(OWNER))
    begun.press(ids.QUESTIONS_OPEN, begun.record().id, OWNER)
    page = str(begun.screens.form())
    assert f"They are right, say <@{IC}>" in page
    assert f"Something is off, say <@{OTHER}>" in page
    assert f"Not answered yet: <@{SCRIBE}>" in page


def test_pressed_again_it_asks_those_with_changed_lines_and_those_who_have_not_answered(begun: Bot) -> None:
    put(begun, 0, IC)
    put(begun, 1, OTHER)
    put(begun, 2, SCRIBE)
    ask(begun, "V1")
    for user in (IC, OTHER):
        begun.press(ids.LINES_RIGHT, f"{begun.record().id}:lines", user)
    begun.later(timedelta(hours=1))
    put(begun, 1, OTHER, text="Event 1, corrected.", saved_at=begun.clock.now())
    begun.clock.advance(timedelta(minutes=1))
    said = ask(begun, "V2", "U1")
    assert "2 people" in said
    assert "lines that changed since: 2." in said
    assert len(told(begun, IC, "lines_dm:")) == 1
    older, newer = told(begun, OTHER, "lines_dm:")
    assert "there is a newer message" in str(older.drawing)
    assert "corrected" in str(newer.drawing)
    for user in (OTHER, SCRIBE):
        begun.press(ids.LINES_RIGHT, f"{begun.record().id}:lines", user)
    assert "There is nobody to ask" in ask(begun, "V3")
    assert {check.state for check in checks(begun).values()} == {CheckState.RIGHT}


def test_two_who_press_at_once_ask_each_person_once(begun: Bot) -> None:
    put(begun, 0, OTHER)
    for user in (OWNER, IC):
        begun.press(ids.LINES_ASK, begun.record().id, user)
    mine, theirs = (screen.view for screen in begun.screens.opened[-2:])
    begun.clock.advance(timedelta(seconds=5))
    begun.submit(mine, OWNER, "V1")
    reply = begun.submit(theirs, IC, "V2")
    assert "asked just now" in reply.text
    begun.work()
    assert len(told(begun, OTHER, "lines_dm:")) == 1


@pytest.mark.parametrize("act", [ids.LINES_ASK, ids.LINES_RIGHT, ids.LINES_WRONG])
def test_others_neither_ask_nor_answer(begun: Bot, act: str) -> None:
    put(begun, 0, OTHER)
    ask(begun, "V1")
    before = begun.contents()
    value = begun.record().id if act == ids.LINES_ASK else f"{begun.record().id}:lines"
    begun.press(act, value, OUTSIDE)
    assert "Only the owner" in begun.screens.sentence() or "put to somebody else" in begun.screens.sentence()
    assert begun.contents() == before


def test_of_a_private_channel_only_who_may_see_it_is_asked(begun: Bot) -> None:
    put(begun, 0, OTHER)
    put(begun, 1, SCRIBE)
    with begun.store.transaction(timedelta(seconds=5)) as unit:
        channel = unit.channels.get("T1", "C1")
        assert channel
        unit.channels.put(replace(channel, private=True, members=frozenset({IC, OWNER, SCRIBE})))
    assert "1 person" in ask(begun, "V1")
    assert told(begun, OTHER, "lines_dm:") == []
    assert len(told(begun, SCRIBE, "lines_dm:")) == 1


def test_many_lines_are_cut_with_the_number_of_the_rest(begun: Bot, accepts: Any) -> None:
    for number in range(60):
        put(begun, number, OTHER)
    begun.press(ids.TIMELINE_OPEN, begun.record().id, OWNER)
    assert ids.LINES_ASK in str(begun.screens.form())
    ask(begun, "V1")
    (post,) = told(begun, OTHER, "lines_dm:")
    accepts(post.drawing)
    assert "and 40 more" in str(post.drawing)
