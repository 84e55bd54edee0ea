"""The invitation leaves by a file in Slack, by the shared calendar (a real CalDAV server) and by mail (a real mail server): one meeting
under one UID, with the same number and the same people by all three at each step (R-13 to R-15)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
from sqlalchemy.engine import Engine

from bot.blocks import ids
from bot.domain.calendar_event import EventState
from bot.domain.harvest.person import Person
from bot.domain.kept_mail import Purpose
from bot.domain.mail import MailRules
from bot.domain.policy import Policy
from bot.domain.postmortem import Roles
from bot.integrations.caldav_calendar import CaldavCalendar
from bot.integrations.caldav_client import CaldavClient
from bot.integrations.smtp_mailer import SmtpMailer
from tests.caldav import local_caldav
from tests.caldav.local_caldav import BROKEN, FORBIDDEN, LocalCaldav
from tests.fakes.bot import Bot
from tests.fakes.clock import ManualClock
from tests.jobs import test_invitation_mail, test_shared_calendar
from tests.jobs.test_invitation_mail import ANA, BEN, DEV, PEOPLE, Told, redrawn
from tests.listeners.test_invitation import IC, OWNER, THURSDAY, book, files, invite, put
from tests.mail import local_smtp
from tests.mail.local_smtp import SENDER, LocalSmtp

SHARED, BOT = "meetings@acme.example", "calendar-bot@acme.example"
POLICY = Policy(mail=MailRules(SENDER), calendar_address=SHARED, shared_calendar=True)
GUEST = icalendar.vCalAddress("mailto:guest@partner.example")
Who = dict[str, str]


@dataclass
class World:
    """One meeting, and everything that it leaves by."""

    bot: Bot
    caldav: LocalCaldav
    server: LocalSmtp
    read: int = 0

    def do(self, act: Callable[[], object]) -> World:
        """Somebody does something, and all that follows from it leaves."""
        act()
        self.bot.work()
        return self

    def mails(self) -> list[Told]:
        """Those that came since this was asked last."""
        found = test_invitation_mail.box(self.server)[self.read :]
        self.read += len(found)
        return found

    def move(self, hours: int) -> None:
        assert not book(self.bot, THURSDAY - timedelta(hours=hours)).errors

    def file(self) -> Any:
        (calendar,) = files(self.bot)
        (event,) = calendar.walk("VEVENT")
        return event


def started(engine: Engine, caldav: LocalCaldav, server: LocalSmtp, **rules: Any) -> World:
    clock = ManualClock()
    calendar = CaldavCalendar(CaldavClient(caldav.access, timeout=(1, 0.5)), clock)
    mailer = SmtpMailer(server.access(timeout=0.5), clock)
    bot = Bot(engine, clock=clock, policy=replace(POLICY, **rules), shared=calendar, mailer=mailer)
    bot.know(*(each for each in PEOPLE if each.email))
    bot.assigned()
    put(bot, severity=1, roles=Roles(ic=IC), title="Checkout, slow; שלום 🦊")
    bot.work()
    return World(bot, caldav, server)


@pytest.fixture
def server() -> Iterator[LocalSmtp]:
    with local_smtp.running() as local:
        yield local


@pytest.fixture
def caldav(tmp_path: Path) -> Iterator[LocalCaldav]:
    with local_caldav.running(tmp_path / "radicale") as local:
        yield local


@pytest.fixture
def world(engine: Engine, caldav: LocalCaldav, server: LocalSmtp) -> World:
    return started(engine, caldav, server)


def who(event: Any) -> Who:
    """Everybody on it by address, and whether they must come."""
    found = event.get("ATTENDEE", [])
    listed = found if isinstance(found, list) else [found]
    return {str(each).removeprefix("mailto:"): str(each.params["ROLE"])[:3] for each in listed}


def kept(bot: Bot) -> Any:
    return test_shared_calendar.kept(bot)


def test_at_each_step_all_three_carry_one_meeting_under_one_number(world: World) -> None:
    bot, some = world.bot, {ANA: "REQ", BEN: "REQ"}
    everybody = some | {DEV: "OPT"}
    steps: list[tuple[Callable[[], object], Who, list[str]]] = [
        (lambda: book(bot), some, ["REQUEST"]),
        (lambda: invite(bot, liaison="U4"), everybody, ["REQUEST"]),
        (lambda: world.move(1), everybody, ["REQUEST"]),
        (lambda: world.move(2), everybody, ["REQUEST"]),
        (lambda: bot.command("severity SEV-2", IC), some, ["REQUEST", "CANCEL"]),
        (lambda: bot.command("severity SEV-1", IC), everybody, ["REQUEST"]),
    ]
    numbers, uids = [], set()
    for act, people, methods in steps:
        world.do(act)
        mails, event, file = world.mails(), world.caldav.event(), world.file()
        number = int(file["SEQUENCE"])
        assert (int(event["SEQUENCE"]), [each.sequence for each in mails]) == (number, [number] * len(mails))
        assert [each.method for each in mails] == methods
        assert who(event) == who(file) == people
        assert {address: role[:3] for address, role in mails[0].people} == people
        assert mails[0].to == tuple(sorted(people))
        assert [(each.to, {name for name, _ in each.people}) for each in mails[1:]] == [((DEV,), {DEV})] * len(
            mails[1:]
        )
        assert event["DTSTART"].dt == file["DTSTART"].dt == mails[0].start
        assert (
            {str(each["ORGANIZER"]) for each in (event, file)} == {f"mailto:{SENDER.address}"} == {mails[0].organizer}
        )
        numbers.append(number)
        uids |= {str(event["UID"]), str(file["UID"]), *(each.uid for each in mails)}
    assert numbers == [0, 1, 2, 3, 4, 5]

    put(bot, restricted=True)
    redrawn(bot)
    (mail,), file = world.mails(), world.file()
    assert (mail.sequence, int(file["SEQUENCE"]), world.caldav.hrefs()) == (6, 6, [])
    assert "Checkout" not in mail.summary + mail.words + str(file["SUMMARY"])

    world.do(lambda: bot.press(ids.MEETING_CANCEL, f"{bot.record().id}:2", OWNER))
    (mail,), file = world.mails(), world.file()
    assert (mail.method, mail.sequence, int(file["SEQUENCE"]), str(file["STATUS"])) == ("CANCEL", 7, 7, "CANCELLED")
    assert who(file) == {ANA: "REQ", BEN: "REQ", DEV: "OPT"}
    assert uids | {mail.uid, str(file["UID"])} == {f"pm-{bot.record().id}@postmortem-bot"}
    assert SHARED not in str([each.rcpt_tos for each in world.server.box]), "we write there ourselves"


def test_cancelled_it_is_cancelled_by_all_three_under_one_number(world: World) -> None:
    world.do(lambda: book(world.bot))
    world.mails()
    world.do(lambda: world.bot.press(ids.MEETING_CANCEL, f"{world.bot.record().id}:0", OWNER))
    (mail,) = world.mails()
    told = [(str(each["STATUS"]), int(each["SEQUENCE"])) for each in (world.caldav.event(), world.file())]
    assert told == [("CANCELLED", 1)] * 2 == [(mail.status, mail.sequence)] * 2


def test_what_people_made_of_the_number_in_the_calendar_raises_it_everywhere_with_the_next_change(world: World) -> None:
    world.do(lambda: book(world.bot))
    world.caldav.edit(sequence=7, attendee=[*world.caldav.event()["ATTENDEE"], GUEST])
    test_shared_calendar.look(world.bot)
    assert (len(world.mails()), int(world.caldav.event()["SEQUENCE"])) == (1, 7), "nobody is told what they did there"
    world.do(lambda: world.move(1))
    assert [each.sequence for each in world.mails()] == [8]
    assert [int(each["SEQUENCE"]) for each in (world.caldav.event(), world.file())] == [8, 8]


def test_also_where_nobody_had_read_it_before(world: World) -> None:
    world.do(lambda: book(world.bot))
    world.mails()
    world.caldav.edit(sequence=7)
    world.do(lambda: world.move(1))
    world.bot.later(timedelta(minutes=1))
    assert {int(each["SEQUENCE"]) for each in (world.caldav.event(), world.file())} == {8}
    assert world.mails()[-1].sequence == 8


def test_a_program_that_writes_the_event_in_its_own_way_makes_no_mail(world: World) -> None:
    world.do(lambda: book(world.bot))
    world.mails()
    listed = list(reversed(world.caldav.event()["ATTENDEE"]))
    for each in listed:
        del each.params["ROLE"]
    world.caldav.edit(attendee=listed, sequence=1)
    test_shared_calendar.look(world.bot)
    assert world.mails() == []


# A server that invites people by itself.


@pytest.fixture
def inviting(world: World) -> World:
    world.caldav.schedules, world.caldav.own = True, BOT
    return world


def test_a_server_that_invites_by_itself_is_the_only_one_that_does(inviting: World) -> None:
    inviting.do(lambda: book(inviting.bot))
    for hours in (1, 2):
        inviting.do(lambda hours=hours: inviting.move(hours))
    assert inviting.server.box == []
    event, file = inviting.caldav.event(), inviting.file()
    assert {str(each["ORGANIZER"]) for each in (event, file)} == {f"mailto:{BOT}"}
    assert int(event["SEQUENCE"]) == int(file["SEQUENCE"]) >= 2
    assert who(event) == {ANA: "REQ", BEN: "REQ"}


def test_where_it_does_not_tell_as_whom_it_is_the_shared_calendars_address(inviting: World) -> None:
    inviting.caldav.own = ""
    inviting.do(lambda: book(inviting.bot))
    assert str(inviting.caldav.event()["ORGANIZER"]) == f"mailto:{SHARED}"


def test_to_a_restricted_one_it_invites_nobody_and_mail_does(inviting: World) -> None:
    put(inviting.bot, restricted=True)
    inviting.do(lambda: book(inviting.bot))
    (mail,) = inviting.mails()
    assert (mail.to, mail.organizer) == ((ANA, BEN), f"mailto:{SENDER.address}")
    assert inviting.caldav.hrefs() == []


def test_while_nobody_knows_who_invites_no_mail_leaves(world: World) -> None:
    world.caldav.fail("OPTIONS", *([BROKEN] * 50))
    world.do(lambda: book(world.bot))
    assert world.mails() == []
    world.caldav.faults.clear()
    world.bot.later(timedelta(minutes=20))
    assert len(world.mails()) == 1


def test_one_that_never_answers_is_waited_for_as_usual_and_then_mail_invites(world: World) -> None:
    world.caldav.fail("*", *([BROKEN] * 500))
    world.do(lambda: book(world.bot))
    world.bot.work(timedelta(hours=2))
    assert [each.method for each in world.mails()] == ["REQUEST"]


@pytest.mark.parametrize("fault", [FORBIDDEN, local_caldav.Fault(405)])
def test_a_server_that_does_not_say_so_invites_nobody(world: World, fault: local_caldav.Fault) -> None:
    world.caldav.fail("OPTIONS", fault)
    world.do(lambda: book(world.bot))
    assert len(world.mails()) == 1
    assert kept(world.bot).state is EventState.STANDING


def test_what_was_learnt_is_remembered_and_asked_anew_with_the_busy_times(world: World) -> None:
    world.do(lambda: book(world.bot))
    world.do(lambda: world.move(1))
    assert world.caldav.seen.count("OPTIONS") == 1
    world.caldav.schedules = True
    world.bot.service.runner.housekeeping()
    world.bot.later(timedelta(hours=1))
    told = world.bot.look(lambda unit: unit.calendar.scheduling("T1"))
    assert (told.by_server, told.address) == (True, "")


def test_whoever_was_mailed_may_have_answered_by_mail_and_who_has_no_address_was_not_mailed(world: World) -> None:
    world.do(lambda: book(world.bot))
    world.bot.press(ids.INVITED_OPEN, world.bot.record().id, OWNER)
    shown = str(world.bot.screens.form())
    assert "no answer" not in shown
    assert "not mailed" not in shown
    world.bot.know(Person(IC, "Ana"))
    with world.bot.store.transaction(timedelta(seconds=5)) as unit:
        mails = unit.mails.of_record(world.bot.record().id, Purpose.INVITATION)
        for each in mails:
            unit.mails.put(replace(each, words={**each.words, "users": []}))
    world.bot.press(ids.INVITED_OPEN, world.bot.record().id, OWNER)
    shown = str(world.bot.screens.form())
    assert "1 not mailed: no address" in shown
    assert "no answer" not in shown
