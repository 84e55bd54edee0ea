"""What became of the mails of a post-mortem: by hand or through the mail server, when, by whom and to whom (R-53)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import addresses as boxes
from bot.domain import errors
from bot.domain.harvest.person import Person
from bot.domain.kept_mail import KeptMail, MailState, Purpose
from bot.domain.mail_draft import Letter, MailDraft
from bot.domain.overview import Overview

# In these it reached nobody, and will not by itself.
_NOWHERE = (MailState.FAILED, MailState.DROPPED)


@dataclass(frozen=True, slots=True)
class Going:
    """One time that it went out, or is going; `to` are those who were taken, once that is known. `mail` is None where somebody sent it
    by themselves. `name` is who that is, for where nobody can be mentioned."""

    by: str
    at: datetime
    to: tuple[str, ...]
    mail: KeptMail | None = None
    name: str = ""

    @property
    def sent(self) -> bool:
        """Whether it has left, as far as anybody knows: one whose answer was lost has not."""
        return self.mail is None or self.mail.state is MailState.SENT

    @property
    def nowhere(self) -> bool:
        """Whether it reached nobody, and will not by itself."""
        return self.mail is not None and self.mail.state in _NOWHERE


def goings(
    draft: MailDraft, mails: Iterable[KeptMail], people: Mapping[str, Person] | None = None
) -> tuple[Going, ...]:
    """Every time, the oldest first; `people` are named."""
    known = people or {}
    found = [Going(each.by, each.at, each.to) for each in draft.marks]
    found += [_by_server(each) for each in mails if each.purpose == purpose(draft.purpose)]
    named = [replace(each, name=known[each.by].full_name) if each.by in known else each for each in found]
    return tuple(sorted(named, key=lambda each: each.at))


def _by_server(mail: KeptMail) -> Going:
    taken = mail.reached if mail.state is MailState.SENT else mail.to
    return Going(mail.asked_by, mail.sent_at or mail.asked_at, tuple(map(boxes.written, taken)), mail)


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
