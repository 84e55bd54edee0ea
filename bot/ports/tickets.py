"""The memory of tickets: what was asked for, and how far the making of each has got."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.domain.ticket_status import Due
from bot.domain.tickets import KeptTicket


class Tickets(Protocol):
    """One for each action item at most."""

    def get(self, action_id: str, *, lock: bool = False) -> KeptTicket | None:
        """That of an action item; `lock` holds it until the end of the transaction."""
        ...

    def of_record(self, postmortem_id: str) -> Sequence[KeptTicket]:
        """Those of a record, in the order in which they were asked for."""
        ...

    def of_key(self, key: str) -> Sequence[KeptTicket]:
        """Those that are, or are to be, this one of the tracker, of whatever record."""
        ...

    def of_records(self, postmortem_ids: Sequence[str]) -> Sequence[KeptTicket]:
        """Those of several records."""
        ...

    def with_key(self, team_id: str, key: str) -> Sequence[KeptTicket]:
        """Those of a workspace that stand in the tracker under this key."""
        ...

    def to_read(self, team_id: str, due: Due, *, limit: int) -> Sequence[KeptTicket]:
        """Those whose status is to be read back, the longest unread first."""
        ...

    def put(self, ticket: KeptTicket) -> None:
        """Insert or replace by the action item's id."""
        ...
