"""The memory of incidents' channels as places to write to: which are closed, what they are called, and which id they have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.domain.postmortem import Postmortem
from bot.domain.room import Closed


class Rooms(Protocol):
    """Incidents' channels that were archived, deleted or left, and changes of their names and ids."""

    def records(self, team_id: str, channel_id: str) -> Sequence[Postmortem]:
        """Every record of the channel, oldest first."""
        ...

    def closed(self, team_id: str, channel_id: str) -> Closed | None:
        """Why nothing can be written there; None while it can."""
        ...

    def closed_of(self, postmortem_id: str) -> Closed | None:
        """The same for the channel of a record."""
        ...

    def close(self, closed: Closed) -> None:
        """Insert or replace."""
        ...

    def reopen(self, team_id: str, channel_id: str) -> None:
        """It can be written to again."""
        ...

    def rename(self, team_id: str, channel_id: str, name: str) -> None:
        """The channel has another name; nothing happens when it was never read."""
        ...

    def move(self, team_id: str, before: str, after: str) -> None:
        """The channel has another id: everything that is kept under the old one, but the records themselves."""
        ...
