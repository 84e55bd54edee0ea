"""What stands in for a shared calendar where none is configured: nothing is written anywhere, and people say themselves that the meeting
is on theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.calendar_event import KeptEvent, Span
from bot.domain.invitation import Event
from bot.domain.scheduling import Scheduling
from bot.ports.calendar import Trail


class ConsoleCalendar:
    """bot.ports.calendar.SharedCalendar without one."""

    @property
    def configured(self) -> bool:
        """There is none."""
        return False

    def publish(self, event: Event, trail: Trail) -> str:
        """It is kept as if it stood somewhere, so that everything that follows from it can be seen."""
        kept = trail.event()
        if kept.settled(event):
            return kept.href
        invited = tuple(each.address for each in event.attendees)
        kept = kept.leaving(event, f"console:{event.uid}")
        return trail.keep_event(kept.written(event, str(event.sequence), invited)).href

    def withdraw(self, event: Event, trail: Trail) -> str:
        """The same, cancelled."""
        return self.publish(replace(event, cancelled=True), trail)

    def holds(self, kept: KeptEvent) -> bool:
        """There was never another one."""
        return True

    def look(self, event: Event, trail: Trail) -> str:
        """Nobody answers there."""
        return self.publish(event, trail)

    def remove(self, event: Event, trail: Trail) -> None:
        """It is not there."""
        trail.keep_event(trail.event().off())

    def scheduling(self) -> Scheduling:
        """Nobody is invited by it."""
        return Scheduling()

    def busy(self, start: datetime, end: datetime) -> Sequence[Span] | None:
        """Nobody knows."""
        return None
