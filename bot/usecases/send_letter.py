"""A mail that somebody wrote goes out (R-53, R-55): through the mail server, or by their own hand, which they say. What was sent
is not sent once more by mistake: who sent it and when is said first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain import addresses, errors, kept_mail, mail_sheet, mailing, recipients, summary_mail
from bot.domain.kept_mail import KeptMail
from bot.domain.mail_draft import Letter, Mark
from bot.domain.mail_sheet import Checked, MailSheet
from bot.domain.outgoing import Json
from bot.domain.postmortem import Audit
from bot.ports.store import Unit
from bot.usecases import send_mail, standing, write_mail
from bot.usecases.write_mail import WriteMail

NO_SERVER = "There is no mail server any more: copy the text, send it yourself, and press “I sent it”."


class SentAlready(Exception):
    """It was sent since the person looked, or before: whether it is to go once more is asked. Nothing was done."""

    def __init__(self, sheet: MailSheet) -> None:
        super().__init__(sheet.draft.purpose.value)
        self.sheet = sheet


@dataclass(frozen=True, slots=True)
class SendLetter:
    """Sends what is kept, or keeps that somebody sent it."""

    write: WriteMail

    def __call__(
        self, unit: Unit, team_id: str, record_id: str, letter: Letter, known: int, by: str, now: datetime
    ) -> MailSheet:  # fmt: skip
        """Through the mail server, as soon as this is committed. `known` is how often it went out as far as the person saw.
        Raises SentAlready, BadInput, Refused."""
        sheet, checked = self._ready(unit, team_id, record_id, letter, known, by, now)
        if not sheet.by_server:
            raise errors.refused("no_server", NO_SERVER)
        record, purpose = sheet.record, mailing.purpose(letter)
        number = len(unit.mails.of_record(record.id, purpose)) + 1
        identity, to = kept_mail.identity(record.id, purpose, str(number)), tuple(map(addresses.mailbox, checked.to))
        words: dict[str, Json] = {"subject": checked.subject, "text": checked.body, "restricted": record.restricted}
        send_mail.want(unit, record, KeptMail(identity, record.id, purpose, to, by, now, words), now)
        told = f"to {recipients.shown(checked.to)}"
        unit.ledger.note(Audit(record.id, now, by, f"mail.{letter}", None, told, "sent by the mail server"))
        write_mail.redraw(unit, record, now)
        return self.write.sheet(unit, record, letter, by, now)

    def by_hand(
        self, unit: Unit, team_id: str, record_id: str, letter: Letter, known: int, by: str, now: datetime
    ) -> MailSheet:  # fmt: skip
        """Somebody sent it as it is kept. Raises the same."""
        sheet, checked = self._ready(unit, team_id, record_id, letter, known, by, now)
        record = sheet.record
        unit.mail_drafts.put(sheet.draft.marked(Mark(by, now, checked.to)))
        told = f"to {recipients.shown(checked.to)}"
        unit.ledger.note(Audit(record.id, now, by, f"mail.{letter}", None, told, "sent by hand"))
        write_mail.redraw(unit, record, now)
        return self.write.sheet(unit, record, letter, by, now)

    def _ready(
        self, unit: Unit, team_id: str, record_id: str, letter: Letter, known: int, by: str, now: datetime
    ) -> tuple[MailSheet, Checked]:  # fmt: skip
        record = standing.record_or_refuse(unit, record_id, team_id=team_id)
        sheet = self.write.sheet(unit, record, letter, by, now)
        mailing.check_free(sheet.goings)
        if len(sheet.went) != known:
            raise SentAlready(sheet)
        checked = mail_sheet.check(sheet.typed, going=True)
        mail_sheet.restricted(self.write.policy.mail_lists, record, checked.to)
        summary_mail.check_link(checked.body, sheet.link)
        return sheet, checked
