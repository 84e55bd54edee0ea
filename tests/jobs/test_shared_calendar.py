"""The meeting on the shared calendar (R-13), from Slack to a real CalDAV server: one event whatever happens, the right people at each step,
and what people do to it there is kept, or asked about."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
from sqlalchemy.engine import Engine

from bot.blocks import calendar_dm, ids, text
from bot.domain.calendar_event import EventState, KeptEvent
from bot.domain.harvest.person import Person
from bot.domain.policy import Policy
from bot.domain.postmortem import Roles
from bot.integrations.caldav_calendar import CaldavCalendar
from bot.integrations.caldav_client import CaldavClient
from tests.caldav import local_caldav
from tests.caldav.local_caldav import LocalCaldav
from tests.fakes.bot import Bot, Reply
from tests.fakes.clock import ManualClock

OWNER, IC, DEPUTY, LIAISON = "U2", "U1", "U3", "U4"
THURSDAY = datetime(2026, 11, 26, 16, 30, tzinfo=UTC)
POLICY = Policy(shared_calendar=True, calendar_address="pm@acme.example")
ANA, BEN, CHI, DEV = (f"mailto:{name}@acme.example" for name in ("ana", "ben", "chi", "dev"))
TITLE = 'Pool; full, "very"\nBEGIN:VALARM \\ مرحبا 👩‍💻'
_views = itertools.count(1)


@pytest.fixture
def caldav(tmp_path: Path) -> Iterator[LocalCaldav]:
    with local_caldav.running(tmp_path / "radicale") as caldav:
        yield caldav


@pytest.fixture
def bot(engine: Engine, caldav: LocalCaldav) -> Bot:
    return begun(engine, caldav)


def begun(engine: Engine, caldav: LocalCaldav) -> Bot:
    """A SEV-1 whose people have mailboxes and names that are hard to write."""
    clock = ManualClock()
    calendar = CaldavCalendar(CaldavClient(caldav.access, timeout=(1, 0.4)), clock)
    bot = Bot(engine, clock=clock, policy=POLICY, shared=calendar)
    people = (
        Person("U1", 'Ana "the, pen"; x', email="ana@acme.example"),
        Person("U2", "Ben\nATTENDEE:mailto:evil@x", email="ben@acme.example"),
        Person("U3", "مرحبا 👩‍💻", email="chi@acme.example"),
        Person("U4", "Dev", email="Dev@acme.example"),
    )
    bot.chat.users |= {each.user_id: each for each in people}
    bot.know(*people)
    bot.assigned()
    put(bot, severity=1, title=TITLE, roles=Roles(ic=IC, deputy=DEPUTY))
    return bot


def put(bot: Bot, **values: Any) -> None:
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        record = unit.records.get(bot.record().id, lock=True)
        assert record
        unit.records.save(record.changed(**values))


def book(bot: Bot, at: datetime = THURSDAY, **answers: Any) -> Reply:
    bot.command("meeting", OWNER)
    reply = bot.submit(bot.screens.form(), OWNER, f"VM{next(_views)}", meeting_at=int(at.timestamp()), **answers)
    assert not reply.errors
    bot.work()
    return reply


def kept(bot: Bot) -> KeptEvent:
    found = bot.look(lambda unit: unit.calendar.get(bot.record().id))
    assert isinstance(found, KeptEvent)
    return found


def roles(event: Any) -> dict[str, str]:
    """Who is invited and how."""
    found = event.get("ATTENDEE", [])
    return {str(each).lower(): str(each.params["ROLE"])[:3] for each in (found if isinstance(found, list) else [found])}


def asked(bot: Bot, user: str = OWNER) -> list[Any]:
    return [post for post in bot.chat.in_room(f"D{user}") if post.mark.startswith("calendar_ask:")]


def press(bot: Bot, button: str, user: str = OWNER) -> None:
    bot.press(button, calendar_dm.value(bot.record(), kept(bot)), user)
    bot.work()


def look(bot: Bot, user: str = OWNER) -> str:
    """Somebody opens who is invited, once what they saw there was read again."""
    for _ in range(2):
        bot.clock.advance(timedelta(minutes=11))
        bot.press(ids.INVITED_OPEN, bot.record().id, user)
        bot.work()
    return str(bot.screens.form())


def test_from_booking_to_cancelling_it_is_one_event_with_the_right_people_at_each_step(
    bot: Bot, caldav: LocalCaldav
) -> None:
    book(bot, link="https://meet.example/a?b=c,d")
    steps = [caldav.event()]
    bot.press(ids.INVITED_OPEN, bot.record().id, OWNER)
    assert not bot.submit(bot.screens.form(), OWNER, "VL", added=[], liaison=LIAISON).errors
    bot.work()
    steps.append(caldav.event())
    for hours in (1, 2):
        book(bot, THURSDAY - timedelta(hours=hours))
        steps.append(caldav.event())
    for severity in ("SEV-2", "SEV-1"):
        assert bot.command(f"severity {severity}", IC).status == 200
        bot.work()
        steps.append(caldav.event())
    bot.press(ids.MEETING_CANCEL, f"{bot.record().id}:2", OWNER)
    bot.work()
    steps.append(caldav.event())
    assert len(caldav.hrefs()) == 1
    assert {str(each["UID"]) for each in steps} == {f"pm-{bot.record().id}@postmortem-bot"}
    sequences = [int(each["SEQUENCE"]) for each in steps]
    assert sequences == sorted(set(sequences)), "each step is newer than the one before"
    always = {ANA: "REQ", BEN: "REQ", CHI: "REQ"}
    optional = always | {DEV: "OPT"}
    assert [roles(each) for each in steps] == [always, optional, optional, optional, always, optional, optional]
    times = [each["DTSTART"].dt for each in steps]
    assert times == [THURSDAY, THURSDAY, *(THURSDAY - timedelta(hours=hours) for hours in (1, 2, 2, 2, 2))]
    assert [str(each["STATUS"]) for each in steps] == ["CONFIRMED"] * 6 + ["CANCELLED"]
    first, last = steps[0], steps[-1]
    assert str(first["SUMMARY"]).endswith('Pool; full, "very" BEGIN:VALARM \\ مرحبا 👩‍💻')
    assert str(first["LOCATION"]) == "https://meet.example/a?b=c,d"
    assert "5. Action items" in str(first["DESCRIPTION"])
    names = {str(each): str(each.params["CN"]) for each in first["ATTENDEE"]}
    assert names[CHI] == "مرحبا 👩‍💻"
    assert names[ANA] == "Ana 'the, pen'; x"
    assert "evil" not in str(roles(last))
    assert kept(bot).state is EventState.CANCELLED


def test_what_did_not_change_is_not_asked_for_again(bot: Bot, caldav: LocalCaldav) -> None:
    book(bot)
    assert caldav.seen == ["OPTIONS", "GET", "GET", "REPORT", "PUT"], "the first answer asks who we are"
    bot.command("harvest", OWNER)
    bot.work()
    assert len(caldav.seen) == 5


def test_the_bot_says_that_it_is_there_so_that_nobody_has_to(bot: Bot, caldav: LocalCaldav) -> None:
    book(bot)
    assert bot.look(lambda unit: unit.meetings.booking(bot.record().id)).shared_by == "UBOT"
    assert ids.SHARED_OPEN not in str(bot.card.drawing)
    said = bot.command("status", OWNER).text
    assert ids.SHARED_OPEN not in said
    assert "It is on the calendar" in said
    assert "calendar.google.com" not in said
    (note,) = [post for post in bot.chat.in_room(bot.record().channel_id) if "has booked" in post.drawing.text]
    assert "calendar.google.com" not in str(note.drawing)
    assert ids.SHARED_OPEN not in str(note.drawing)


def test_booked_again_after_it_was_cancelled_it_is_the_same_event_also_where_people_tidied_up(
    bot: Bot, caldav: LocalCaldav
) -> None:
    book(bot)
    bot.press(ids.MEETING_CANCEL, f"{bot.record().id}:0", OWNER)
    bot.work()
    before = int(caldav.event()["SEQUENCE"])
    caldav.delete()
    book(bot, THURSDAY - timedelta(hours=3))
    event = caldav.event()
    assert (str(event["STATUS"]), event["DTSTART"].dt) == ("CONFIRMED", THURSDAY - timedelta(hours=3))
    assert int(event["SEQUENCE"]) > before
    assert asked(bot) == []


def test_restricted_it_leaves_the_calendar_and_comes_back_afterwards(bot: Bot, caldav: LocalCaldav) -> None:
    book(bot)
    before = int(caldav.event()["SEQUENCE"])
    put(bot, restricted=True)
    bot.command("status", OWNER)
    book(bot, THURSDAY - timedelta(hours=1))
    assert caldav.hrefs() == []
    assert kept(bot).answers == {}
    book(bot, THURSDAY - timedelta(hours=2))
    assert caldav.hrefs() == [], "nothing of it is put there while it is restricted"
    put(bot, restricted=False)
    book(bot, THURSDAY - timedelta(hours=3))
    assert int(caldav.event()["SEQUENCE"]) > before


def test_one_that_was_restricted_from_the_start_is_never_there(bot: Bot, caldav: LocalCaldav) -> None:
    put(bot, restricted=True)
    book(bot)
    assert caldav.seen == []
    assert caldav.hrefs() == []


# What people do there.


def remind(caldav: LocalCaldav) -> None:
    """Somebody sets an alarm."""
    (href,) = caldav.hrefs()
    calendar = icalendar.Calendar.from_ical(caldav.ask("GET", href)[2])
    alarm = icalendar.Alarm()
    for name, value in (("action", "DISPLAY"), ("description", "Soon"), ("trigger", timedelta(minutes=-10))):
        alarm.add(name, value)
    calendar.walk("VEVENT")[0].add_component(alarm)
    caldav.put(href, calendar)


def test_what_people_added_stays_when_the_meeting_changes(bot: Bot, caldav: LocalCaldav) -> None:
    book(bot)
    said = str(caldav.event()["DESCRIPTION"])
    guest = icalendar.vCalAddress("mailto:guest@partner.example")
    guest.params |= {"PARTSTAT": icalendar.vText("ACCEPTED"), "ROLE": icalendar.vText("CHAIR")}
    caldav.edit(
        attendee=[*caldav.event()["ATTENDEE"], guest],
        description=f"Bring coffee\n{said}\nRoom 5, 2nd floor",
        categories=["post-mortem"],
        **{"X-ROOM": "5"},
    )
    remind(caldav)
    caldav.answered(ANA, "TENTATIVE")
    bot.press(ids.INVITED_OPEN, bot.record().id, OWNER)
    assert not bot.submit(bot.screens.form(), OWNER, "VL", added=[], liaison=LIAISON).errors
    bot.work()
    event = caldav.event()
    assert roles(event) == {ANA: "REQ", BEN: "REQ", CHI: "REQ", DEV: "OPT", "mailto:guest@partner.example": "CHA"}
    answers = {str(each).lower(): str(each.params["PARTSTAT"]) for each in event["ATTENDEE"]}
    assert (answers[ANA], answers["mailto:guest@partner.example"]) == ("TENTATIVE", "ACCEPTED")
    described = str(event["DESCRIPTION"])
    assert described.startswith("Bring coffee\n")
    assert described.endswith("\nRoom 5, 2nd floor")
    assert described.count("5. Action items") == 1
    assert [str(each["ACTION"]) for each in event.walk("VALARM")] == ["DISPLAY"]
    assert (str(event["X-ROOM"]), [str(each) for each in event["CATEGORIES"].cats]) == ("5", ["post-mortem"])


def test_a_change_between_our_reading_and_our_writing_is_merged(bot: Bot, caldav: LocalCaldav) -> None:
    book(bot)
    caldav.before["PUT"] = lambda: caldav.edit(comment="Somebody was quicker")
    book(bot, THURSDAY - timedelta(hours=1))
    event = caldav.event()
    assert str(event["COMMENT"]) == "Somebody was quicker"
    assert event["DTSTART"].dt == THURSDAY - timedelta(hours=1)
    assert caldav.seen[-2:] == ["GET", "PUT"]


def test_whoever_said_yes_to_one_time_has_not_said_yes_to_another(bot: Bot, caldav: LocalCaldav) -> None:
    book(bot)
    caldav.answered(ANA, "ACCEPTED")
    assert "1 accepted" in look(bot)
    book(bot, THURSDAY - timedelta(hours=1))
    bot.press(ids.INVITED_OPEN, bot.record().id, OWNER)
    assert "3 people invited, 3 no answer" in str(bot.screens.form())
    answers = {str(each): str(each.params["PARTSTAT"]) for each in caldav.event()["ATTENDEE"]}
    assert answers[ANA] == "NEEDS-ACTION"


def test_what_people_answered_is_shown_where_invitees_are(bot: Bot, caldav: LocalCaldav) -> None:
    book(bot)
    for address, said in ((ANA, "ACCEPTED"), (BEN, "DECLINED"), (CHI, "TENTATIVE")):
        caldav.answered(address, said)
    shown = look(bot)
    assert "3 people invited, 1 accepted, 1 declined, 1 tentative" in shown
    assert ":white_check_mark: <@U1>" in shown
    bot.press(ids.INVITED_OPEN, bot.record().id, OWNER)
    before = len(caldav.seen)
    bot.work()
    assert len(caldav.seen) == before, "it was read a moment ago"


def test_opened_twice_within_two_minutes_it_shows_what_somebody_answered_meanwhile_and_when_that_was_read(
    bot: Bot, caldav: LocalCaldav
) -> None:
    book(bot)
    look(bot)
    bot.clock.advance(timedelta(seconds=70))
    caldav.answered(ANA, "ACCEPTED")
    bot.press(ids.INVITED_OPEN, bot.record().id, OWNER)
    first = str(bot.screens.form())
    assert "1 accepted" not in first
    assert "They are being read anew" in first
    bot.work()
    bot.clock.advance(timedelta(seconds=20))
    bot.press(ids.INVITED_OPEN, bot.record().id, OWNER)
    second = str(bot.screens.form())
    assert "1 accepted" in second
    assert f"Answers read {text.when(bot.clock.now() - timedelta(seconds=20))}." in second
    assert "anew" not in second


def test_it_is_read_before_the_agenda_and_our_words_are_brought_up_to_date(bot: Bot, caldav: LocalCaldav) -> None:
    book(bot)
    caldav.answered(ANA, "ACCEPTED")
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        record = unit.records.get(bot.record().id, lock=True)
        assert record
        unit.records.save(record.changed(page_url="https://wiki.example/pm"))
    before = int(caldav.event()["SEQUENCE"])
    bot.clock.advance_to(THURSDAY - timedelta(minutes=20))
    bot.work()
    assert kept(bot).answers[ANA] == "ACCEPTED"
    event = caldav.event()
    assert "https://wiki.example/pm" in str(event["DESCRIPTION"])
    assert int(event["SEQUENCE"]) == before, "words alone are no news for guests"


def moved(bot: Bot, caldav: LocalCaldav, to: datetime) -> None:
    """Somebody moves it in their calendar, and it is read."""
    book(bot)
    caldav.edit(dtstart=to, dtend=to + timedelta(minutes=30))
    look(bot)


def test_a_time_that_people_gave_it_is_asked_about_once_and_not_overwritten(bot: Bot, caldav: LocalCaldav) -> None:
    moved(bot, caldav, THURSDAY - timedelta(hours=5))
    (question,) = asked(bot)
    assert "Which time counts?" in question.drawing.text
    look(bot)
    assert len(asked(bot)) == 1
    assert caldav.event()["DTSTART"].dt == THURSDAY - timedelta(hours=5)
    assert bot.look(lambda unit: unit.meetings.booking(bot.record().id)).shared_at is None


def test_the_calendars_time_is_booked_by_the_usual_rules(bot: Bot, caldav: LocalCaldav) -> None:
    moved(bot, caldav, THURSDAY - timedelta(hours=5))
    press(bot, ids.CALENDAR_THEIRS)
    booking = bot.look(lambda unit: unit.meetings.booking(bot.record().id))
    assert (booking.start, booking.sequence, booking.booked_by) == (THURSDAY - timedelta(hours=5), 1, OWNER)
    assert caldav.event()["DTSTART"].dt == booking.start
    assert kept(bot).state is EventState.STANDING
    assert "Settled" in asked(bot)[0].drawing.text
    press(bot, ids.CALENDAR_OURS)
    assert "decided already" in bot.screens.sentence()


def test_a_time_after_the_deadline_is_not_taken_without_a_reason(bot: Bot, caldav: LocalCaldav) -> None:
    late = datetime(2026, 12, 10, 10, tzinfo=UTC)
    put(bot, times=replace(bot.record().times, started_at=bot.clock.now(), resolved_at=bot.clock.now()))
    moved(bot, caldav, late)
    press(bot, ids.CALENDAR_THEIRS)
    assert "The meeting is due" in bot.screens.sentence()
    assert kept(bot).state is EventState.MOVED
    assert bot.look(lambda unit: unit.meetings.booking(bot.record().id)).start == THURSDAY
    book(bot, late, late_reason="Nobody is here before")
    assert kept(bot).state is EventState.STANDING
    assert caldav.event()["DTSTART"].dt == late


def test_our_time_is_put_back_when_somebody_says_so(bot: Bot, caldav: LocalCaldav) -> None:
    moved(bot, caldav, THURSDAY - timedelta(hours=5))
    press(bot, ids.CALENDAR_OURS)
    assert caldav.event()["DTSTART"].dt == THURSDAY
    assert kept(bot).by == OWNER


def test_moved_back_there_or_moved_in_slack_nothing_is_left_to_ask(bot: Bot, caldav: LocalCaldav) -> None:
    moved(bot, caldav, THURSDAY - timedelta(hours=5))
    caldav.edit(dtstart=THURSDAY, dtend=THURSDAY + timedelta(minutes=30))
    look(bot)
    bot.command("severity SEV-2", IC)
    bot.work()
    assert kept(bot).state is EventState.STANDING
    caldav.edit(dtstart=THURSDAY - timedelta(hours=5), dtend=THURSDAY - timedelta(hours=4))
    look(bot)
    assert kept(bot).state is EventState.MOVED
    book(bot, THURSDAY - timedelta(hours=1))
    assert caldav.event()["DTSTART"].dt == THURSDAY - timedelta(hours=1)
    assert len(asked(bot)) == 2
    assert all("Which time" not in each.drawing.text for each in asked(bot))


def gone(bot: Bot, caldav: LocalCaldav) -> None:
    book(bot)
    caldav.delete()
    look(bot)


def test_one_that_people_took_off_is_asked_about_and_put_back_on_request(bot: Bot, caldav: LocalCaldav) -> None:
    gone(bot, caldav)
    (question,) = asked(bot)
    assert "not on the calendar" in question.drawing.text
    book(bot, THURSDAY - timedelta(hours=1))
    assert caldav.hrefs() == [], "it does not come back by itself"
    assert len(asked(bot)) == 1
    press(bot, ids.CALENDAR_BACK)
    assert caldav.event()["DTSTART"].dt == THURSDAY - timedelta(hours=1)
    assert int(caldav.event()["SEQUENCE"]) > 0


@pytest.mark.parametrize("how", ["by a person", "in the calendar"])
def test_a_settled_question_keeps_its_answer_when_there_is_a_newer_one(bot: Bot, caldav: LocalCaldav, how: str) -> None:
    gone(bot, caldav)
    settled_at = bot.clock.now()
    if how == "by a person":
        press(bot, ids.CALENDAR_BACK)
    else:
        book_back(bot, caldav)
        settled_at = bot.clock.now()
    before = asked(bot)[0].drawing.text
    caldav.edit(dtstart=THURSDAY - timedelta(hours=5), dtend=THURSDAY - timedelta(hours=4))
    look(bot)
    first, second = asked(bot)
    assert "Which time counts?" in second.drawing.text
    assert "Settled" in before
    assert "Settled" in first.drawing.text
    if how == "by a person":
        assert f"Settled by <@{OWNER}>, {text.when(settled_at)}" in first.drawing.text
        assert f"Settled by <@{OWNER}>, {text.when(settled_at)}" in before
    caldav.delete()
    look(bot)
    assert "please answer the newer message" in asked(bot)[1].drawing.text
    assert "Settled" in asked(bot)[0].drawing.text


def book_back(bot: Bot, caldav: LocalCaldav) -> None:
    """Somebody puts the event back as it was."""
    calendar, entry = icalendar.Calendar(), icalendar.Event()
    event = kept(bot)
    for name, value in (
        ("uid", f"pm-{bot.record().id}@postmortem-bot"),
        ("dtstamp", THURSDAY),
        ("dtstart", event.start),
        ("dtend", event.end),
        ("summary", "Post-mortem"),
    ):
        entry.add(name, value)
    calendar.add_component(entry)
    caldav.put(f"{local_caldav.PATH}back.ics", calendar)
    look(bot)


def test_left_out_it_stays_out_until_somebody_wants_it_back(bot: Bot, caldav: LocalCaldav) -> None:
    gone(bot, caldav)
    press(bot, ids.CALENDAR_LEAVE)
    book(bot, THURSDAY - timedelta(hours=1))
    assert caldav.hrefs() == []
    assert f"It stays off the calendar, as <@{OWNER}> decided " in asked(bot)[0].drawing.text
    press(bot, ids.CALENDAR_BACK)
    assert caldav.event()["DTSTART"].dt == THURSDAY - timedelta(hours=1)


def test_cancelled_it_needs_no_question(bot: Bot, caldav: LocalCaldav) -> None:
    book(bot)
    caldav.delete()
    bot.press(ids.MEETING_CANCEL, f"{bot.record().id}:0", OWNER)
    bot.work()
    assert asked(bot) == []
    assert kept(bot).state is EventState.OFF


@pytest.mark.parametrize("happened", ["moved", "gone"])
def test_while_it_is_open_a_new_owner_is_asked_and_the_one_before_is_not(
    bot: Bot, caldav: LocalCaldav, happened: str
) -> None:
    if happened == "moved":
        moved(bot, caldav, THURSDAY - timedelta(hours=5))
    else:
        gone(bot, caldav)
    put(bot, owner="U4")
    bot.command("severity SEV-2", IC)
    bot.work()
    (old,), (new,) = asked(bot), asked(bot, "U4")
    assert (ids.CALENDAR_BACK if happened == "gone" else ids.CALENDAR_OURS) in str(new.drawing)
    assert "answer the newer message" in old.drawing.text
    look(bot, "U4")
    assert (len(asked(bot)), len(asked(bot, "U4"))) == (1, 1)
    press(bot, ids.CALENDAR_BACK if happened == "gone" else ids.CALENDAR_OURS, "U4")
    assert caldav.event()["DTSTART"].dt == THURSDAY
    assert "Settled" in asked(bot, "U4")[0].drawing.text


def test_put_back_by_hand_the_question_settles_itself(bot: Bot, caldav: LocalCaldav) -> None:
    book(bot)
    (href,) = caldav.hrefs()
    content = icalendar.Calendar.from_ical(caldav.ask("GET", href)[2])
    caldav.delete()
    look(bot)
    assert kept(bot).state is EventState.GONE
    caldav.put(href, content)
    look(bot)
    assert kept(bot).state is EventState.STANDING
    assert ids.CALENDAR_BACK not in str(asked(bot)[0].drawing)
    assert "Settled" in asked(bot)[0].drawing.text
    assert bot.look(lambda unit: unit.meetings.booking(bot.record().id)).shared_by == "UBOT"
    press(bot, ids.CALENDAR_LEAVE)
    assert "decided already" in bot.screens.sentence()
    book(bot, THURSDAY - timedelta(hours=1))
    assert caldav.event()["DTSTART"].dt == THURSDAY - timedelta(hours=1)


def test_put_back_by_hand_at_another_time_it_is_asked_about(bot: Bot, caldav: LocalCaldav) -> None:
    book(bot)
    (href,) = caldav.hrefs()
    content = icalendar.Calendar.from_ical(caldav.ask("GET", href)[2])
    caldav.delete()
    look(bot)
    caldav.put(href, content)
    caldav.edit(dtstart=THURSDAY + timedelta(hours=1), dtend=THURSDAY + timedelta(hours=2))
    look(bot)
    assert kept(bot).state is EventState.MOVED
    assert "Which time counts?" in asked(bot)[-1].drawing.text


def test_only_who_arranges_the_meeting_decides(bot: Bot, caldav: LocalCaldav) -> None:
    gone(bot, caldav)
    press(bot, ids.CALENDAR_BACK, "U5")
    assert "Only the owner, the IC and the deputy" in bot.screens.sentence()
    assert caldav.hrefs() == []


# When it is taken.


def test_the_proposed_slot_avoids_what_is_taken(bot: Bot, caldav: LocalCaldav) -> None:
    put(bot, times=replace(bot.record().times, started_at=bot.clock.now(), resolved_at=bot.clock.now()))
    proposed = proposal(bot)
    assert proposed is not None
    calendar = icalendar.Calendar()
    entry = icalendar.Event()
    for name, value in (("uid", "x"), ("dtstamp", THURSDAY), ("dtstart", proposed), ("summary", "Something else")):
        entry.add(name, value)
    entry.add("dtend", proposed + timedelta(minutes=20))
    calendar.add_component(entry)
    caldav.put(f"{local_caldav.PATH}x.ics", calendar)
    bot.service.runner.housekeeping()
    bot.work()
    assert proposal(bot) == proposed - timedelta(minutes=30)
    bot.clock.advance(timedelta(minutes=31))
    caldav.fail("REPORT", local_caldav.FORBIDDEN)
    bot.work()
    assert proposal(bot) == proposed, "a calendar that does not tell leaves the proposal as it is"


def proposal(bot: Bot) -> datetime | None:
    bot.command("meeting", OWNER)
    blocks = [each for each in bot.screens.form()["blocks"] if each.get("type") == "input"]
    preset = blocks[0]["element"].get("initial_date_time")
    return datetime.fromtimestamp(preset, UTC) if preset else None
