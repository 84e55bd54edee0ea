"""The memory of reminders: what was said, so that it is said once, and who wants to be left in peace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from bot.domain.quiet import Quiet
from bot.domain.reminders import Reminder, Told


class Reminders(Protocol):
    """Reminders of records."""

    def told(self, postmortem_id: str) -> frozenset[Told]:
        """The keys of every reminder of the record that was handed to the outbox."""
        ...

    def tell(self, postmortem_id: str, reminders: Iterable[Reminder], at: datetime) -> None:
        """Remember that these were handed over."""
        ...

    def quiet(self, postmortem_id: str) -> Mapping[str, Quiet]:
        """Who wants to be left in peace, by user id."""
        ...

    def put_quiet(self, quiet: Quiet) -> None:
        """Insert or replace."""
        ...
