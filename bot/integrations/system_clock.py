"""The machine's clock."""

from __future__ import annotations

from datetime import UTC, datetime


class SystemClock:
    """Implements `bot.ports.clock.Clock`."""

    def now(self) -> datetime:
        """The present."""
        return datetime.now(UTC)
