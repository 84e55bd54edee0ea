"""Booking, moving and cancelling the meeting by its form and buttons, and saying what came of it (R-11, R-12, R-16, R-19)."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.blocks import ids
from bot.domain.booking import Booking, Outcome
from bot.domain.postmortem import Roles
from bot.domain.status import Status
from bot.domain.waiver import Waiver
from tests.fakes.bot import Bot, Reply

OWNER, IC, DEPUTY, STRANGER = "U2", "U1", "U3", "U5"
# The record is made on Monday 23 November, so a SEV-1 is due at the end of Thursday.
THURSDAY = datetime(2026, 11, 26, 16, 30, tzinfo=UTC)
DUE = datetime(2026, 11, 27, tzinfo=UTC)
_views = itertools.count(1)


def stamp(at: datetime) -> int:
    return int(at.timestamp())


def fill(bot: Bot, user: str = OWNER, **answers: Any) -> Reply:
    """Send the form that was opened last."""
    return bot.submit(bot.screens.form(), user, f"VM{next(_views)}", **answers)


def book(bot: Bot, at: datetime = THURSDAY, user: str = OWNER, **answers: Any) -> Reply:
    """`/postmortem meeting`, filled in."""
    bot.command("meeting", user)
    return fill(bot, user, meeting_at=stamp(at), **answers)


def booking(bot: Bot) -> Booking:
    found = bot.look(lambda unit: unit.meetings.booking(bot.record().id))
    assert isinstance(found, Booking)
    return found


def put(bot: Bot, **values: Any) -> None:
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        record = unit.records.get(bot.record().id, lock=True)
        assert record
        unit.records.save(record.changed(**values))


def value(bot: Bot) -> str:
    return f"{bot.record().id}:{booking(bot).sequence}"


def notes(bot: Bot, part: str) -> list[str]:
    return [post.text for post in bot.chat.in_room("C1") if part in post.text]


def held_cards(bot: Bot) -> list[Any]:
    return [post for post in bot.chat.in_room("C1") if post.mark.startswith("held_card:")]


def buttons(drawing: Any) -> list[str]:
    return [each["action_id"] for block in drawing.blocks if block["type"] == "actions" for each in block["elements"]]


@pytest.fixture
def booked(bot: Bot) -> Bot:
    bot.once(_booked)
    return bot


def _booked(bot: Bot) -> None:
    bot.assigned()
    assert not book(bot).errors
    bot.work()


def after(bot: Bot) -> Bot:
    """The meeting is over, and the question was asked."""
    bot.clock.advance_to(booking(bot).end)
    bot.work()
    return bot


def test_the_form_begins_with_the_last_slot_in_working_hours(bot: Bot) -> None:
    bot.assigned()
    bot.command("meeting", OWNER)
    view = bot.screens.form()
    picker = next(block for block in view["blocks"] if block.get("block_id") == ids.MEETING_AT)
    assert picker["element"]["initial_date_time"] == stamp(THURSDAY)
    offered = next(block for block in view["blocks"] if block.get("block_id") == ids.DURATION)["element"]["options"]
    assert [option["value"] for option in offered] == ["15", "20", "25", "30", "45", "60"]
    assert ["long" in option["text"]["text"] for option in offered] == [False] * 4 + [True] * 2


def test_what_was_booked_is_on_the_card_in_the_channel_and_in_the_history(booked: Bot) -> None:
    assert (booking(booked).start, booking(booked).end) == (THURSDAY, THURSDAY + timedelta(minutes=30))
    assert len(notes(booked, "booked the meeting")) == 1
    assert str(stamp(THURSDAY)) in str(booked.card.drawing.blocks)
    assert str(stamp(THURSDAY)) in str(booked.chat.told(OWNER)[0].drawing.blocks)
    (file,) = [each for each in booked.chat.visible_files().values() if each.name.endswith(".md")]
    assert b"Thu 26 Nov 2026 16:30 (UTC), 30 min" in file.content
    assert any(entry.field == "meeting" and entry.actor == OWNER for entry in booked.history())


@pytest.mark.parametrize("user", [OWNER, IC, DEPUTY])
def test_owner_ic_and_deputy_book_it(bot: Bot, user: str) -> None:
    bot.assigned()
    put(bot, roles=Roles(ic=IC, deputy=DEPUTY))
    assert not book(bot, user=user).errors
    assert booking(bot).booked_by == user


def test_anybody_else_is_told_whom_to_ask_and_nothing_changes(bot: Bot) -> None:
    bot.assigned()
    before, opened = bot.contents(), len(bot.screens.opened)
    reply = bot.command("meeting", STRANGER)
    assert "Only the owner, the IC and the deputy" in reply.sentence
    assert f"<@{OWNER}>" in reply.sentence
    assert len(bot.screens.opened) == opened
    bot.command("meeting", OWNER)
    assert "Only the owner" in str(fill(bot, STRANGER, meeting_at=stamp(THURSDAY)).errors)
    assert {**bot.contents(), "receipt": before["receipt"]} == before


@pytest.mark.parametrize(
    ("answers", "field", "part"),
    [
        ({"meeting_at": stamp(DUE)}, ids.MEETING_AT, "Thu 26 Nov"),
        ({"meeting_at": stamp(THURSDAY - timedelta(days=4))}, ids.MEETING_AT, "past"),
        ({"meeting_at": None}, ids.MEETING_AT, "Choose the day"),
        ({"link": "javascript:alert(1)"}, ids.LINK, "no web address"),
    ],
    ids=["at the deadline", "past", "no time", "no link"],
)
def test_a_refused_form_says_why_at_its_field(bot: Bot, answers: dict[str, Any], field: str, part: str) -> None:
    bot.assigned()
    bot.command("meeting", OWNER)
    errors = fill(bot, **({"meeting_at": stamp(THURSDAY)} | answers)).errors
    assert list(errors) == [field]
    assert part in errors[field]
    assert bot.look(lambda unit: unit.meetings.booking(bot.record().id)) is None


def test_one_minute_before_the_deadline_is_in_time(bot: Bot) -> None:
    bot.assigned()
    assert not book(bot, DUE - timedelta(minutes=1)).errors
    assert booking(bot).late_reason == ""


def test_a_late_meeting_needs_a_reason_that_the_ic_hears_of(bot: Bot) -> None:
    bot.assigned()
    assert book(bot, DUE + timedelta(hours=10)).errors
    reply = fill(bot, meeting_at=stamp(DUE + timedelta(hours=10)), late_reason="<!channel> half of us travel")
    assert not reply.errors
    assert "after the deadline" in str(reply.json["view"])
    bot.work()
    (told,) = [post for post in bot.chat.told(IC) if "after its deadline" in post.text]
    assert "half of us travel" in told.text
    assert "<!channel>" not in str(told.drawing)
    assert any("late: " in entry.via for entry in bot.history())
    assert "half of us travel" in notes(bot, "booked the meeting")[0]


def test_a_long_meeting_is_booked_with_a_warning(bot: Bot) -> None:
    bot.assigned()
    reply = book(bot, duration="45")
    assert "15 to 30 are enough" in str(reply.json["view"])
    assert booking(bot).end - booking(bot).start == timedelta(minutes=45)


def test_moving_it_raises_the_sequence_and_tells_the_channel(booked: Bot) -> None:
    assert not book(booked, THURSDAY - timedelta(days=1)).errors
    booked.work()
    assert booking(booked).sequence == 1
    assert booking(booked).start == THURSDAY - timedelta(days=1)
    assert len(notes(booked, "moved the meeting")) == 1


def test_another_link_at_the_same_time_moves_nothing_and_is_said_in_its_words(booked: Bot) -> None:
    booked.press(ids.SHARED_OPEN, booked.record().id, OWNER)
    assert not booked.submit(booked.screens.form(), OWNER, "VSH").errors
    # Minutes after it began somebody looks for the link to the call.
    booked.clock.advance_to(THURSDAY + timedelta(minutes=2))
    booked.work()
    said, planned = (
        len(booked.chat.in_room("C1")),
        {row["key"] for row in booked.rows("agenda") + booked.rows("held_card")},
    )
    assert not book(booked, THURSDAY, link="https://meet.example/now").errors
    booked.work()
    assert (booking(booked).sequence, booking(booked).link) == (0, "https://meet.example/now")
    assert booking(booked).shared_at is not None
    (note,) = booked.chat.in_room("C1")[said:]
    assert "has changed the meeting of" in note.text
    assert "join the call" in note.text
    assert {row["key"] for row in booked.rows("agenda") + booked.rows("held_card")} == planned
    assert any(entry.via == "changed" and entry.new == "link https://meet.example/now" for entry in booked.history())
    # Sent once more as it stands, it says nothing.
    assert not book(booked, THURSDAY).errors
    booked.work()
    assert len(booked.chat.in_room("C1")) == said + 1
    assert "past" in str(book(booked, THURSDAY - timedelta(minutes=1)).errors)


def test_a_longer_meeting_at_the_same_time_is_changed_and_not_moved_there(booked: Bot) -> None:
    assert not book(booked, THURSDAY, duration="20").errors
    booked.work()
    assert (booking(booked).sequence, booking(booked).end) == (1, THURSDAY + timedelta(minutes=20))
    (note,) = notes(booked, "has changed the meeting of")
    assert "20 minutes" in note


def test_the_ic_hears_of_a_late_meeting_once(bot: Bot) -> None:
    bot.assigned()
    late = DUE + timedelta(hours=10)
    assert not book(bot, late, late_reason="half of us travel").errors
    assert not book(bot, late, link="https://meet.example/1").errors
    bot.work()
    assert len([post for post in bot.chat.told(IC) if "after its deadline" in post.text]) == 1


def test_who_comes_second_is_told_and_keeps_the_form(booked: Bot) -> None:
    booked.command("meeting", OWNER)
    form = booked.screens.form()
    book(booked, THURSDAY - timedelta(hours=2), user=IC)
    errors = booked.submit(form, OWNER, "VSECOND", meeting_at=stamp(THURSDAY - timedelta(hours=3))).errors
    assert "Somebody else changed the meeting" in errors[ids.MEETING_AT]
    assert booking(booked).start == THURSDAY - timedelta(hours=2)


def test_cancelling_asks_first_and_leaves_nothing_due(booked: Bot) -> None:
    booked.command("meeting", OWNER)
    form = booked.screens.form()
    (cancel,) = [
        each for block in form["blocks"] if block["type"] == "actions" for each in block["elements"] if "confirm" in each
    ]  # fmt: skip
    booked.press_in(form, cancel["action_id"], cancel["value"], OWNER)
    assert booking(booked).cancelled
    booked.work()
    assert len(notes(booked, "has cancelled the meeting")) == 1
    booked.later(timedelta(days=5))
    assert not held_cards(booked)
    assert not [post for post in booked.chat.posts if post.mark.startswith("review_post:")]


def test_a_second_click_on_cancel_is_told(booked: Bot) -> None:
    seen = value(booked)
    booked.press(ids.MEETING_CANCEL, seen, OWNER)
    booked.press(ids.MEETING_CANCEL, seen, OWNER)
    assert "nothing to cancel" in booked.screens.sentence()
    assert not book(booked).errors
    assert booking(booked).sequence == 2
    assert not booking(booked).cancelled


def test_the_question_comes_at_the_end_of_the_meeting_and_asks_ic_and_owner(booked: Bot) -> None:
    booked.clock.advance_to(booking(booked).end - timedelta(minutes=1))
    booked.work(timedelta(seconds=10))
    assert not held_cards(booked)
    (card,) = held_cards(after(booked))
    assert f"<@{IC}>" in card.text
    assert f"<@{OWNER}>" in card.text
    assert buttons(card.drawing) == [ids.HELD_AGREED, ids.HELD_CHANGES, ids.HELD_NOT]


def test_a_moved_meeting_is_asked_about_at_its_new_end_alone(booked: Bot) -> None:
    book(booked, THURSDAY + timedelta(hours=1))
    booked.clock.advance_to(THURSDAY + timedelta(minutes=45))
    booked.work()
    assert not held_cards(booked)
    assert len(held_cards(after(booked))) == 1


def test_agreed_counts_and_leads_on(booked: Bot) -> None:
    put(booked, status=Status.IN_REVIEW)
    after(booked).press(ids.HELD_AGREED, value(booked), IC)
    booked.work()
    found = booking(booked)
    assert (found.outcome, found.confirmed_by, found.in_writing) == (Outcome.AGREED, IC, False)
    (card,) = held_cards(booked)
    assert f"says <@{IC}>" in card.text
    assert buttons(card.drawing) == [ids.MOVE_REVIEWED]
    booked.press(ids.MOVE_REVIEWED, f"{booked.record().id}:In Review", OWNER)
    assert booked.record().status is Status.REVIEWED


@pytest.mark.parametrize("user", [DEPUTY, STRANGER])
def test_only_ic_and_owner_say_that_it_was_agreed_on(booked: Bot, user: str) -> None:
    put(booked, roles=Roles(ic=IC, deputy=DEPUTY))
    after(booked).press(ids.HELD_AGREED, value(booked), user)
    assert "Only the owner or the IC" in booked.screens.sentence()
    assert booking(booked).outcome is Outcome.NONE


def test_changes_are_listed_and_agreed_on_in_writing_later(booked: Bot) -> None:
    put(booked, status=Status.IN_REVIEW)
    after(booked).press(ids.HELD_CHANGES, value(booked), OWNER)
    assert fill(booked, reason=" ").errors
    assert not fill(booked, reason="the timeline lacks the page\n<!here> name the fix").errors
    booked.work()
    (card,) = held_cards(booked)
    assert "the timeline lacks the page" in str(card.drawing.blocks)
    assert "<!here>" not in str(card.drawing.blocks)
    assert buttons(card.drawing) == [ids.HELD_IN_WRITING, ids.MEETING_OPEN]
    assert booked.record().status is Status.IN_REVIEW
    booked.press(ids.MOVE_REVIEWED, f"{booked.record().id}:In Review", OWNER)
    assert booked.record().status is Status.IN_REVIEW
    booked.press(ids.HELD_IN_WRITING, value(booked), IC)
    found = booking(booked)
    assert (found.outcome, found.in_writing, found.confirmed_by) == (Outcome.AGREED, True, IC)
    booked.press(ids.MOVE_REVIEWED, f"{booked.record().id}:In Review", OWNER)
    assert booked.record().status is Status.REVIEWED


def test_not_held_opens_the_form_and_says_whether_the_deadline_holds(booked: Bot) -> None:
    after(booked).press(ids.HELD_NOT, value(booked), OWNER)
    assert booking(booked).outcome is Outcome.NOT_HELD
    assert "The deadline still holds" in str(booked.screens.form())
    booked.work()
    (card,) = held_cards(booked)
    assert "not held" in card.text
    assert buttons(card.drawing) == [ids.MEETING_OPEN]
    assert not fill(booked, meeting_at=stamp(THURSDAY + timedelta(hours=3))).errors
    assert (booking(booked).sequence, booking(booked).outcome) == (1, Outcome.NONE)
    booked.work()
    assert "another one now" in held_cards(booked)[0].text


def test_not_held_after_the_deadline_needs_a_reason(bot: Bot) -> None:
    bot.assigned()
    book(bot, DUE - timedelta(minutes=10))
    after(bot).press(ids.HELD_NOT, value(bot), OWNER)
    assert "needs a reason" in str(bot.screens.form())


FIRST: tuple[Callable[[Bot], Any], ...] = (
    lambda bot: bot.press(ids.HELD_AGREED, value(bot), IC),
    lambda bot: bot.press(ids.HELD_NOT, value(bot), IC),
)


@pytest.mark.parametrize("first", FIRST, ids=["agreed", "not held"])
@pytest.mark.parametrize("second", [ids.HELD_AGREED, ids.HELD_CHANGES, ids.HELD_NOT])
def test_a_second_answer_is_told_who_was_first(booked: Bot, first: Callable[[Bot], Any], second: str) -> None:
    first(after(booked))
    before = booking(booked)
    booked.press(second, value(booked), OWNER)
    assert f"<@{IC}> said already" in booked.screens.sentence()
    assert booking(booked) == before


def test_an_answer_about_a_meeting_that_was_moved_changes_nothing(booked: Bot) -> None:
    old = value(after(booked))
    book(booked, THURSDAY + timedelta(hours=5))
    for action in (ids.HELD_AGREED, ids.HELD_NOT, ids.HELD_CHANGES):
        booked.press(action, old, OWNER)
        assert "moved meanwhile" in booked.screens.sentence()
    assert booking(booked).outcome is Outcome.NONE


def test_nothing_is_answered_before_the_end(booked: Bot) -> None:
    booked.press(ids.HELD_AGREED, value(booked), OWNER)
    assert "The meeting ends Thu 26 Nov 2026 17:00" in booked.screens.sentence()
    assert booking(booked).outcome is Outcome.NONE


def test_a_meeting_held_earlier_counts_with_its_real_time(booked: Bot) -> None:
    booked.clock.advance(timedelta(hours=20))
    booked.press(ids.HELD_OPEN, booked.record().id, OWNER)
    assert ids.MEETING_REAL in str(booked.screens.said[-1].drawing)
    booked.press(ids.MEETING_REAL, value(booked), OWNER)
    began = booked.clock.now().replace(microsecond=0) - timedelta(hours=1)
    assert "not over yet" in str(fill(booked, meeting_at=stamp(booked.clock.now())).errors)
    assert not fill(booked, meeting_at=stamp(began), duration="20").errors
    assert (booking(booked).start, booking(booked).end) == (began, began + timedelta(minutes=20))
    booked.work()
    assert len(held_cards(booked)) == 1
    booked.press(ids.HELD_AGREED, value(booked), OWNER)
    assert booking(booked).outcome is Outcome.AGREED


def test_one_that_nobody_had_booked_can_be_entered_afterwards(bot: Bot) -> None:
    bot.assigned()
    bot.clock.advance(timedelta(hours=20))
    bot.press(ids.MEETING_REAL, bot.record().id, OWNER)
    assert not fill(bot, meeting_at=stamp(bot.clock.now() - timedelta(hours=1))).errors
    bot.work()
    assert len(held_cards(bot)) == 1


def test_one_that_was_cancelled_and_held_all_the_same_can_be_entered(booked: Bot) -> None:
    booked.press(ids.MEETING_CANCEL, value(booked), OWNER)
    booked.clock.advance(timedelta(hours=20))
    booked.command("meeting", OWNER)
    assert ids.MEETING_REAL in str(booked.screens.form())
    booked.press(ids.MEETING_REAL, value(booked), OWNER)
    began = booked.clock.now().replace(microsecond=0) - timedelta(hours=1)
    assert not fill(booked, meeting_at=stamp(began), duration="20").errors
    assert (booking(booked).start, booking(booked).cancelled) == (began, False)
    booked.work()
    booked.press(ids.HELD_AGREED, value(booked), OWNER)
    assert booking(booked).outcome is Outcome.AGREED


def test_silence_is_told_to_the_ic_and_then_to_the_owner(booked: Bot) -> None:
    after(booked)
    booked.clock.advance_to(datetime(2026, 11, 27, 9, 1, tzinfo=UTC))
    booked.work()
    told = {user: len(booked.chat.told(user)) for user in (IC, OWNER)}
    booked.clock.advance_to(datetime(2026, 11, 27, 13, 1, tzinfo=UTC))
    booked.work()
    assert len(booked.chat.told(IC)) == told[IC] + 1
    assert ids.HELD_AGREED in str(booked.chat.told(IC)[-1].drawing)
    assert len(booked.chat.told(OWNER)) == told[OWNER]
    booked.later(timedelta(days=4))
    assert [len(booked.chat.told(user)) for user in (IC, OWNER)] == [told[IC] + 1, told[OWNER] + 1]


def test_an_answer_ends_the_reminders(booked: Bot) -> None:
    after(booked).press(ids.HELD_AGREED, value(booked), OWNER)
    booked.work()
    told = len(booked.chat.told(IC))
    booked.later(timedelta(days=4))
    assert len(booked.chat.told(IC)) == told


@pytest.mark.parametrize(
    "values",
    [
        {"status": Status.CLOSED},
        {"status": Status.REVIEWED},
        {"waiver": Waiver(datetime(2026, 11, 24, tzinfo=UTC), IC, "a false alarm")},
    ],
    ids=["closed", "reviewed", "waived"],
)
def test_what_needs_no_meeting_any_more_is_not_asked_about(booked: Bot, values: dict[str, Any]) -> None:
    put(booked, **values)
    after(booked)
    booked.later(timedelta(days=3))
    assert not held_cards(booked)
    said = booked.command("meeting", OWNER).sentence
    assert "needs no meeting" in said or "its meeting is over" in said


def test_a_restart_between_booking_and_end_loses_nothing(booked: Bot) -> None:
    again = Bot(booked.engine, clock=booked.clock, chat=booked.chat)
    assert len(held_cards(after(again))) == 1


def test_sent_back_it_asks_whether_the_new_text_is_agreed_on(booked: Bot) -> None:
    put(booked, status=Status.IN_REVIEW)
    after(booked).press(ids.HELD_AGREED, value(booked), IC)
    booked.press(ids.MOVE_REVIEWED, f"{booked.record().id}:In Review", OWNER)
    booked.clock.advance(timedelta(minutes=5))
    booked.press(ids.MOVE_IN_REVIEW, f"{booked.record().id}:Reviewed", OWNER)
    fill(booked, reason="a number was wrong")
    booked.work()
    assert "was sent back" in held_cards(booked)[0].text
    booked.press(ids.MOVE_REVIEWED, f"{booked.record().id}:In Review", OWNER)
    assert booked.record().status is Status.IN_REVIEW
    booked.press(ids.HELD_AGREED, value(booked), OWNER)
    booked.press(ids.MOVE_REVIEWED, f"{booked.record().id}:In Review", OWNER)
    assert booked.record().status is Status.REVIEWED


@pytest.mark.parametrize("said", ["", "nonsense", "x:-1", "x:99999999999999999999", ":0"])
@pytest.mark.parametrize(
    "action", [ids.MEETING_CANCEL, ids.MEETING_REAL, ids.HELD_AGREED, ids.HELD_CHANGES, ids.HELD_NOT]
)
def test_an_odd_button_gets_a_sentence(booked: Bot, action: str, said: str) -> None:
    before = booking(booked)
    booked.press(action, said, OWNER)
    assert "not here any more" in booked.screens.sentence()
    assert booking(booked) == before


@pytest.mark.parametrize("sign", ['"', "<"])
def test_a_call_link_with_a_sign_that_no_address_has_is_told_which(booked: Bot, sign: str) -> None:
    (said,) = book(booked, THURSDAY, link=f"https://meet.example/a{sign}b").errors.values()
    assert said.startswith(f"This address has a {sign} in it")
