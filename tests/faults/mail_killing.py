"""The invitation to a meeting by real processes, from the booking to a real mail server, with a kill -9 at exactly one of the server's
answers: the answer hangs, and the bot is killed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.booking import Booking
from bot.domain.kept_mail import ANSWERED_WITHIN, KeptMail, MailState, Purpose
from bot.usecases import rows
from storage.store import SqlUnit
from tests.faults.real import RealSlack, write_workspace
from tests.faults.real_run import RealRun
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


class RealMail(RealRun):
    """One run. `at` is the number of the answer to die at, None for an undisturbed run; `after`: the server has taken it by then."""

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
                self._written(lambda unit: self._book(unit, datetime.now(UTC)), "the meeting")
                self._until(self._settled, ASKED_WITHIN if self._at == ANSWERS else PATIENCE * 2, "the mail")
                return Left(len(self._server.box), self._mails(), len(self._asked()), self._killed)
            finally:
                self._end()

    def _settings(self) -> dict[str, str]:
        return {
            "SMTP_HOST": "localhost",
            "SMTP_PORT": str(self._server.port),
            "SMTP_USER": USER,
            "SMTP_PASSWORD": PASSWORD,
            "MAIL_FROM": "Post-mortems <postmortems@acme.example>",
            "CALENDAR_ADDRESS": CALENDAR,
            "SSL_CERT_FILE": str(self._server.authority(self._folder)),
        }

    def _heard(self) -> int:
        return len(self._server.answers)

    def _book(self, unit: SqlUnit, now: datetime) -> None:
        """The meeting, as the form writes it."""
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

    def _mails(self) -> list[KeptMail]:
        with self._store.reading() as unit:
            return list(unit.mails.of_record(self._found(unit), Purpose.INVITATION))


def check(left: Left, at: int, *, after: bool) -> None:
    """One mail, or none and one question: where only a person can tell."""
    assert left.killed
    (mail,) = left.mails
    if at < ANSWERS:
        assert (left.taken, mail.state, left.asked) == (1, MailState.SENT, 0)
    else:
        assert (left.taken, mail.state, left.asked) == (int(after), MailState.UNKNOWN, 1)
