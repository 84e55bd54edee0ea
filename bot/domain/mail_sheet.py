"""A mail as its form shows it, and as it comes back: what of it follows the post-mortem, and what somebody wrote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain import errors, mailing, recipients, typed
from bot.domain.errors import BadInput, Reason
from bot.domain.mail_draft import BODY_MOST, SUBJECT_MOST, MailDraft
from bot.domain.mailing import Going
from bot.domain.postmortem import Audit, Postmortem
from bot.domain.recipients import Proposed
from bot.domain.summary_mail import Written

# The names of the fields, in reasons and in the history.
TO, SUBJECT, BODY = "mail_to", "mail_subject", "mail_body"


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the fields."""

    to: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class MailSheet:
    """`draft` is what is kept, `proposed` and `list` what follows from the post-mortem, `link` where it is read, "" while that
    is nowhere. `missing` says in sentences what would make it better, `goings` when it went out, `by_server` that a
    mail server sends it."""

    record: Postmortem
    draft: MailDraft
    proposed: Written
    list: Proposed
    link: str
    missing: tuple[str, ...] = ()
    goings: tuple[Going, ...] = ()
    by_server: bool = False

    @property
    def _own(self) -> MailDraft:
        """What was written, where it holds for a post-mortem of this kind (R-63)."""
        draft = self.draft
        return draft if draft.holds_for(self.record) else MailDraft(draft.postmortem_id, draft.purpose)

    @property
    def subject(self) -> str:
        """As it stands."""
        return self._own.subject or self.proposed.subject

    @property
    def body(self) -> str:
        """As it stands."""
        return self._own.body or self.proposed.body

    @property
    def to(self) -> tuple[str, ...]:
        """As they stand."""
        own = self._own.recipients
        return self.list.addresses if own is None else own

    @property
    def typed(self) -> Typed:
        """The form with nothing changed in it."""
        return Typed(recipients.shown(self.to), self.subject, self.body)

    @property
    def written(self) -> bool:
        """Whether it does not follow the post-mortem any more."""
        return self._own.written

    @property
    def last(self) -> Going | None:
        """The last time that it went out, or began to."""
        return self.went[-1] if self.went else None

    @property
    def went(self) -> tuple[Going, ...]:
        """Every time that is asked about before it goes once more."""
        return mailing.counted(self.goings)


@dataclass(frozen=True, slots=True)
class Checked:
    """What was typed, fit to be kept."""

    to: tuple[str, ...]
    subject: str
    body: str


def check(given: Typed, *, going: bool = False) -> Checked:
    """Raises BadInput with a reason for each field that cannot be kept; `going` for a mail that goes or went: to nobody it does
    not."""
    reasons: list[Reason] = []
    to: tuple[str, ...] = ()
    try:
        to = recipients.read(given.to)
    except BadInput as error:
        reasons.append(Reason(TO, error.message))
    if going and not given.to.strip():
        reasons.append(Reason(TO, "Say to whom it goes: type at least one address."))
    subject, body = typed.one_line(given.subject), typed.clean(given.body).strip()
    if not subject:
        reasons.append(Reason(SUBJECT, "Give it a subject: a few words that tell what it is about."))
    elif typed.width(subject) > SUBJECT_MOST:
        reasons.append(Reason(SUBJECT, f"Keep the subject to {SUBJECT_MOST} characters."))
    if not body:
        reasons.append(Reason(BODY, "Write the text: a short paragraph and the link are enough."))
    elif typed.width(body) > BODY_MOST:
        reasons.append(
            Reason(BODY, f"This is too long for an e-mail that people read: keep it to {BODY_MOST:,} characters.")
        )
    if reasons:
        raise BadInput(" ".join(each.text for each in reasons), reasons=tuple(reasons))
    return Checked(to, subject, body)


def restricted(lists: recipients.MailLists, record: Postmortem, to: Sequence[str]) -> None:
    """Raises BadInput at its field for an address that a restricted post-mortem may not go to (R-63)."""
    try:
        recipients.check_restricted(lists, record, to)
    except BadInput as error:
        raise errors.bad_input(TO, error.message) from error


def follows(sheet: MailSheet, given: Checked) -> tuple[str, str, tuple[str, ...] | None]:
    """Subject, text and addresses as they are kept: empty for what is as it was proposed, and goes on following."""
    subject = "" if given.subject == typed.one_line(sheet.proposed.subject) else given.subject
    body = "" if given.body == typed.clean(sheet.proposed.body).strip() else given.body
    return subject, body, None if given.to == sheet.list.addresses else given.to


def audit(before: MailSheet, after: MailDraft, given: Checked) -> list[Audit]:
    """A line of the history for what is another than it was (R-61)."""
    pairs = (
        ("to", recipients.shown(before.to), recipients.shown(given.to)),
        ("subject", before.subject, given.subject),
        ("text", before.body, given.body),
    )
    at, by = after.edited_at, after.edited_by
    if at is None or by is None:
        return []
    return [
        Audit(after.postmortem_id, at, by, f"mail.{after.purpose}.{name}", old or None, new or None, "form")
        for name, old, new in pairs
        if old != new
    ]
