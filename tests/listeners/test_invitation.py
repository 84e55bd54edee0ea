"""Who is invited, the file for calendars, the word that it is on the shared one, and the agenda (R-13 to R-18)."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import pytest

from bot.blocks import ids
from bot.domain import section_forms, section_values
from bot.domain.booking import Booking
from bot.domain.content import Entry, Section
from bot.domain.external_message import ExternalDecision, ExternalMessage
from bot.domain.harvest.finding import TimelineKind
from bot.domain.policy import Policy
from bot.domain.postmortem import Roles, Times
from bot.domain.services import Service
from bot.domain.status import Status
from bot.domain.timeline import Item
from bot.ports.errors import IntegrationError
from tests.fakes import payloads
from tests.fakes.bot import Bot, Reply

OWNER, IC, DEPUTY, STRANGER = "U2", "U1", "U3", "U5"
THURSDAY = datetime(2026, 11, 26, 16, 30, tzinfo=UTC)
_views = itertools.count(1)


def book(bot: Bot, at: datetime = THURSDAY, **answers: Any) -> Reply:
    bot.command("meeting", OWNER)
    return bot.submit(bot.screens.form(), OWNER, f"VM{next(_views)}", meeting_at=int(at.timestamp()), **answers)


def booking(bot: Bot) -> Booking:
    found = bot.look(lambda unit: unit.meetings.booking(bot.record().id))
    assert isinstance(found, Booking)
    return found


def put(bot: Bot, **values: Any) -> None:
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        record = unit.records.get(bot.record().id, lock=True)
        assert record
        unit.records.save(record.changed(**values))


@pytest.fixture
def booked(bot: Bot) -> Bot:
    bot.once(_booked)
    return bot


def _booked(bot: Bot) -> None:
    bot.assigned()
    put(bot, severity=1, roles=Roles(ic=IC, deputy=DEPUTY), services=("Billing", "search"))
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        unit.services.put(Service(payloads.TEAM, "billing", "Billing", IC, bot.clock.now(), ("U4",), manager="UGONE"))
    assert not book(bot).errors
    bot.work()


def files(bot: Bot) -> list[Any]:
    """The invitations that people see, as a calendar reads them."""
    found = [each for each in bot.chat.visible_files().values() if each.name.endswith(".ics")]
    return [icalendar.Calendar.from_ical(each.content) for each in found]


def told(calendar: Any) -> tuple[str, str, int, datetime, set[str]]:
    (event,) = calendar.walk("VEVENT")
    people = event.get("ATTENDEE", [])
    listed = people if isinstance(people, list) else [people]
    names = {str(each.params["CN"]) for each in listed}
    return str(calendar["METHOD"]), str(event["UID"]), int(event["SEQUENCE"]), event["DTSTART"].dt, names


def invite(bot: Bot, user: str = OWNER, **answers: Any) -> Reply:
    bot.press(ids.INVITED_OPEN, bot.record().id, user)
    return bot.submit(bot.screens.form(), user, f"VI{next(_views)}", **answers)


def agendas(bot: Bot) -> list[Any]:
    return [post for post in bot.chat.in_room("C1") if post.mark.startswith("agenda:")]


def test_moved_three_times_it_is_one_uid_with_a_rising_sequence_and_one_file_to_see(booked: Bot) -> None:
    seen = [told(files(booked)[0])]
    for hours in (1, 2, 3):
        book(booked, THURSDAY - timedelta(hours=hours))
        booked.work()
        assert len(files(booked)) == 1
        seen.append(told(files(booked)[0]))
    assert len({uid for _, uid, *_ in seen}) == 1
    assert [sequence for _, _, sequence, *_ in seen] == [0, 1, 2, 3]
    assert [at for *_, at, _ in seen] == [THURSDAY - timedelta(hours=hours) for hours in range(4)]
    booked.press(ids.MEETING_CANCEL, f"{booked.record().id}:3", OWNER)
    booked.work()
    (off,) = files(booked)
    assert told(off)[:3] == ("CANCEL", seen[0][1], 4)
    uploads = booked.chat.count("share")
    booked.later(timedelta(days=1))
    assert booked.chat.count("share") == uploads, "what did not change is not handed out again"


def test_held_earlier_than_booked_it_moves_in_calendars_too(booked: Bot) -> None:
    booked.clock.advance_to(THURSDAY - timedelta(days=2))
    booked.press(ids.MEETING_REAL, f"{booked.record().id}:0", OWNER)
    began = THURSDAY - timedelta(days=2, hours=1)
    answer = booked.submit(booked.screens.form(), OWNER, f"VM{next(_views)}", meeting_at=int(began.timestamp()))
    assert not answer.errors
    booked.work()
    (calendar,) = files(booked)
    assert told(calendar)[:4] == ("REQUEST", f"pm-{booked.record().id}@postmortem-bot", 1, began)


def test_given_up_it_leaves_calendars_and_comes_back_when_that_is_taken_back(booked: Bot) -> None:
    bot = Bot(booked.engine, clock=booked.clock, chat=booked.chat, policy=Policy(allow_waive=True))
    bot.command("severity SEV-3", IC)
    bot.command("waive a small thing", IC)
    bot.work()
    (off,) = files(bot)
    assert (told(off)[0], off.walk("VEVENT")[0]["STATUS"]) == ("CANCEL", "CANCELLED")
    bot.command("waive undo", IC)
    bot.work()
    (again,) = files(bot)
    assert told(again)[0] == "REQUEST"
    assert again.walk("VEVENT")[0]["DTSTAMP"].dt > off.walk("VEVENT")[0]["DTSTAMP"].dt


@pytest.mark.parametrize("method", ["reserve", "fill", "share"])
@pytest.mark.parametrize("after", [False, True])
def test_a_lost_answer_leaves_one_file(bot: Bot, method: str, after: bool) -> None:
    bot.assigned()
    book(bot)
    bot.chat.fail(method, IntegrationError("lost", name="timeout", retryable=True), after=after)
    bot.work(timedelta(minutes=10))
    assert len(files(bot)) == 1


def test_it_follows_who_is_who_and_not_every_word(booked: Bot) -> None:
    assert told(files(booked)[0])[4] == {"Ana", "Ben", "Chioma", "Dev"}
    uploads = booked.chat.count("share")
    put(booked, roles=Roles(ic="U5", deputy=DEPUTY))
    booked.command("page https://wiki.example/pm-1", OWNER)
    booked.work()
    assert told(files(booked)[0])[4] == {"Eve", "Ben", "Chioma", "Dev"}
    assert len(files(booked)) == 1
    assert booked.chat.count("share") == uploads + 1 + 1, "one invitation, one document"


def test_a_card_that_comes_late_is_followed_by_the_invitation(bot: Bot) -> None:
    bot.chat.fail("post", IntegrationError("down", name="timeout", retryable=True), times=3)
    bot.command("assign <@U2|x>", IC)
    book(bot)
    bot.work(timedelta(minutes=30))
    assert len(files(bot)) == 1


def test_the_list_shows_every_reason_and_is_changed_by_those_who_arrange_the_meeting(booked: Bot) -> None:
    booked.press(ids.INVITED_OPEN, booked.record().id, STRANGER)
    read = str(booked.screens.form())
    assert "callback_id" not in booked.screens.form()
    for said in (
        "IC, runs it",
        "owner of Billing",
        "missing: EM for Billing",
        "missing: PM for search",
        "account is deactivated",
    ):
        assert said in read
    assert "is always invited" in invite(booked, removed=["U4"]).errors["reason"]
    assert "is an app" in invite(booked, added=["UPAGER"]).errors["added"]
    assert "both lists" in invite(booked, added=["U4"], removed=["U4"], reason="x").errors["removed"]
    answer = invite(booked, added=["U5"], removed=["U4"], reason="on holiday", shadow="U5", liaison="U5")
    assert "left out: on holiday" in str(answer.json["view"])
    assert booked.record().roles.shadow == "U5"
    assert {entry.field for entry in booked.history()} >= {"invited by hand", "shadow"}
    booked.work()
    assert told(files(booked)[0])[4] == {"Ana", "Ben", "Chioma", "Eve"}
    # Sent once more as it is shown, it changes nothing.
    history = len(booked.history())
    assert not invite(booked).errors
    assert len(booked.history()) == history


def test_the_liaison_is_asked_for_and_comes_at_sev_1_alone(booked: Bot) -> None:
    invite(booked, liaison="U5")
    booked.work()
    (event,) = files(booked)[0].walk("VEVENT")
    roles = {str(each.params["CN"]): str(each.params["ROLE"]) for each in event["ATTENDEE"]}
    assert roles["Eve"] == "OPT-PARTICIPANT"
    assert {roles[name] for name in ("Ana", "Ben", "Chioma", "Dev")} == {"REQ-PARTICIPANT"}
    booked.command("severity SEV-2", IC)
    booked.work()
    assert "Eve" not in told(files(booked)[0])[4]
    assert "customer liaison is a guest of SEV-1 meetings only" in str(booked.chat.in_room("C1")[-1].drawing.blocks)
    booked.press(ids.INVITED_OPEN, booked.record().id, OWNER)
    assert ids.LIAISON not in [block.get("block_id") for block in booked.screens.form()["blocks"]]
    booked.command("severity SEV-1", IC)
    booked.work()
    assert "Eve" in told(files(booked)[0])[4]


def test_two_who_change_the_list_do_not_overwrite_each_other(booked: Bot) -> None:
    booked.press(ids.INVITED_OPEN, booked.record().id, OWNER)
    mine = booked.screens.form()
    assert not invite(booked, IC, added=["U5"]).errors
    refused = booked.submit(mine, OWNER, "VI-mine", shadow="U5")
    assert "Somebody else changed who is invited" in str(refused.errors)
    assert booked.record().roles.shadow is None


WRITTEN: dict[Section, dict[str, str | bool]] = {
    Section.OVERVIEW: {"overview": "Orders were slow.", "what_happened": "The index was gone."},
    Section.FACTORS: {"factors": "No check of the plan"},
    Section.RESOLUTION: {"resolution": "The index was built again."},
    Section.IMPACT: dict.fromkeys(("accounts", "users", "support"), "12")
    | {"time_in_sev1": "30", "time_in_sev2": "0"}
    | {section_forms.metric(each): "24 of 100" for each in Policy().impact_dimensions},
    Section.RESPONDERS: {"no_scribe": True, "people": "U1\nU2"},
    Section.RETROSPECT: {"nothing_to_note": True},
    Section.RECORDING: {"none_because": "There was no call."},
}


def written(bot: Bot) -> None:
    """Everything that the review asks for is there."""
    end = bot.clock.now() - timedelta(hours=1)
    put(bot, title="Slow orders", times=Times(end - timedelta(hours=1), end, end))
    forms = section_forms.forms(Policy().impact_dimensions)
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        record = bot.record()
        for section, typed in WRITTEN.items():
            value = section_values.read(forms[section], typed).value
            unit.contents.save(record.id, Entry(section, value, 1, OWNER, end))
        kinds = (TimelineKind.impact_start, TimelineKind.page, TimelineKind.public, TimelineKind.resolved)
        unit.items.put_items(
            [Item(kind, record.id, end, kind, kind, OWNER, end, evidence=("https://x.example/1",)) for kind in kinds]
        )
        unit.meetings.put_external(record.id, ExternalDecision(ExternalMessage.NONE, by=OWNER, at=end))


def test_sent_to_review_it_names_the_roles_that_nobody_has_and_goes_through(booked: Bot) -> None:
    written(booked)
    booked.press(ids.MOVE_IN_REVIEW, f"{booked.record().id}:Draft", OWNER)
    assert booked.record().status is Status.IN_REVIEW, booked.screens.sentence()
    said = booked.screens.sentence()
    assert "Nobody is there yet as EM for Billing, PM for Billing, owner for search" in said


def test_that_it_is_on_the_shared_calendar_is_said_with_a_link_and_asked_again_after_a_move(booked: Bot) -> None:
    assert "On the shared calendar" in booked.command("status", OWNER).text
    booked.press(ids.SHARED_OPEN, booked.record().id, OWNER)
    form = booked.screens.form()
    assert "no web address" in str(booked.submit(form, OWNER, "VC1", link="somewhere").errors)
    assert not booked.submit(form, OWNER, "VC2", link="https://cal.example/1").errors
    assert (booking(booked).shared_by, booking(booked).shared_url) == (OWNER, "https://cal.example/1")
    assert ids.SHARED_OPEN not in booked.command("status", OWNER).text
    book(booked, THURSDAY - timedelta(hours=1))
    assert booking(booked).shared_at is None
    assert "moved meanwhile" in str(booked.submit(form, OWNER, "VC3").errors)
    booked.press(ids.SHARED_OPEN, booked.record().id, STRANGER)
    assert "Only the owner, the IC and the deputy" in booked.screens.sentence()
    booked.press(ids.MEETING_CANCEL, f"{booked.record().id}:1", OWNER)
    booked.press(ids.SHARED_OPEN, booked.record().id, OWNER)
    assert "No meeting is booked" in booked.screens.sentence()


def test_the_agenda_is_posted_a_quarter_of_an_hour_before_and_once(booked: Bot) -> None:
    book(booked, THURSDAY - timedelta(hours=1), facilitator="U4")
    booked.work()
    booked.clock.advance_to(THURSDAY - timedelta(hours=1, minutes=16))
    booked.work(timedelta(seconds=10))
    assert not agendas(booked)
    booked.later(timedelta(minutes=2))
    (posted,) = agendas(booked)
    assert "5. Action items" in str(posted.drawing.blocks)
    assert "facilitator" in str(posted.drawing.blocks)
    booked.later(timedelta(hours=3))
    assert len(agendas(booked)) == 1


def test_the_agenda_of_a_cancelled_meeting_or_one_that_is_over_is_not_posted(booked: Bot) -> None:
    booked.press(ids.MEETING_CANCEL, f"{booked.record().id}:0", OWNER)
    booked.work()
    booked.clock.advance_to(THURSDAY - timedelta(minutes=10))
    booked.work()
    assert not agendas(booked)
    at = booked.clock.now() + timedelta(minutes=5)
    assert not book(booked, at.replace(second=0, microsecond=0) + timedelta(minutes=1), duration="15").errors
    booked.clock.advance(timedelta(hours=1))
    booked.work()
    assert not agendas(booked), "nobody was awake in time"


def test_a_lost_answer_posts_no_second_agenda(booked: Bot) -> None:
    booked.clock.advance_to(THURSDAY - timedelta(minutes=14))
    booked.chat.fail("post", IntegrationError("lost", name="timeout", retryable=True), after=True)
    booked.work(timedelta(minutes=5))
    assert len(agendas(booked)) == 1


def test_the_agenda_is_shown_to_whoever_asks(booked: Bot) -> None:
    read = booked.command("agenda", STRANGER).text
    for said in ("1. Recap of the timeline", "3. How could it have been caught earlier?", "Runs the meeting (IC)"):
        assert said in read
    other = booked.command("agenda", STRANGER, channel="C2").sentence
    assert "There is no post-mortem in this channel yet" in other


def test_a_facilitator_is_a_colleague(booked: Bot) -> None:
    assert "is an app" in book(booked, facilitator="UPAGER").errors["facilitator"]
    assert booking(booked).facilitator is None
    assert not book(booked, facilitator="U4").errors
    assert booking(booked).facilitator == "U4"


def test_what_is_restricted_stays_neutral_in_calendars(booked: Bot) -> None:
    put(booked, restricted=True, title="Gloria's secret title")
    with booked.store.transaction(timedelta(seconds=5)) as unit:
        kept = unit.meetings.booking(booked.record().id)
        assert kept
        unit.meetings.put_booking(replace(kept, link="https://meet.example/x"))
    booked.command("page https://wiki.example/pm-1", OWNER)
    booked.work()
    (event,) = files(booked)[0].walk("VEVENT")
    assert event["SUMMARY"] == f"Post-mortem meeting {booked.record().name}"
    assert "secret" not in str(event.to_ical())


def test_moved_three_times_and_cancelled_readers_have_one_post_and_calendars_one_meeting(booked: Bot) -> None:
    """Booked for tomorrow, readers are asked at once; from then on everything is an edit of what they have."""
    tomorrow = booked.clock.now() + timedelta(hours=20)
    seen = []
    for hours in range(4):
        assert not book(booked, tomorrow - timedelta(hours=hours)).errors
        booked.work()
        (file,), (post,) = files(booked), reviews(booked)
        seen.append((*told(file)[:4], post.ts))
        assert str(int((tomorrow - timedelta(hours=hours)).timestamp())) in str(post.drawing.blocks)
    booked.press(ids.MEETING_CANCEL, f"{booked.record().id}:{booking(booked).sequence}", OWNER)
    booked.work()
    (file,), (post,) = files(booked), reviews(booked)
    seen.append((*told(file)[:4], post.ts))
    # It was booked for Thursday first: these are its three moves after the one to tomorrow.
    assert [method for method, *_ in seen] == ["REQUEST"] * 4 + ["CANCEL"]
    assert [sequence for _, _, sequence, *_ in seen] == [1, 2, 3, 4, 5]
    assert len({(uid, ts) for _, uid, _, _, ts in seen}) == 1, "one meeting in calendars, one post in the channel"
    assert "no meeting at the moment" in str(post.drawing.blocks)
    booked.later(timedelta(days=2))
    assert reviews(booked) == [post]


def reviews(bot: Bot) -> list[Any]:
    return [post for post in bot.chat.posts if post.mark.startswith("review_post:")]
