"""The mails that people write and send (R-53, R-55, R-50): shown as they follow from the post-mortem, saved never over what
somebody else saved meanwhile, and handed out to be copied."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain import mail_draft, mail_sheet, mailing, recipients, summary_mail
from bot.domain.mail_draft import Letter, MailDraft
from bot.domain.mail_sheet import Checked, MailSheet, Typed
from bot.domain.outgoing import Json
from bot.domain.overview import Overview
from bot.domain.policy import Policy
from bot.domain.postmortem import Audit, Postmortem
from bot.domain.topics import Topic
from bot.ports.store import Unit
from bot.usecases import actors, overviews, rows, standing

# The name under which the card is remembered: the newest document always stands in its thread.
CARD = "card"


class Overtaken(Exception):
    """Somebody else saved the mail while the form was open; nothing was saved. `theirs` is how it stands."""

    def __init__(self, theirs: MailSheet) -> None:
        super().__init__(theirs.draft.purpose.value)
        self.theirs = theirs


@dataclass(frozen=True, slots=True)
class WriteMail:
    """Shows a mail, and saves it."""

    policy: Policy
    workspace_url: str

    def usual(self, unit: Unit, record: Postmortem, by: str) -> Letter:
        """Which one somebody means who names none. Raises Refused for somebody who writes none."""
        first = mailing.goings(unit.mail_drafts.get(record.id, Letter.FIRST), unit.mails.of_record(record.id))
        actor, decision = actors.actor(unit, record, by, self.policy), unit.meetings.external(record.id)
        return mail_draft.usual(record, actor, decision, first_sent=bool(mailing.counted(first)))

    def sheet(self, unit: Unit, record: Postmortem, purpose: Letter, by: str, now: datetime) -> MailSheet:
        """What the form shows. Raises Refused for somebody who does not write it, and while there is nothing to send."""
        mail_draft.check_right(actors.actor(unit, record, by, self.policy), purpose)
        mail_draft.check_time(record, unit.meetings.external(record.id), purpose)
        overview = overviews.overview(unit, record, self.policy, self.workspace_url, now)
        link = self._link(unit, overview)
        draft = unit.mail_drafts.get(record.id, purpose)
        return MailSheet(
            record,
            draft,
            summary_mail.compose(overview, purpose, link),
            recipients.proposed(self.policy.mail_lists, record, purpose),
            link,
            summary_mail.missing(overview, purpose, link),
            mailing.goings(draft, overview.life.mails, overview.people),
            by_server=self.policy.mail is not None,
        )

    def save(
        self, unit: Unit, team_id: str, record_id: str, purpose: Letter, seen: int, given: Typed, by: str, now: datetime
    ) -> MailSheet:  # fmt: skip
        """Keep it as a draft. `seen` is the version that the form showed. Raises BadInput by field, Refused, Overtaken."""
        record = standing.record_or_refuse(unit, record_id, team_id=team_id)
        before = self.sheet(unit, record, purpose, by, now)
        checked = mail_sheet.check(given)
        return self._keep(unit, before, checked, mail_sheet.follows(before, checked), seen, by, now)

    def use(
        self, unit: Unit, team_id: str, record_id: str, purpose: Letter, seen: int, given: Typed, by: str, now: datetime,
        *, going: bool = True,
    ) -> MailSheet:  # fmt: skip
        """The same for one that goes, or is copied: it is kept as it is, complete and with its link (R-53). What is copied may lack
        its addresses, which may stand where it is sent from. Raises the same."""
        record = standing.record_or_refuse(unit, record_id, team_id=team_id)
        before = self.sheet(unit, record, purpose, by, now)
        checked = mail_sheet.check(given, going=going)
        summary_mail.check_link(checked.body, before.link)
        whole = (checked.subject, checked.body, checked.to)
        return self._keep(unit, before, checked, whole, seen, by, now)

    def anew(self, unit: Unit, team_id: str, record_id: str, purpose: Letter, by: str, now: datetime) -> MailSheet:
        """Drop what was written: it follows the post-mortem again. That it was sent stays."""
        record = standing.record_or_refuse(unit, record_id, team_id=team_id)
        before = self.sheet(unit, record, purpose, by, now)
        if not before.draft.written:
            return before
        after = before.draft.saved(record, "", "", None, by, now)
        unit.mail_drafts.put(after)
        unit.ledger.note(Audit(record.id, now, by, f"mail.{purpose}", None, "written anew", "button"))
        redraw(unit, record, now)
        return self.sheet(unit, record, purpose, by, now)

    @staticmethod
    def hand_out(unit: Unit, sheet: MailSheet, messages: int, by: str, now: datetime) -> None:
        """Send the text to the person, to be copied, in so many messages."""
        once = f"{sheet.draft.purpose}:{sheet.draft.version}:{now.isoformat()}"
        for number in range(messages):
            values: dict[str, Json] = {"purpose": sheet.draft.purpose.value, "number": number}
            unit.outbox.put(rows.person_dm(sheet.record, by, Topic.MAIL_COPY, f"{once}:{number}", now, **values))

    def _keep(
        self, unit: Unit, before: MailSheet, checked: Checked, kept: tuple[str, str, tuple[str, ...] | None], seen: int,
        by: str, now: datetime,
    ) -> MailSheet:  # fmt: skip
        record, draft = before.record, before.draft
        mail_sheet.restricted(self.policy.mail_lists, record, checked.to)
        if (checked.subject, checked.body, checked.to) != (
            before.subject,
            before.body,
            before.to,
        ) and seen != draft.version:
            raise Overtaken(before)
        own = draft if draft.holds_for(record) else MailDraft(draft.postmortem_id, draft.purpose)
        if kept == (own.subject, own.body, own.recipients):
            return before
        after = draft.saved(record, *kept, by, now)
        unit.mail_drafts.put(after)
        unit.ledger.note(*mail_sheet.audit(before, after, checked))
        redraw(unit, record, now)
        return self.sheet(unit, record, after.purpose, by, now)

    @staticmethod
    def _link(unit: Unit, overview: Overview) -> str:
        """Where it is read for good (R-53): the page; else the card once there is a document, which is a file that a newer one
        takes the place of, always in the card's thread. A page's address may tell the title of a restricted one (R-63)."""
        record = overview.postmortem
        if record.page_url and not record.restricted:
            return record.page_url
        card = unit.posts.get(record.id, CARD) if overview.document else None
        return overview.link(card.ts, channel=card.channel_id) or "" if card else ""


def redraw(unit: Unit, record: Postmortem, now: datetime) -> None:
    """The checklist and the document tell of it."""
    unit.outbox.put(rows.card(record, now, soon=True), rows.document(record, now))
