"""The memory of the canvases that show documents."""

from __future__ import annotations

from typing import Protocol

from bot.domain.kept_canvas import KeptCanvas


class Canvases(Protocol):
    """One a record."""

    def get(self, postmortem_id: str) -> KeptCanvas | None:
        """What is known of the record's; None when there never was one."""
        ...

    def put(self, canvas: KeptCanvas) -> None:
        """Insert or replace by record."""
        ...
