"""The memory of mails: what was wanted, and how far each has got."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.domain.kept_mail import KeptMail, Purpose


class Mails(Protocol):
    """One for each identity."""

    def get(self, identity: str, *, lock: bool = False) -> KeptMail | None:
        """One mail; `lock` holds it until the end of the transaction."""
        ...

    def of_record(self, postmortem_id: str, purpose: Purpose | None = None) -> Sequence[KeptMail]:
        """Those of a record, of one purpose or of all, in the order in which they were wanted."""
        ...

    def put(self, mail: KeptMail) -> None:
        """Insert or replace by its identity."""
        ...
