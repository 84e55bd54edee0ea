"""What became of the mails of a post-mortem: by hand or through the mail server, when, by whom and to whom (R-53)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain import errors
from bot.domain.kept_mail import KeptMail, MailState, Purpose
from bot.domain.mail_draft import Letter, MailDraft
from bot.domain.overview import Overview

# In these it reached nobody, and will not by itself.
_NOWHERE = (MailState.FAILED, MailState.DROPPED)


@dataclass(frozen=True, slots=True)
class Going:
    """One time that it went out, or is going. `mail` is None where somebody sent it by themselves."""

    by: str
    at: datetime
    to: tuple[str, ...]
    mail: KeptMail | None = None

    @property
    def sent(self) -> bool:
        """Whether it has left, as far as anybody knows: one whose answer was lost has not."""
        return self.mail is None or self.mail.state is MailState.SENT

    @property
    def nowhere(self) -> bool:
        """Whether it reached nobody, and will not by itself."""
        return self.mail is not None and self.mail.state in _NOWHERE


def goings(draft: MailDraft, mails: Iterable[KeptMail]) -> tuple[Going, ...]:
    """Every time, the oldest first."""
    found = [Going(each.by, each.at, each.to) for each in draft.marks]
    found += [
        Going(each.asked_by, each.sent_at or each.asked_at, tuple(one.address for one in each.to), each)
        for each in mails
        if each.purpose == purpose(draft.purpose)
    ]
    return tuple(sorted(found, key=lambda each: each.at))


def counted(all_: Sequence[Going]) -> tuple[Going, ...]:
    """Those that are asked about before it goes once more."""
    return tuple(each for each in all_ if not each.nowhere)


def check_free(all_: Sequence[Going]) -> None:
    """Raises Stale while one is on its way, or nobody has said what became of it."""
    states = {each.mail.state for each in all_ if each.mail}
    if states & {MailState.WANTED, MailState.HANDING_OVER}:
        raise errors.Stale("This e-mail is on its way already: wait a minute for what the mail server says.")
    if MailState.UNKNOWN in states:
        raise errors.Stale("It may have gone out already: say first whether it arrived, or send that one again.")


def purpose(letter: Letter) -> Purpose:
    """The same among all mails."""
    return Purpose(letter.value)


def draft(overview: Overview, letter: Letter) -> MailDraft:
    """What was written for it; empty where nobody wrote any, or what was written is not for a post-mortem of this kind (R-63)."""
    record = overview.postmortem
    kept = overview.life.mail_draft(record.id, letter)
    return kept if kept.holds_for(record) else MailDraft(record.id, letter, marks=kept.marks)


def sent(overview: Overview, letter: Letter = Letter.SUMMARY) -> tuple[Going, ...]:
    """When it went out, as far as anybody knows; empty where it did not."""
    return tuple(each for each in goings(draft(overview, letter), overview.life.mails) if each.sent)


def addresses(to: Sequence[str], most: int = 3) -> str:
    """`a@acme.example, b@acme.example and 2 more`."""
    rest = len(to) - most
    return ", ".join(to[:most]) + (f" and {rest} more" if rest > 0 else "")
