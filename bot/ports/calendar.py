"""Wherever meetings are kept beside Slack (R-13). An event has one identity for ever: publishing it again moves it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.calendar_event import Busy, KeptEvent, Span
from bot.domain.invitation import Event
from bot.domain.meeting_version import Version
from bot.domain.postmortem import DocumentFile
from bot.domain.scheduling import Scheduling
from bot.ports.errors import IntegrationError


class EventMoved(IntegrationError):
    """People gave the event another time in the calendar: nothing was written, and somebody is to say which one counts."""

    def __init__(self, span: Span) -> None:
        super().__init__("Somebody moved the meeting in the shared calendar.", name="event_moved", retryable=False)
        self.span = span


class EventGone(IntegrationError):
    """People took the event off the calendar: nothing was written, and somebody is to say whether it comes back."""

    def __init__(self) -> None:
        super().__init__("Somebody took the meeting off the shared calendar.", name="event_gone", retryable=False)


class Trail(Protocol):
    """Where the event is handed over, and what was handed over before: kept step by step, so that what became of a lost answer can be
    looked up before anything is done twice."""

    @property
    def channel(self) -> str: ...
    @property
    def thread_ts(self) -> str: ...

    def files(self) -> Sequence[DocumentFile]:
        """Every file so far, oldest first."""
        ...

    def keep(self, file: DocumentFile) -> None:
        """Remember this step."""
        ...

    def event(self) -> KeptEvent:
        """How it stands on the shared calendar, as far as we know."""
        ...

    def keep_event(self, kept: KeptEvent) -> KeptEvent:
        """Remember this step; returns it as it is kept. Raises `Outdated` when somebody else went on with it meanwhile."""
        ...

    def left(self, address: str) -> None:
        """The event stands there as well, in a calendar that was configured before and keeps it: an administrator is told."""
        ...

    def raised(self, event: Event, sequence: int) -> Event:
        """This version under at least that number, everywhere, because people made higher ones of it there. Raises `Outdated` where it
        is another version by now."""
        ...


class Calendar(Protocol):
    """Raises `IntegrationError` or `RateLimited`."""

    def publish(self, event: Event, trail: Trail) -> str:
        """The event stands at this time with these people; nothing happens where it does already. Returns what names the
        version that people see."""
        ...

    def withdraw(self, event: Event, trail: Trail) -> str:
        """It does not take place; the same."""
        ...


class SharedCalendar(Calendar, Protocol):
    """One that everybody sees and people write in as well: `publish` raises `EventMoved` and `EventGone` besides."""

    @property
    def configured(self) -> bool:
        """Whether there is one."""
        ...

    def holds(self, kept: KeptEvent) -> bool:
        """Whether the event stood in this calendar, at this address, when it was looked at last."""
        ...

    def look(self, event: Event, trail: Trail) -> str:
        """As `publish`, but it is read even where it stands already: what people answered is kept, and our words are brought up to date."""
        ...

    def remove(self, event: Event, trail: Trail) -> None:
        """Nothing of it stays there."""
        ...

    def scheduling(self) -> Scheduling:
        """Whether its server invites people by itself. One that does not tell does not."""
        ...

    def busy(self, start: datetime, end: datetime) -> Sequence[Span] | None:
        """When it is taken; None where the calendar does not tell."""
        ...


class CalendarEvents(Protocol):
    """The memory of the shared calendar, and of the number under which the meeting goes out."""

    def get(self, postmortem_id: str, *, lock: bool = False) -> KeptEvent | None:
        """The event of a record; `lock` holds it until the end of the transaction."""
        ...

    def put(self, kept: KeptEvent) -> KeptEvent:
        """Insert or replace it; returns it with its new version. Raises `Outdated` when what stands is not what it was made from."""
        ...

    def version(self, postmortem_id: str) -> Version | None:
        """What the invited were told last, or are just being told; the record is locked by whoever goes on with it."""
        ...

    def put_version(self, version: Version) -> None:
        """Insert or replace it."""
        ...

    def scheduling(self, team_id: str) -> Scheduling | None:
        """Whether the calendar's server invites people, as it said last; None while it was never asked."""
        ...

    def put_scheduling(self, team_id: str, told: Scheduling) -> None:
        """The same, asked anew."""
        ...

    def busy(self, team_id: str) -> Busy | None:
        """When the calendar is taken, as read last."""
        ...

    def put_busy(self, busy: Busy) -> None:
        """The same, read anew."""
        ...
