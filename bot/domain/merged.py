"""Two records about one incident: the one that was set aside says into which it was merged, the primary what it took in and
how that changed it. Fields beside the status, like a waiver, so that both can be as they were before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class MergedInto:
    """Of the one that was set aside: the primary, its channel, when (UTC) and by whom."""

    record_id: str
    number: int
    channel_id: str
    at: datetime
    by: str

    @property
    def name(self) -> str:
        """The primary as people call it: PM-7."""
        return f"PM-{self.number}"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a merge changes of the primary; all instants are aware UTC."""

    severity: int | None = None
    severity_ended_at: datetime | None = None
    started_at: datetime | None = None
    detected_at: datetime | None = None
    resolved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TookIn:
    """Of the primary: what was merged into it, from which channel and when (UTC), and what that changed.

    `counted_from` is the latest known moment of both while the end of one is not known: the deadline is counted from there
    until somebody enters when it was all over. `opened` says that the other incident was open again, and so this one is.
    `brought` is how many lines of its timeline were brought over.
    """

    record_id: str
    number: int
    channel_id: str
    at: datetime
    before: Facts
    after: Facts
    counted_from: datetime | None = None
    opened: bool = False
    brought: int = 0

    @property
    def name(self) -> str:
        """The other one as people call it: PM-9."""
        return f"PM-{self.number}"
