"""The invitation to a meeting by real processes, from the booking to a real mail server, with a kill -9 at exactly one of the server's
answers: the answer hangs, and the bot is killed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.domain.booking import Booking
from bot.domain.kept_mail import ANSWERED_WITHIN, KeptMail, MailState, Purpose
from bot.ports.errors import Busy, Outdated
from bot.usecases import rows
from storage.engine import make_engine
from storage.store import SqlStore, SqlUnit
from tests.faults.real import RealBot, RealSlack, write_workspace
from tests.mail import local_smtp
from tests.mail.local_smtp import PASSWORD, USER, LocalSmtp, Way

CALENDAR = "meetings@acme.example"
# Greeting, EHLO, STARTTLS, EHLO, AUTH, MAIL, RCPT, DATA, and the end of the mail.
ANSWERS = 9
PATIENCE = timedelta(seconds=60)
# A lease of a minute, and then as long as the server may think.
ASKED_WITHIN = ANSWERED_WITHIN + timedelta(minutes=3)
_LOCK = timedelta(seconds=20)


@dataclass(frozen=True)
class Left:
    """What a run left: how many mails the server took, what the bot keeps of them, and how often somebody was asked."""

    taken: int
    mails: Sequence[KeptMail]
    asked: int
    killed: bool


class RealMail:
    """One run. `at` is the number of the answer to die at, None for an undisturbed run; `after`: the server has taken it by then."""

    def __init__(self, folder: Path, at: int | None = None, *, after: bool = False) -> None:
        self._folder, self._at, self._after = folder, at, after
        self._killed, self._started = False, 0

    def run(self) -> Left:
        """From the booking to a mail that was sent, or asked about. Raises AssertionError when neither comes."""
        self._folder.mkdir(parents=True, exist_ok=True)
        hang = {self._at: Way.HANG if self._after else Way.HANG_BEFORE} if self._at else {}
        with local_smtp.running(LocalSmtp(at=hang)) as self._server:
            self._slack = RealSlack(write_workspace(self._folder))
            try:
                self._start()
                assert self._slack.act.command("ana", "#incident", "/postmortem assign @ben").get("ok", True)
                self._until(lambda: self._record_id() != "", PATIENCE, "the record")
                self._booked()
                self._until(self._settled, ASKED_WITHIN if self._at == ANSWERS else PATIENCE * 2, "the mail")
                return Left(len(self._server.box), self._mails(), len(self._asked()), self._killed)
            finally:
                self._bot.kill()
                self._slack.stop()

    def _start(self) -> None:
        self._started += 1
        mail = {
            "SMTP_HOST": "localhost",
            "SMTP_PORT": str(self._server.port),
            "SMTP_USER": USER,
            "SMTP_PASSWORD": PASSWORD,
            "MAIL_FROM": "Post-mortems <postmortems@acme.example>",
            "CALENDAR_ADDRESS": CALENDAR,
            "SSL_CERT_FILE": str(self._server.authority(self._folder)),
        }
        self._bot = RealBot(self._slack, self._folder, self._started, **mail)

    def _booked(self) -> None:
        """The meeting, as the form writes it."""
        with self._store() as store:
            for _ in range(20):
                try:
                    with store.transaction(_LOCK) as unit:
                        self._write(unit, datetime.now(UTC))
                    return
                except (Busy, Outdated):
                    time.sleep(0.2)
        raise AssertionError("the meeting could not be written down")

    def _write(self, unit: SqlUnit, now: datetime) -> None:
        record = unit.records.get(self._found(unit), lock=True)
        assert record
        start = now + timedelta(days=1)
        unit.meetings.put_booking(Booking(record.id, start, start + timedelta(minutes=30), record.created_by, now))
        unit.outbox.put(rows.card(record, now))

    def _settled(self) -> bool:
        mails = self._mails()
        if any(each.state is MailState.UNKNOWN for each in mails):
            return len(self._asked()) > 0
        return bool(mails) and all(each.state is MailState.SENT for each in mails)

    def _asked(self) -> list[dict[str, Any]]:
        return [each for each in self._slack.posts() if ":mail_unknown:" in each["metadata"]["event_payload"]["mark"]]

    def _until(self, found: Callable[[], Any], patience: timedelta, what: str) -> None:
        end = time.monotonic() + patience.total_seconds()
        while not found():
            self._kill_if_hanging()
            assert time.monotonic() < end, f"{what} never came: {self._bot.log.read_text()[-2000:]}"
            time.sleep(0.05)

    def _kill_if_hanging(self) -> None:
        if self._at and len(self._server.answers) >= self._at and not self._killed:
            self._bot.kill()
            self._killed = True
            self._start()

    @contextmanager
    def _store(self) -> Iterator[SqlStore]:
        engine = make_engine(f"sqlite:///{self._folder}/bot.db")
        try:
            yield SqlStore(engine)
        finally:
            engine.dispose()

    def _record_id(self) -> str:
        with self._store() as store, store.reading() as unit:
            return self._found(unit)

    def _found(self, unit: SqlUnit) -> str:
        found = unit.records.current(self._slack.client.team_id, self._slack.see.channel("incident")["id"])
        return found.id if found else ""

    def _mails(self) -> list[KeptMail]:
        with self._store() as store, store.reading() as unit:
            return list(unit.mails.of_record(self._found(unit), Purpose.INVITATION))


def check(left: Left, at: int, *, after: bool) -> None:
    """One mail, or none and one question: where only a person can tell."""
    assert left.killed
    (mail,) = left.mails
    if at < ANSWERS:
        assert (left.taken, mail.state, left.asked) == (1, MailState.SENT, 0)
    else:
        assert (left.taken, mail.state, left.asked) == (int(after), MailState.UNKNOWN, 1)
