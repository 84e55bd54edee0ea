"""The memory of the channels that belong to a record beside its own (R-67)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.domain.side_rooms import SideRoom


class SideRooms(Protocol):
    """Other channels of records."""

    def of(self, postmortem_id: str) -> Sequence[SideRoom]:
        """The record's other channels by number, those that belong to it no more as well: lines may still come from them."""
        ...

    def hold(self, team_id: str) -> None:
        """Nobody else opens a record, or gives a channel to one, until the transaction ends."""
        ...

    def put(self, room: SideRoom) -> None:
        """Insert or replace. Raises `Outdated` when the channel was given to another record meanwhile."""
        ...

    def release(self, team_id: str, channel_id: str) -> None:
        """The channel is free to have a record of its own."""
        ...

    def forget(self, room: SideRoom) -> None:
        """What was read of it goes."""
        ...
