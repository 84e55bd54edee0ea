"""The memory of what people wrote for a mail before it went."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.domain.mail_draft import Letter, MailDraft


class MailDrafts(Protocol):
    """One for each mail of a record."""

    def get(self, postmortem_id: str, purpose: Letter) -> MailDraft:
        """That of one mail; empty, with version 0, when nobody wrote any."""
        ...

    def of_record(self, postmortem_id: str) -> Sequence[MailDraft]:
        """Those of a record."""
        ...

    def put(self, draft: MailDraft) -> None:
        """Insert or replace by record and purpose."""
        ...
