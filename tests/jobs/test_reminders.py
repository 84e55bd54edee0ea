"""Reminders through every layer: due, sent once, together, and not when there is nothing to remind of any more."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.blocks import ids
from bot.domain.actions import ActionItem, Decision
from bot.domain.booking import Booking, Outcome
from bot.domain.place import Channel
from bot.domain.policy import Policy
from bot.domain.postmortem import Times
from bot.domain.status import Status
from bot.usecases import remind
from tests import factories
from tests.fakes.bot import Bot
from tests.fakes.chat import Post, Room
from tests.fakes.errors import refused
from tests.fakes.payloads import TEAM

OWNER, IC = "U2", "U1"
PATIENCE = timedelta(seconds=5)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def nudges(bot: Bot, to: str | None = None) -> list[Post]:
    return [
        each for each in bot.chat.posts if each.mark.startswith("nudge:") and (to is None or f":{to}:" in each.mark)
    ]


def until(bot: Bot, text: str) -> None:
    """The clock goes there with the outbox at work all the way."""
    bot.work()
    while (wait := bot.next_due()) is not None and bot.clock.now() + wait <= at(text):
        bot.clock.advance(wait + timedelta(milliseconds=2))
        bot.work()
    bot.clock.advance_to(at(text))
    bot.work()


@pytest.fixture
def begun(bot: Bot) -> Bot:
    """A SEV-1 that ended on Monday: the meeting is due by the end of Thursday. The owner works in Berlin."""
    bot.once(_begun)
    return bot


def _begun(bot: Bot) -> None:
    bot.assigned()
    bot.press(ids.OWNER_ACCEPT, bot.record().id, OWNER)
    change(bot, severity=1, times=Times(None, None, factories.NOW - timedelta(hours=1)))
    bot.work()


def change(bot: Bot, **values: Any) -> None:
    with bot.store.transaction(PATIENCE) as unit:
        record = unit.records.get(bot.record().id, lock=True)
        assert record
        unit.records.save(record.changed(**values))


def book(bot: Bot, start: str) -> None:
    begins = at(start)
    with bot.store.transaction(PATIENCE) as unit:
        now = bot.clock.now()
        unit.meetings.put_booking(Booking(bot.record().id, begins, begins + timedelta(minutes=30), OWNER, now))


def test_until_a_meeting_is_booked_its_owner_hears_of_it_and_then_all_of_them(begun: Bot) -> None:
    until(begun, "2026-11-25T20:00")
    assert [each.text for each in nudges(begun, OWNER)] == ["*PM-1*: please book the meeting"] * 2
    until(begun, "2026-11-27T12:00")
    assert [each.text.split(": ", 1)[1] for each in nudges(begun, OWNER)][2:] == [
        "please book the meeting", "the meeting is due", "the meeting is overdue"
    ]  # fmt: skip
    assert [each.text.split(": ", 1)[1] for each in nudges(begun, IC)] == [
        "the meeting is due",
        "the meeting is overdue",
    ]
    (said,) = nudges(begun, "channel")
    assert "overdue" in said.text
    assert "<@" not in said.text
    assert "Overdue" in str(begun.card.drawing.blocks)
    until(begun, "2026-12-31T12:00")
    assert len(nudges(begun, "channel")) == 5


def test_down_over_many_reminders_each_person_gets_one_message(begun: Bot) -> None:
    begun.clock.advance_to(at("2026-11-26T15:30"))
    begun.work()
    (first,) = nudges(begun, OWNER)
    assert str(first.drawing.blocks).count("•") == 2, "the last day, and that nothing is booked"
    begun.clock.advance_to(at("2026-11-30T12:00"))
    begun.work()
    mine = nudges(begun, OWNER)[1:]
    assert [each.text for each in mine] == ["*PM-1*: the meeting is overdue"]
    assert "has to take place before" not in str(mine[0].drawing.blocks), "what is past is not announced"
    many = len(nudges(begun))
    begun.work()
    assert len(nudges(begun)) == many


def test_what_is_late_or_put_off_waits_until_people_are_at_work(begun: Bot) -> None:
    # Nobody could send on Tuesday and Wednesday, until it was night in Berlin and in London.
    begun.clock.advance_to(at("2026-11-25T23:00"))
    begun.work()
    assert nudges(begun) == []
    until(begun, "2026-11-26T07:59")
    assert nudges(begun) == []
    until(begun, "2026-11-26T08:01")
    assert [each.text for each in nudges(begun, OWNER)] == ["*PM-1*: please book the meeting"]
    # Late in the evening somebody wants four hours of peace: the first word comes the next morning.
    begun.clock.advance_to(at("2026-11-27T19:00"))
    begun.command("snooze 4h", OWNER)
    heard = len(nudges(begun, OWNER))
    until(begun, "2026-11-30T07:59")
    assert len(nudges(begun, OWNER)) == heard, "Friday night and a weekend"
    until(begun, "2026-11-30T08:01")
    assert len(nudges(begun, OWNER)) == heard + 1


def test_a_message_that_could_not_leave_in_time_leaves_in_the_morning(begun: Bot) -> None:
    until(begun, "2026-11-24T15:00")
    (first,) = nudges(begun, OWNER)
    begun.clock.advance_to(at("2026-11-25T15:30"))
    with begun.store.transaction(PATIENCE) as unit:
        assert remind.Remind(Policy())(unit, begun.record().id, begun.clock.now())
    begun.clock.advance_to(at("2026-11-25T21:00"))
    begun.work()
    assert nudges(begun, OWNER) == [first], "it is ten in the evening in Berlin"
    until(begun, "2026-11-26T08:01")
    assert len(nudges(begun, OWNER)) == 3, "what was late, and what is due today"


def test_what_silence_brings_about_waits_for_the_morning_too(bot: Bot) -> None:
    bot.assigned()
    bot.command("ask <@U4|dev> What did you see?", IC)
    bot.work()
    said = len(bot.chat.told(IC)), len(bot.chat.told("U4"))
    # The owner has not answered, nor has Dev; and nobody could send until Tuesday night.
    bot.clock.advance_to(at("2026-11-24T23:00"))
    bot.work()
    assert (len(bot.chat.told(IC)), len(bot.chat.told("U4"))) == said
    until(bot, "2026-11-25T09:01")
    assert "has not answered" in bot.chat.told(IC)[-1].text
    assert "still waits for your answer" in bot.chat.told("U4")[-1].text


def test_the_ic_hears_of_a_silent_owner_while_at_work_in_their_own_zone(bot: Bot) -> None:
    ic = replace(bot.chat.users[IC], tz="America/Los_Angeles")
    bot.know(ic)
    bot.assigned()
    # Four working hours in Berlin are over on Tuesday at 11:05 UTC; it is three in the morning in Los Angeles.
    until(bot, "2026-11-24T16:59")
    assert not bot.chat.told(IC)
    until(bot, "2026-11-24T17:01")
    assert "has not answered" in bot.chat.told(IC)[-1].text


def test_an_owner_who_is_at_work_on_it_is_not_called_silent(bot: Bot) -> None:
    bot.assigned()
    bot.command("page https://wiki.example/pm-1", OWNER)
    until(bot, "2026-11-26T12:00")
    assert "has not answered" not in str([post.text for post in bot.chat.told(IC)])


def test_nobody_is_asked_at_night_whether_the_meeting_was_held(begun: Bot) -> None:
    begun.know(replace(begun.chat.users[OWNER], tz="America/Los_Angeles"))
    begun.command("meeting", OWNER)
    begun.submit(begun.screens.form(), OWNER, "VM", meeting_at=int(at("2026-11-24T15:00").timestamp()))
    until(begun, "2026-11-25T16:59")
    asked = [post for post in begun.chat.posts if ":held_silent:" in post.mark]
    assert [post.channel for post in asked] == [f"D{IC}"]
    until(begun, "2026-11-25T17:01")
    asked = [post for post in begun.chat.posts if ":held_silent:" in post.mark]
    assert [post.channel for post in asked] == [f"D{IC}", f"D{OWNER}"]


def test_nobody_is_pinged_at_night_by_a_question_that_comes_late(begun: Bot) -> None:
    begun.command("meeting", OWNER)
    begun.submit(begun.screens.form(), OWNER, "VM", meeting_at=int(at("2026-11-24T15:00").timestamp()))
    # Nobody could send from before its end until the night.
    begun.clock.advance_to(at("2026-11-24T23:00"))
    begun.work()
    assert not [post for post in begun.chat.posts if post.mark.startswith("held_card:")]
    until(begun, "2026-11-25T09:01")
    (asked,) = [post for post in begun.chat.posts if post.mark.startswith("held_card:")]
    assert f"<@{OWNER}>" in asked.text


@pytest.mark.parametrize("hour", [12, 22])
def test_when_it_was_held_is_asked_about_at_once_by_day_and_by_night(begun: Bot, hour: int) -> None:
    begun.clock.advance_to(at(f"2026-11-24T{hour}:00"))
    begun.press(ids.MEETING_REAL, begun.record().id, OWNER)
    began = begun.clock.now() - timedelta(hours=3)
    answer = begun.submit(begun.screens.form(), OWNER, "VW", meeting_at=int(began.timestamp()))
    assert not answer.errors
    begun.work()
    assert [post for post in begun.chat.posts if post.mark.startswith("held_card:")]


@pytest.mark.parametrize(
    ("outcome", "status", "words"),
    [
        (Outcome.CHANGES, Status.IN_REVIEW, "asked for changes"),
        (Outcome.AGREED, Status.DRAFT, "it is still a draft"),
        (Outcome.AGREED, Status.IN_REVIEW, "One button is left"),
    ],
)
def test_what_the_meeting_left_to_do_is_said(begun: Bot, outcome: Outcome, status: Status, words: str) -> None:
    until(begun, "2026-11-24T11:00")
    begins = at("2026-11-24T10:00")
    held = Booking(begun.record().id, begins, begins + timedelta(minutes=30), OWNER, factories.NOW)
    with begun.store.transaction(PATIENCE) as unit:
        answered = held.answered(outcome, by=IC, now=begun.clock.now(), outcome_note="more numbers")
        unit.meetings.put_booking(
            replace(answered, confirmed_at=begun.clock.now() if outcome is Outcome.AGREED else None)
        )
    change(begun, status=status)
    until(begun, "2026-11-25T10:59")
    assert "what is left" not in str([post.text for post in nudges(begun, OWNER)])
    until(begun, "2026-11-25T11:01")
    assert nudges(begun, OWNER)[-1].text.endswith("what is left to do")
    assert words in str(nudges(begun, OWNER)[-1].drawing.blocks)


def test_the_ic_to_whom_it_is_given_back_hears_it_once(bot: Bot) -> None:
    bot.assigned()
    until(bot, "2026-11-24T10:30")
    bot.press(ids.OWNER_DECLINE, bot.record().id, OWNER)
    bot.submit(bot.screens.form(), OWNER, "VD", reason="on leave")
    bot.work()
    (told,) = bot.chat.told(IC)
    assert "cannot be the owner" in told.text
    until(bot, "2026-11-24T11:31")
    assert bot.chat.told(IC)[-1].text == "*PM-1*: who will own it?"


def test_who_cancels_the_meeting_is_not_told_at_once_that_none_is_booked(begun: Bot) -> None:
    begun.command("meeting", OWNER)
    begun.submit(begun.screens.form(), OWNER, "VM", meeting_at=int(at("2026-11-26T15:00").timestamp()))
    until(begun, "2026-11-25T09:30")
    heard = len(nudges(begun, OWNER))
    begun.press(ids.MEETING_CANCEL, f"{begun.record().id}:0", OWNER)
    until(begun, "2026-11-25T13:29")
    assert len(nudges(begun, OWNER)) == heard
    until(begun, "2026-11-25T13:31")
    assert nudges(begun, OWNER)[-1].text == "*PM-1*: please book the meeting"


def test_what_was_opened_after_its_deadline_is_spoken_of_from_the_next_morning_as_often_as_any(bot: Bot) -> None:
    bot.assigned()
    bot.press(ids.OWNER_ACCEPT, bot.record().id, OWNER)
    change(bot, severity=1, times=Times(None, None, factories.NOW - timedelta(days=20)))
    until(bot, "2026-11-23T18:00")
    assert nudges(bot) == [], "whoever opened it, or was named, has just read that it is overdue"
    until(bot, "2026-11-24T09:01")
    assert {post.channel for post in nudges(bot)} == {"C1", f"D{IC}", f"D{OWNER}"}
    until(bot, "2026-12-31T12:00")
    assert len(nudges(bot, "channel")) == len(nudges(bot, OWNER)) == 5


def test_an_owner_far_away_reads_that_readers_have_been_asked_already(begun: Bot) -> None:
    begun.know(replace(begun.chat.users[OWNER], tz="America/Los_Angeles"))
    begun.command("meeting", OWNER)
    begun.submit(begun.screens.form(), OWNER, "VM", meeting_at=int(at("2026-11-26T16:30").timestamp()))
    until(begun, "2026-11-25T17:01")
    (ready,) = [post for post in nudges(begun, OWNER) if post.text.endswith("readers are asked")]
    assert "Readers have been asked for their review" in str(ready.drawing.blocks)


def test_a_severity_that_makes_it_overdue_at_once_is_told_once(begun: Bot) -> None:
    begun.command("severity SEV-2", IC)
    until(begun, "2026-11-27T11:00")
    heard = len(begun.chat.told(OWNER))
    begun.command("severity SEV-1 worse than we thought", IC)
    until(begun, "2026-11-27T18:00")
    assert [post.text for post in begun.chat.told(OWNER)][heard:] == [
        "<@U1> set the severity of *PM-1*: *SEV-1*, it was SEV-2."
    ]
    until(begun, "2026-11-30T09:01")
    assert len(nudges(begun, "channel")) == 1


def test_a_message_says_only_what_still_holds_when_it_leaves(begun: Bot) -> None:
    until(begun, "2026-11-26T08:30")
    begun.clock.advance_to(at("2026-11-27T12:00"))
    # Planned, and before it is sent the meeting turns out to have been booked in time.
    with begun.store.transaction(PATIENCE) as unit:
        unit.outbox.cancel(begun.record().id, [])
    book(begun, "2026-11-26T15:00")
    before = len(nudges(begun))
    begun.work()
    assert len(nudges(begun)) == before


def test_the_answer_of_a_post_is_lost_and_it_stands_once(begun: Bot) -> None:
    until(begun, "2026-11-24T09:00")
    begun.chat.fail("post", ConnectionError("gone"), after=True)
    before = len(nudges(begun, OWNER))
    until(begun, "2026-11-24T16:00")
    assert len(nudges(begun, OWNER)) == before + 1


def test_who_cannot_be_reminded_is_told_to_the_other_and_the_rest_goes_on(begun: Bot) -> None:
    begun.clock.advance_to(at("2026-11-30T12:00"))
    begun.chat.fail("open_dm", refused("cannot_dm_bot"))
    begun.work()
    assert len(nudges(begun)) == 2
    trouble = [each for each in begun.chat.posts if ":trouble:" in each.mark]
    assert len(trouble) == 1
    assert "could not be reminded" in trouble[0].text
    assert "Not everything worked" in str(begun.card.drawing.blocks)


def test_put_off_for_a_day_and_then_only_the_deadline(begun: Bot) -> None:
    until(begun, "2026-11-24T14:00")
    (first,) = nudges(begun, OWNER)
    overflow = first.drawing.blocks[-1]["elements"][-1]
    assert overflow["type"] == "overflow"
    wishes = {each["text"]["text"]: each["value"] for each in overflow["options"]}
    begun.press(ids.REMIND_LATER, wishes["Remind me tomorrow"], OWNER)
    assert "not reminded of PM-1 until then" in begun.screens.sentence()
    until(begun, "2026-11-25T13:00")
    assert len(nudges(begun, OWNER)) == 1
    until(begun, "2026-11-25T15:00")
    assert len(nudges(begun, OWNER)) == 2
    begun.press(ids.REMIND_LATER, wishes["Only about the deadline, please"], OWNER)
    until(begun, "2026-11-26T13:00")
    assert len(nudges(begun, OWNER)) == 2
    until(begun, "2026-11-26T16:00")
    assert nudges(begun, OWNER)[-1].text.endswith("the meeting is due")


@pytest.mark.parametrize(
    ("typed", "who", "sentence"),
    [
        ("snooze 1d", OWNER, "You are not reminded of PM-1 until then"),
        ("snooze mute", IC, "only reminded of the deadline"),
        ("snooze off", OWNER, "as usual again"),
        ("snooze 9y", OWNER, "with `mute` to be reminded of the deadline alone"),
        ("snooze", OWNER, "Type `/postmortem snooze` with"),
        ("snooze 1d", "U4", "Only people with a part in it"),
    ],
)
def test_what_is_typed_is_answered_in_a_sentence(begun: Bot, typed: str, who: str, sentence: str) -> None:
    assert sentence in begun.command(typed, who).sentence


def test_the_fourth_time_is_refused(begun: Bot) -> None:
    for _ in range(3):
        begun.command("snooze 3d", OWNER)
    assert "ask the IC to name another owner" in begun.command("snooze 4h", OWNER).sentence


def test_the_policy_is_shown_in_words(bot: Bot) -> None:
    said = str(bot.command("policy", "U4").json["blocks"])
    for words in (
        "3 calendar days",
        "at 15:00 on the last working day",
        "weekly digest on Monday at 09:00",
        "No answer for 4 h of working time",
        "3 times at most",
    ):
        assert words in said


def digests(bot: Bot) -> dict[str, Post]:
    return {each.channel: each for each in bot.chat.posts if each.mark.startswith("digest_post:")}


def test_on_monday_the_ics_and_the_channel_hear_what_is_overdue(bot: Bot) -> None:
    bot = Bot(bot.engine, clock=bot.clock, chat=bot.chat, policy=Policy(digest_channel="C9"))
    bot.chat.rooms["C9"] = Room({"U1"})
    bot.assigned()
    change(bot, severity=1, title="Checkout <!channel> is slow", times=Times(None, None, factories.NOW))
    with bot.store.transaction(PATIENCE) as unit:
        unit.channels.put(Channel(TEAM, "C1", "incident", False, False, bot.clock.now(), frozenset()))
        ticket = ActionItem("a1", bot.record().id, "Alert on the queue", Decision.TICKET, OWNER, factories.NOW)
        unit.items.put_action(ticket)
    bot.service.runner.housekeeping()  # type: ignore[misc]
    until(bot, "2026-11-30T12:00")
    assert set(digests(bot)) == {"DU1", "C9"}
    for post in digests(bot).values():
        assert "1 overdue" in post.text
        assert "<!channel>" not in str(post.drawing.blocks)
    until(bot, "2026-12-14T12:00")
    assert "1 ticket, due" in str([each for each in bot.chat.posts if each.channel == "C9"][-1].drawing.blocks)
    assert len([each for each in bot.chat.posts if each.channel == "C9"]) == 3


def test_tickets_of_what_is_closed_are_named_for_four_weeks_and_not_for_ever(bot: Bot) -> None:
    bot = Bot(bot.engine, clock=bot.clock, chat=bot.chat, policy=Policy(digest_channel="C9"))
    bot.chat.rooms["C9"] = Room({"U1"})
    bot.assigned()
    now = bot.clock.now()
    change(bot, severity=1, times=Times(None, None, factories.NOW), status=Status.CLOSED, closed_at=now)
    with bot.store.transaction(PATIENCE) as unit:
        unit.channels.put(Channel(TEAM, "C1", "incident", False, False, now, frozenset()))
        ticket = ActionItem("a1", bot.record().id, "Alert on the queue", Decision.TICKET, OWNER, factories.NOW)
        unit.items.put_action(ticket)
    bot.service.runner.housekeeping()  # type: ignore[misc]
    until(bot, "2027-03-01T12:00")
    said = [each for each in bot.chat.posts if each.channel == "C9"]
    # Due on Tuesday 8 December.
    assert [f"{datetime.fromtimestamp(float(each.ts), UTC):%d %b}" for each in said] == [
        "14 Dec",
        "21 Dec",
        "28 Dec",
        "04 Jan",
    ]


def test_the_digest_of_a_holiday_comes_when_people_are_back_and_names_the_meeting_of_what_is_overdue(bot: Bot) -> None:
    days = replace(Policy().calendar, holidays=frozenset({date(2026, 11, 30)}))
    bot = Bot(bot.engine, clock=bot.clock, chat=bot.chat, policy=Policy(digest_channel="C9", calendar=days))
    bot.chat.rooms["C9"] = Room({"U1"})
    bot.assigned()
    change(bot, severity=1, times=Times(None, None, factories.NOW))
    with bot.store.transaction(PATIENCE) as unit:
        unit.channels.put(Channel(TEAM, "C1", "incident", False, False, bot.clock.now(), frozenset()))
    book(bot, "2026-11-26T15:00")
    bot.service.runner.housekeeping()  # type: ignore[misc]
    until(bot, "2026-12-01T08:59")
    assert digests(bot) == {}
    until(bot, "2026-12-01T09:01")
    assert "nobody said yet whether its meeting of" in str(digests(bot)["C9"].drawing.blocks)


def test_a_channel_hears_nothing_of_private_ones_and_nobody_hears_nothing(bot: Bot) -> None:
    bot = Bot(bot.engine, clock=bot.clock, chat=bot.chat, policy=Policy(digest_channel="C9"))
    bot.chat.rooms["C9"] = Room({"U1"})
    bot.assigned()
    with bot.store.transaction(PATIENCE) as unit:
        members = frozenset({"U1", "U2"})
        unit.channels.put(Channel(TEAM, "C1", "secret", True, False, bot.clock.now(), members))
    bot.service.runner.housekeeping()  # type: ignore[misc]
    until(bot, "2026-11-30T12:00")
    assert set(digests(bot)) == {"DU1"}
    change(bot, status=Status.CLOSED, closed_at=bot.clock.now())
    until(bot, "2026-12-07T12:00")
    assert len([each for each in bot.chat.posts if each.mark.startswith("digest_post:")]) == 1
