"""The invitation by mail, through a real mail server and read as a calendar reads it: one UID, a SEQUENCE that rises, and at each step
those who are invited then (R-13 to R-15)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import icalendar
import pytest
from sqlalchemy.engine import Engine

from bot.blocks import ids
from bot.domain.harvest.person import Person
from bot.domain.kept_mail import KeptMail, MailState, Purpose
from bot.domain.mail import MailRules
from bot.domain.policy import Policy
from bot.domain.postmortem import Roles
from bot.integrations.smtp_mailer import SmtpMailer
from bot.usecases import rows
from bot.usecases.forget import Forget
from tests.fakes import payloads
from tests.fakes.bot import PATIENCE, Bot
from tests.fakes.clock import ManualClock
from tests.listeners.test_invitation import IC, OWNER, THURSDAY, book, invite, put
from tests.mail import local_smtp
from tests.mail.local_smtp import SENDER, LocalSmtp

CALENDAR = "meetings@acme.example"
ANA, BEN, DEV = "ana@acme.example", "ben@acme.example", "dev@acme.example"
EVIL = 'Dev, "שלום" 🦊\r\nATTENDEE:mailto:evil@x.example'
PEOPLE = (
    Person("U1", "Ana O'Neil, IC", email=ANA), Person("U2", "Ben", email=BEN), Person("U3", "Chioma"), Person("U4", EVIL, email=DEV),
)  # fmt: skip
POLICY = Policy(mail=MailRules(SENDER), calendar_address=CALENDAR, allow_waive=True)


@dataclass(frozen=True)
class Told:
    """One mail as its reader's calendar takes it."""

    to: tuple[str, ...]
    method: str
    uid: str
    sequence: int
    start: datetime
    people: frozenset[tuple[str, str]]
    summary: str
    status: str
    organizer: str
    words: str
    subject: str
    stamp: datetime


def told(envelope_to: list[str], mail: EmailMessage) -> Told:
    (part,) = [each for each in mail.walk() if each.get_content_type() == "text/calendar"]
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    (file,) = [each.get_content() for each in mail.iter_attachments()]
    assert file == content
    calendar = icalendar.Calendar.from_ical(content)
    (event,) = calendar.walk("VEVENT")
    listed = event.get("ATTENDEE", [])
    people = listed if isinstance(listed, list) else [listed]
    assert part.get_param("method") == calendar["METHOD"]
    assert [each.addr_spec for each in mail["To"].addresses] == envelope_to
    body = mail.get_body(("plain",))
    assert body
    return Told(
        tuple(sorted(envelope_to)), str(calendar["METHOD"]), str(event["UID"]), int(event["SEQUENCE"]), event["DTSTART"].dt,
        frozenset((str(each).removeprefix("mailto:"), str(each.params["ROLE"])) for each in people), str(event["SUMMARY"]),
        str(event.get("STATUS", "")), str(event["ORGANIZER"]), body.get_content(), str(mail["Subject"]), event["DTSTAMP"].dt,
    )  # fmt: skip


def box(server: LocalSmtp) -> list[Told]:
    return [told(envelope.rcpt_tos, mail) for envelope, mail in zip(server.box, server.mails, strict=True)]


def kept(bot: Bot) -> list[KeptMail]:
    found: list[KeptMail] = bot.look(lambda unit: unit.mails.of_record(bot.record().id, Purpose.INVITATION))
    return found


@pytest.fixture
def server() -> Iterator[LocalSmtp]:
    with local_smtp.running() as local:
        yield local


@pytest.fixture
def bot(engine: Engine, server: LocalSmtp) -> Bot:
    return begun(engine, server)


def begun(engine: Engine, server: LocalSmtp, **rules: Any) -> Bot:
    """A SEV-1 with an owner and an IC, whose meeting is not booked yet."""
    clock = ManualClock()
    bot = Bot(
        engine, clock=clock, policy=replace(POLICY, **rules), mailer=SmtpMailer(server.access(timeout=0.5), clock)
    )
    bot.know(*PEOPLE)
    bot.assigned()
    put(bot, severity=1, roles=Roles(ic=IC), title="Checkout, slow; שלום 🦊")
    bot.work()
    return bot


REQUIRED = {(ANA, "REQ-PARTICIPANT"), (BEN, "REQ-PARTICIPANT"), (CALENDAR, "NON-PARTICIPANT")}
LIAISON = {(DEV, "OPT-PARTICIPANT")}


def test_booked_moved_twice_severity_lowered_and_raised_and_cancelled(bot: Bot, server: LocalSmtp) -> None:
    book(bot)
    bot.work()
    invite(bot, liaison="U4")
    bot.work()
    for hours in (1, 2):
        book(bot, THURSDAY - timedelta(hours=hours))
        bot.work()
    bot.command("severity SEV-2", IC)
    bot.work()
    bot.command("severity SEV-1", IC)
    bot.work()
    bot.press(ids.MEETING_CANCEL, f"{bot.record().id}:2", OWNER)
    bot.work()
    bot.later(timedelta(days=1))
    seen = box(server)
    everybody, some = tuple(sorted((ANA, BEN, CALENDAR, DEV))), tuple(sorted((ANA, BEN, CALENDAR)))
    assert [(each.method, each.to) for each in seen] == [
        ("REQUEST", some), ("REQUEST", everybody), ("REQUEST", everybody), ("REQUEST", everybody), ("REQUEST", some),
        ("CANCEL", (DEV,)), ("REQUEST", everybody), ("CANCEL", everybody),
    ]  # fmt: skip
    assert len({each.uid for each in seen}) == 1
    assert [each.sequence for each in seen] == [0, 1, 2, 3, 4, 4, 5, 6]
    assert [set(each.people) for each in seen] == [
        REQUIRED, REQUIRED | LIAISON, REQUIRED | LIAISON, REQUIRED | LIAISON, REQUIRED, {(DEV, "REQ-PARTICIPANT")}, REQUIRED | LIAISON,
        REQUIRED | LIAISON,
    ]  # fmt: skip
    assert [each.start for each in seen][:4] == [
        THURSDAY,
        THURSDAY,
        *(THURSDAY - timedelta(hours=each) for each in (1, 2)),
    ]
    assert [each.status for each in seen][4:] == ["CONFIRMED", "", "CONFIRMED", "CANCELLED"]
    assert {each.organizer for each in seen} == {f"mailto:{SENDER.address}"}
    assert [each.stamp for each in seen] == sorted(each.stamp for each in seen)
    assert [each.subject.split(":")[0] for each in seen] == [
        "Post-mortem PM-1", "Updated", "Updated", "Updated", "Updated", "No longer invited", "Updated", "Cancelled",
    ]  # fmt: skip


def test_names_titles_links_and_the_agenda_are_in_it_and_break_nothing(bot: Bot, server: LocalSmtp) -> None:
    invite(bot, added=["U3"], liaison="U4")
    book(bot, link="https://meet.example/a?b=c,d")
    bot.work()
    (seen,), (mail,) = box(server), server.mails
    assert "Checkout, slow; שלום 🦊" in seen.summary
    assert "Checkout, slow; שלום 🦊" in mail["Subject"]
    names = {each.addr_spec: each.display_name for each in mail["To"].addresses}
    assert (names[ANA], names[DEV]) == ("Ana O'Neil, IC", " ".join(EVIL.split()))
    assert set(seen.people) == REQUIRED | LIAISON
    for word in (
        "https://meet.example/a?b=c,d",
        "Recap",
        "archives/C1",
        "Also invited, without a known address: Chioma",
        "16:30 (UTC)",
    ):
        assert word in seen.words, word
    html = mail.get_body(("html",))
    assert html
    page = html.get_content()
    assert '<a href="https://meet.example/a?b=c,d">' in page
    assert [each[:2] for each in re.findall("<strong>(.*?)</strong>", page)] == ["1.", "2.", "3.", "4.", "5."]
    assert "<title>Post-mortem PM-1: Checkout, slow; שלום 🦊</title>" in page


def test_what_did_not_change_is_not_mailed_again(bot: Bot, server: LocalSmtp) -> None:
    book(bot)
    bot.work()
    put(bot, services=())
    for _ in range(3):
        bot.command("status", OWNER)
        bot.command("harvest", OWNER)
        bot.later(timedelta(minutes=20))
    assert len(server.box) == 1


def test_a_change_that_is_taken_back_at_once_is_no_mail(bot: Bot, server: LocalSmtp) -> None:
    invite(bot, liaison="U4")
    book(bot)
    bot.work()
    bot.command("severity SEV-2", IC)
    bot.command("severity SEV-1", IC)
    bot.work()
    assert len(server.box) == 1


def test_somebody_left_out_hears_of_it_alone_and_is_invited_again(bot: Bot, server: LocalSmtp) -> None:
    invite(bot, added=["U4"])
    book(bot)
    bot.work()
    invite(bot, added=[])
    bot.work()
    invite(bot, added=["U4"])
    bot.work()
    seen = box(server)
    assert [(each.method, DEV in each.to, each.sequence) for each in seen] == [
        ("REQUEST", True, 0), ("REQUEST", False, 1), ("CANCEL", True, 1), ("REQUEST", True, 2),
    ]  # fmt: skip
    assert "no longer invited" in seen[2].words


def test_of_a_restricted_one_neither_title_nor_agenda_leave_and_the_shared_calendar_loses_it(
    bot: Bot, server: LocalSmtp
) -> None:
    book(bot)
    bot.work()
    put(bot, restricted=True)
    redrawn(bot)
    _, request, off = box(server)
    assert (request.to, off.to, off.method) == ((ANA, BEN), (CALENDAR,), "CANCEL")
    for envelope in server.box[1:]:
        assert b"Checkout" not in (envelope.original_content or b"")
    for each in (request, off):
        assert "Checkout" not in each.words + each.summary + each.subject
        assert "Recap" not in each.words


def test_given_up_it_leaves_calendars_and_comes_back(bot: Bot, server: LocalSmtp) -> None:
    book(bot)
    bot.work()
    bot.command("severity SEV-3", IC)
    bot.work()
    bot.command("waive a small thing", IC)
    bot.work()
    bot.command("waive undo", IC)
    bot.work()
    seen = box(server)
    assert [each.method for each in seen] == ["REQUEST", "CANCEL", "REQUEST"]
    assert [each.sequence for each in seen] == [0, 1, 2]


def test_booked_again_after_its_end_it_is_a_new_invitation_and_then_an_update(bot: Bot, server: LocalSmtp) -> None:
    book(bot)
    bot.work()
    bot.press(ids.MEETING_CANCEL, f"{bot.record().id}:0", OWNER)
    bot.work()
    for hours in (1, 2):
        book(bot, THURSDAY - timedelta(hours=hours))
        bot.work()
    assert [each.subject.split(":")[0] for each in box(server)] == [
        "Post-mortem PM-1", "Cancelled", "Post-mortem PM-1", "Updated",
    ]  # fmt: skip
    assert "<title>Post-mortem PM-1" in str(server.mails[2].get_body(("html",)))


def test_guests_are_named_in_one_way_and_not_as_added_by_hand(bot: Bot, server: LocalSmtp) -> None:
    bot.know(Person("U1", "ana", "Ana O'Neil", email=ANA), Person("U4", "dev", "Dev Patel", email=DEV))
    invite(bot, added=["U4"])
    book(bot)
    bot.work()
    (seen,) = box(server)
    assert "Dev Patel" in seen.words
    assert "by hand" not in seen.words
    assert "(IC): Ana O'Neil" in seen.words
    assert not re.search(r"\bana\b|\bdev\b", seen.words)


def test_while_the_server_is_away_only_the_newest_is_sent_when_it_is_back(bot: Bot, server: LocalSmtp) -> None:
    server.refuses = dict.fromkeys((ANA, BEN, CALENDAR), "450 Later")
    book(bot)
    bot.work()
    book(bot, THURSDAY - timedelta(hours=1))
    bot.work()
    server.refuses = {}
    bot.later(timedelta(minutes=10))
    (seen,) = box(server)
    assert (seen.sequence, seen.start) == (1, THURSDAY - timedelta(hours=1))
    assert [each.state for each in kept(bot)] == [MailState.DROPPED, MailState.SENT]


def test_cancelled_before_anybody_had_it_nothing_is_mailed(bot: Bot, server: LocalSmtp) -> None:
    server.refuses = dict.fromkeys((ANA, BEN, CALENDAR), "450 Later")
    book(bot)
    bot.work()
    bot.press(ids.MEETING_CANCEL, f"{bot.record().id}:0", OWNER)
    server.refuses = {}
    bot.later(timedelta(minutes=30))
    assert not server.box


def test_a_meeting_that_is_over_is_not_mailed_about(bot: Bot, server: LocalSmtp) -> None:
    server.refuses = dict.fromkeys((ANA, BEN, CALENDAR), "450 Later")
    book(bot)
    bot.work()
    bot.clock.advance_to(THURSDAY + timedelta(hours=2))
    server.refuses = {}
    bot.work()
    assert not server.box


def test_off_in_the_settings_nothing_is_mailed(engine: Engine, server: LocalSmtp) -> None:
    bot = begun(engine, server, mail=MailRules(SENDER, invitations=False))
    book(bot)
    bot.work()
    assert not server.box
    assert any(each.name.endswith(".ics") for each in bot.chat.visible_files().values())


def test_without_a_mail_server_only_the_file_is_handed_out(engine: Engine) -> None:
    bot = Bot(engine)
    bot.assigned()
    book(bot)
    bot.work()
    assert any(each.name.endswith(".ics") for each in bot.chat.visible_files().values())
    assert kept(bot) == []


def test_an_address_that_slack_does_not_tell_any_more_is_still_that_of_who_is_invited(
    bot: Bot, server: LocalSmtp
) -> None:
    book(bot)
    bot.work()
    bot.know(*(replace(each, email="") for each in PEOPLE))
    bot.command("status", OWNER)
    put(bot, services=())
    redrawn(bot)
    assert len(server.box) == 1
    book(bot, THURSDAY - timedelta(hours=1))
    bot.work()
    assert [(each.method, each.to) for each in box(server)] == [("REQUEST", tuple(sorted((ANA, BEN, CALENDAR))))] * 2


def test_somebody_with_a_new_address_is_invited_there_and_not_at_the_old_one(bot: Bot, server: LocalSmtp) -> None:
    book(bot)
    bot.work()
    bot.know(Person("U2", "Ben", email="ben@new.example"))
    redrawn(bot)
    _, request, off = box(server)
    assert (BEN in request.to, "ben@new.example" in request.to, off.to, off.method) == (False, True, (BEN,), "CANCEL")


def test_who_is_forgotten_is_in_no_mail_that_is_kept_and_gets_none(bot: Bot, server: LocalSmtp) -> None:
    invite(bot, added=["U4"])
    book(bot)
    bot.work()
    with bot.store.transaction(PATIENCE) as unit:
        Forget()(unit, payloads.TEAM, "U4", "U1", bot.clock.now())
    assert DEV not in repr(kept(bot))
    bot.work()
    assert [each.to for each in box(server)][1:] == [tuple(sorted((ANA, BEN, CALENDAR)))]


def redrawn(bot: Bot) -> None:
    """Something changed."""
    with bot.store.transaction(PATIENCE) as unit:
        unit.outbox.put(rows.card(bot.record(), bot.clock.now()))
    bot.work()


def test_an_address_that_is_refused_is_told_to_the_owner_once(bot: Bot, server: LocalSmtp) -> None:
    server.refuses[ANA] = "550 5.1.1 No such user"
    for hours in range(3):
        book(bot, THURSDAY - timedelta(hours=hours))
        bot.work()
    assert len(server.box) == 3
    said = [post for post in bot.chat.posts if "mail_refused" in post.mark]
    assert len(said) == 1
    assert "No such user" in str(said[0].drawing)
    assert ANA in str(said[0].drawing)
