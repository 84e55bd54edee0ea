"""The shared calendar by CalDAV (R-13): it is read before it is written, written only over what was read, and what people did there is
merged or asked about, never overwritten."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from bot.domain.calendar_event import EventState, KeptEvent, Span
from bot.domain.invitation import Event
from bot.domain.scheduling import Scheduling
from bot.integrations import caldav_busy, caldav_elsewhere, caldav_merge
from bot.integrations.caldav_client import CaldavClient, Resource
from bot.integrations.caldav_errors import NONSENSE, Changed
from bot.integrations.caldav_merge import Found
from bot.ports.calendar import EventGone, EventMoved, Trail
from bot.ports.clock import Clock
from bot.ports.errors import IntegrationError, RateLimited

# How often it is read anew because somebody was quicker, before the outbox takes a rest.
TRIES = 4
BUSY = "People change the meeting in the shared calendar just now."
ANOTHER = "Another event stands in the shared calendar where the meeting belongs: somebody moves that one away."
UNVERSIONED = (
    "The calendar's server does not tell the version of an event, so nothing there could be changed without loss."
)
# Answers of a server that does not know such a question, or keeps the answer to itself.
UNTOLD = {"http_400", "http_403", "http_404", "http_405", "http_409", "http_415", "http_501"}

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CaldavCalendar:
    """bot.ports.calendar.SharedCalendar."""

    client: CaldavClient
    clock: Clock

    @property
    def configured(self) -> bool:
        """There is one."""
        return True

    def publish(self, event: Event, trail: Trail) -> str:
        """Nothing is asked where this very version was written."""
        kept = trail.event()
        return kept.href if kept.settled(event) and self.holds(kept) else self.look(event, trail)

    def holds(self, kept: KeptEvent) -> bool:
        """Where it stood last is in this calendar. Of a server that moved it is looked."""
        return not kept.href or (self.client.own(kept.href) is not None and self.client.reaches(kept.href))

    def withdraw(self, event: Event, trail: Trail) -> str:
        """It stays there and says that it is cancelled; one that people took off stays off."""
        return self.publish(replace(event, cancelled=True), trail)

    def look(self, event: Event, trail: Trail) -> str:
        """Read it and lay ours over it, until nobody was quicker."""
        for _ in range(TRIES):
            try:
                return self._write(event, trail)
            except Changed:
                continue
        raise IntegrationError(BUSY, name="http_412", retryable=True)

    def remove(self, event: Event, trail: Trail) -> None:
        """Whatever people made of it: it goes."""
        kept = trail.event()
        found = self._find(kept, event.uid)
        if found is not None:
            self.client.delete(found.href)
        if self._stood_elsewhere(kept, found) and not caldav_elsewhere.take_off(self.client, kept.href, event.uid):
            trail.left(kept.href)
        trail.keep_event(kept.off())

    def scheduling(self) -> Scheduling:
        """What it says of itself; its account's own address only where it invites."""
        if not self._told(self.client.schedules, False):
            return Scheduling()
        return Scheduling(by_server=True, address=self._told(self.client.own_address, ""))

    def busy(self, start: datetime, end: datetime) -> Sequence[Span] | None:
        """By a free-busy report, which a server may refuse."""
        return self._told(lambda: caldav_busy.read(self.client.free_busy(start, end)), None)

    @staticmethod
    def _told(ask: Callable[[], T], otherwise: T) -> T:
        """What it answers; `otherwise` where it has none, or keeps it to itself."""
        try:
            return ask()
        except RateLimited:
            raise
        except IntegrationError as error:
            if error.name in UNTOLD:
                return otherwise
            raise

    def _write(self, event: Event, trail: Trail) -> str:
        kept = trail.event()
        there = self._find(kept, event.uid)
        if self._stood_elsewhere(kept, there):
            there, kept = self._brought(kept, there, event, trail)
        if there is None:
            return self._first(event, trail, kept)
        found = self._read(there, event.uid)
        kept = kept.seen(there.href, there.etag, found.sequence, found.answers, self.clock.now())
        if kept.moved_by_people(found.start, found.end, event):
            trail.keep_event(kept)
            raise EventMoved(Span(found.start, found.end))
        merged = caldav_merge.merge(found, event, kept.invited)
        if not merged.changed:
            return self._done(event, trail, kept, there.etag)
        if merged.noticed and event.sequence <= found.sequence:
            event = trail.raised(event, found.sequence + 1)
        kept = trail.keep_event(kept.leaving(event, there.href))
        etag = self._put(there.href, merged.content(max(event.sequence, found.sequence)), there.etag)
        return self._done(event, trail, kept, etag)

    def _first(self, event: Event, trail: Trail, kept: KeptEvent) -> str:
        """Nothing of it is there."""
        if event.cancelled:
            trail.keep_event(kept.off())
            return ""
        if kept.known or kept.state is EventState.GONE:
            raise EventGone
        href = self.client.address(event.uid)
        kept = trail.keep_event(kept.leaving(event, href))
        etag = self._put(href, caldav_merge.new(event), None)
        return self._done(event, trail, kept, etag)

    def _put(self, href: str, content: bytes, before: str | None) -> str:
        """Where the server does not tell the new version, as when it changed something, it is read: a page of a proxy is no word of it."""
        etag = self.client.put(href, content, before)
        if etag:
            return etag
        there = self.client.get(href)
        if there is None or there.etag in ("", before):
            raise IntegrationError(NONSENSE, name="bad_answer", retryable=True, unknown=True)
        return there.etag

    @staticmethod
    def _done(event: Event, trail: Trail, kept: KeptEvent, etag: str) -> str:
        invited = caldav_merge.addresses(event)
        return trail.keep_event(kept.written(event, etag, invited)).href

    def _find(self, kept: KeptEvent, uid: str) -> Resource | None:
        """Where it stood, else wherever it stands: some programs put an event that they change elsewhere."""
        return self.client.get(self.client.own(kept.href) or self.client.address(uid)) or self.client.by_uid(uid)

    def _stood_elsewhere(self, kept: KeptEvent, there: Resource | None) -> bool:
        """Whether another calendar was configured then, which may still have it. A server that moved with all that it has is none."""
        may_stand = kept.known or kept.state is EventState.CANCELLED or kept.sending_start is not None
        if not kept.href or not may_stand or (there is not None and there.href == kept.href):
            return False
        ours, reached = self.client.own(kept.href) is not None, self.client.reaches(kept.href)
        return not (ours and reached) if there is None else reached and not ours

    def _brought(
        self, kept: KeptEvent, there: Resource | None, event: Event, trail: Trail
    ) -> tuple[Resource | None, KeptEvent]:
        """As it stands in this calendar once it is taken off the one before; an administrator hears of one that has to stay there. What is
        missing in both was not taken off this one."""
        if there is not None:
            self._read(there, event.uid)
        if caldav_elsewhere.bring(self.client, kept.href, event.uid, there):
            there = self.client.get(self.client.address(event.uid)) if there is None else there
        else:
            trail.left(kept.href)
        return there, replace(kept, href="", state=EventState.WANTED) if there is None and kept.known else kept

    @staticmethod
    def _read(there: Resource, uid: str) -> Found:
        try:
            found = caldav_merge.read(there.content, uid)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise IntegrationError(NONSENSE, name="bad_answer", retryable=True) from error
        if found is None:
            raise IntegrationError(ANOTHER, name="another_event", retryable=False)
        if not there.etag:
            raise IntegrationError(UNVERSIONED, name="no_etag", retryable=False)
        return found
