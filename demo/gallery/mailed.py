"""The mails of the sample post-mortem, as they were written and in every state that they go through."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.domain import kept_mail, mailing, recipients, summary_mail
from bot.domain.kept_mail import KeptMail, MailState
from bot.domain.mail import Mailbox
from bot.domain.mail_draft import Letter, MailDraft, Mark
from bot.domain.mail_sheet import MailSheet
from bot.domain.outgoing import Json
from bot.domain.overview import Overview
from bot.domain.recipients import MailLists
from demo.gallery import samples, stages, texts
from demo.gallery.people import ANA, BEN
from demo.gallery.stages import AFTER

LISTS = MailLists(
    sev1=("incident-reports@acme.example", "all@acme.example"),
    sev2=("engineering@acme.example",),
    restricted=("security@acme.example",),
    support=("support@acme.example",),
)
SENT = AFTER + timedelta(minutes=20)
MARK = Mark(BEN, SENT, LISTS.sev1)


def sheet(
    overview: Overview, letter: Letter = Letter.SUMMARY, *, link: str | None = None, lists: MailLists = LISTS,
    draft: MailDraft | None = None, by_server: bool = False, mails: tuple[KeptMail, ...] = (),
) -> MailSheet:  # fmt: skip
    """The mail as its form shows it."""
    link = texts.PAGE if link is None else link
    kept = draft or MailDraft(samples.ID, letter)
    return MailSheet(
        overview.postmortem, kept, summary_mail.compose(overview, letter, link),
        recipients.proposed(lists, overview.postmortem, letter), link,
        summary_mail.missing(overview, letter, link), mailing.goings(kept, mails, overview.people), by_server,
    )  # fmt: skip


def draft(letter: Letter = Letter.SUMMARY, **values: Any) -> MailDraft:
    """Written by Ben, and ready to be copied."""
    said = summary_mail.compose(stages.reviewed(), letter, texts.PAGE)
    given: dict[str, Any] = {"subject": said.subject, "body": said.body, "recipients": LISTS.sev1, "edited_by": BEN}
    return MailDraft(samples.ID, letter, **(given | {"edited_at": AFTER, "version": 1} | values))


def mail(state: MailState, **values: Any) -> KeptMail:
    """The summary, handed to the mail server by Ana."""
    given: dict[str, Any] = {"asked_by": ANA, "asked_at": SENT, "state": state}
    given |= {"sent_at": SENT} if state is MailState.SENT else {}
    identity = kept_mail.identity(samples.ID, kept_mail.Purpose.SUMMARY, "1")
    return KeptMail(
        identity, samples.ID, kept_mail.Purpose.SUMMARY, tuple(map(Mailbox, LISTS.sev1)), **(given | values)
    )


def invitation(number: int, state: MailState) -> KeptMail:
    """The invitation to the meeting under this number."""
    purpose = kept_mail.Purpose.INVITATION
    identity = kept_mail.identity(samples.ID, purpose, str(number))
    words: dict[str, Json] = {"what": "request", "sequence": number}
    return KeptMail(identity, samples.ID, purpose, (Mailbox("ben@acme.example"),), "", SENT, words, state, tries=1)
