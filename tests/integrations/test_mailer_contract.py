"""What every mailer does alike: the real one against a real server, the one of the tests, and the one that stands in where there is no
server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from bot.domain.mail import Mail, Mailbox
from bot.integrations.console_mailer import NONE, ConsoleMailer
from bot.integrations.smtp_mailer import SmtpMailer
from bot.ports.errors import Busy, IntegrationError
from bot.ports.mailer import Mailer
from tests.fakes import mailer as fakes
from tests.fakes.clock import ManualClock
from tests.fakes.mailer import FakeMailer
from tests.mail import local_smtp
from tests.mail.local_smtp import LocalSmtp, Way

MAIL = Mail("pm-1.first.1", (Mailbox("ana@acme.example", "Ana"), Mailbox("ben@acme.example")), "Subject", "Text")
# The end of the mail, which has two recipients.
LAST = 10


@dataclass
class World:
    """A mailer, and its server in the test's hands."""

    mailer: Mailer
    server: LocalSmtp | None = None

    def taken(self) -> int:
        if self.server:
            return len(self.server.box)
        assert isinstance(self.mailer, FakeMailer)
        return len(self.mailer.box)

    def refuse(self, address: str) -> None:
        if self.server:
            self.server.refuses[address] = "550 No"
        else:
            assert isinstance(self.mailer, FakeMailer)
            self.mailer.refuses[address] = "550 No."

    def answer_lost(self) -> None:
        if self.server:
            self.server.at[LAST] = Way.CUT
        else:
            assert isinstance(self.mailer, FakeMailer)
            self.mailer.fail_next(fakes.lost(), after=True)


@pytest.fixture(params=["smtp", "fake"])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    if request.param == "fake":
        yield World(FakeMailer())
        return
    with local_smtp.running() as server:
        yield World(SmtpMailer(server.access(), ManualClock(datetime(2026, 3, 2, tzinfo=UTC))), server)


def test_what_is_sent_is_taken_once_after_the_last_step_was_announced(world: World) -> None:
    seen: list[int] = []
    delivery = world.mailer.send(MAIL, lambda: seen.append(world.taken()))
    assert world.mailer.configured
    assert (seen, world.taken(), delivery.refused) == ([0], 1, ())
    assert delivery.message_id.startswith(f"<{MAIL.identity}@")
    assert world.mailer.send(MAIL).message_id == delivery.message_id


def test_what_the_last_step_raises_is_raised_and_nothing_is_sent(world: World) -> None:
    def busy() -> None:
        raise Busy("not now")

    with pytest.raises(Busy):
        world.mailer.send(MAIL, busy)
    assert world.taken() == 0


def test_a_refused_recipient_is_named_and_where_all_are_nothing_is_announced(world: World) -> None:
    world.refuse("ana@acme.example")
    assert world.mailer.send(MAIL).refused == (("ana@acme.example", "550 No."),)
    world.refuse("ben@acme.example")
    seen: list[int] = []
    with pytest.raises(IntegrationError) as caught:
        world.mailer.send(MAIL, lambda: seen.append(1))
    assert (caught.value.retryable, caught.value.unknown, caught.value.name, seen) == (False, False, "smtp_550", [])
    assert world.taken() == 1


def test_a_lost_answer_is_unknown(world: World) -> None:
    world.answer_lost()
    with pytest.raises(IntegrationError) as caught:
        world.mailer.send(MAIL)
    assert (caught.value.unknown, world.taken()) == (True, 1)


def test_a_mail_to_nobody_is_a_mistake_everywhere(world: World) -> None:
    for each in (world.mailer, ConsoleMailer()):
        with pytest.raises(ValueError, match="nobody"):
            each.send(replace(MAIL, to=()))


def test_checking_sends_nothing(world: World) -> None:
    world.mailer.check()
    assert world.taken() == 0


def test_where_there_is_no_server_it_says_so_and_announces_nothing() -> None:
    none, seen = ConsoleMailer(), list[int]()
    for act in (none.check, lambda: none.send(MAIL, lambda: seen.append(1))):
        with pytest.raises(IntegrationError) as caught:
            act()
        assert (str(caught.value), caught.value.retryable, caught.value.unknown) == (NONE, False, False)
    assert (none.configured, seen) == (False, [])
