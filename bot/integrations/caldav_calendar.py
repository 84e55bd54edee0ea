"""The shared calendar by CalDAV (R-13): it is read before it is written, written only over what was read, and what people did there is
merged or asked about, never overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.calendar_event import KeptEvent, Span
from bot.domain.invitation import Event
from bot.integrations import caldav_busy, caldav_merge
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
# Answers of a server that has no free-busy, or keeps it to itself.
UNTOLD = {"http_400", "http_403", "http_404", "http_405", "http_409", "http_415", "http_501"}


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
        return kept.href if kept.settled(event) else self.look(event, trail)

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
        trail.keep_event(kept.off())

    def busy(self, start: datetime, end: datetime) -> Sequence[Span] | None:
        """By a free-busy report, which a server may refuse."""
        try:
            return caldav_busy.read(self.client.free_busy(start, end))
        except RateLimited:
            raise
        except IntegrationError as error:
            if error.name in UNTOLD:
                return None
            raise

    def _write(self, event: Event, trail: Trail) -> str:
        kept = trail.event()
        there = self._find(kept, event.uid)
        if there is None:
            return self._first(event, trail, kept)
        found = self._read(there, event.uid)
        kept = kept.seen(there.href, there.etag, found.answers, self.clock.now())
        if kept.moved_by_people(found.start, found.end, event):
            trail.keep_event(kept)
            raise EventMoved(Span(found.start, found.end))
        content, sequence = caldav_merge.merge(found, event, kept.invited, kept.sequence)
        if content is None:
            return self._done(event, trail, kept, sequence, there.etag)
        kept = trail.keep_event(kept.leaving(event, there.href))
        etag = self._put(there.href, content, there.etag)
        return self._done(event, trail, kept, sequence, etag)

    def _first(self, event: Event, trail: Trail, kept: KeptEvent) -> str:
        """Nothing of it is there."""
        if event.cancelled:
            trail.keep_event(kept.off())
            return ""
        if kept.known:
            raise EventGone
        href, sequence = self.client.address(event.uid), max(event.sequence, kept.sequence + 1)
        kept = trail.keep_event(kept.leaving(event, href))
        etag = self._put(href, caldav_merge.new(event, sequence), None)
        return self._done(event, trail, kept, sequence, etag)

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
    def _done(event: Event, trail: Trail, kept: KeptEvent, sequence: int, etag: str) -> str:
        invited = caldav_merge.addresses(event)
        return trail.keep_event(kept.written(event, sequence, etag, invited)).href

    def _find(self, kept: KeptEvent, uid: str) -> Resource | None:
        """Where it stood, else wherever it stands: some programs put an event that they change elsewhere."""
        return self.client.get(kept.href or self.client.address(uid)) or self.client.by_uid(uid)

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
