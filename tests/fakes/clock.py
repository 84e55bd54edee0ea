"""A clock that stands still until a test moves it, and takes the clock of the database along."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests import factories


class ManualClock:
    """bot.ports.clock.Clock. Give `shift` to the store: its outbox then lives at the same instant."""

    def __init__(self, now: datetime = factories.NOW) -> None:
        self._now = now

    def now(self) -> datetime:
        """The instant that the test is at."""
        return self._now

    def shift(self) -> datetime:
        """What time it is for the database: the same, and it stands still too, however slow the machine is."""
        return self._now

    def advance(self, by: timedelta) -> None:
        """Time passes."""
        self._now += by

    def advance_to(self, instant: datetime) -> None:
        """It is then."""
        self._now = instant
