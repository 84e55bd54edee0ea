"""The memory of incidents that have no record yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.noticed import Noticed


class NoticedIncidents(Protocol):
    """Incidents that were noticed."""

    def get(self, noticed_id: str, *, lock: bool = False) -> Noticed | None:
        """One of them; `lock` holds it until the end of the transaction."""
        ...

    def newest(self, team_id: str, channel_id: str, *, lock: bool = False) -> Noticed | None:
        """The last one of a channel, whatever became of it: one indexed look-up."""
        ...

    def waiting(self, team_id: str, channel_id: str) -> Sequence[Noticed]:
        """Those of a channel with neither a record nor a reason for none, the newest first; held."""
        ...

    def of_record(self, postmortem_id: str) -> Noticed | None:
        """The last one that this record was begun for."""
        ...

    def all_waiting(self, team_id: str) -> Sequence[Noticed]:
        """Those of all channels, the oldest first."""
        ...

    def add(self, noticed: Noticed) -> None:
        """Insert. Raises `Outdated` when the channel got one of this number in the meantime."""
        ...

    def save(self, noticed: Noticed) -> None:
        """Update one that is held."""
        ...

    def drop(self, noticed: Noticed) -> None:
        """It was none: nothing of it stays."""
        ...

    def purge(self, team_id: str, before: datetime) -> int:
        """Forget those last heard of before that, and of their channels what nothing else needs; returns how many."""
        ...
