"""The memory of what was marked, edited and deleted in the channels of records, beside those of `bot.ports.store`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.domain.capture import Capture


class Captures(Protocol):
    """One entry a message that something was heard of."""

    def get(self, postmortem_id: str, channel_id: str, ts: str, *, lock: bool = False) -> Capture | None:
        """One message, or None when nothing was heard of it."""
        ...

    def hear(self, capture: Capture) -> Capture:
        """What is in it is joined to what was heard before, under a lock; the same event twice changes nothing. Returns all of it."""
        ...

    def put(self, capture: Capture) -> None:
        """Insert or replace."""
        ...

    def all(self, postmortem_id: str) -> Sequence[Capture]:
        """Everything heard of a record's messages."""
        ...
