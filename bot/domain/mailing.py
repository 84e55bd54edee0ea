"""What became of the mails of a post-mortem: which were sent, when, by whom and to whom (R-53)."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.mail_draft import MailDraft, Purpose
from bot.domain.overview import Overview


def draft(overview: Overview, purpose: Purpose) -> MailDraft:
    """What was written for it; empty where nobody wrote any, or what was written is not for a post-mortem of this kind (R-63)."""
    record = overview.postmortem
    kept = overview.life.mail_draft(record.id, purpose)
    return kept if kept.holds_for(record) else MailDraft(record.id, purpose, marks=kept.marks)


def sent(overview: Overview, purpose: Purpose = Purpose.SUMMARY) -> bool:
    """Whether it went out, as far as anybody said."""
    return bool(draft(overview, purpose).marks)


def addresses(to: Sequence[str], most: int = 3) -> str:
    """`a@acme.example, b@acme.example and 2 more`."""
    rest = len(to) - most
    return ", ".join(to[:most]) + (f" and {rest} more" if rest > 0 else "")
