"""The meeting as it stands on the shared calendar (R-13): what we wrote there last, what people did to it since, and whether somebody
is asked about that. What people decide in the calendar is never undone without a word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.harvest.person import Person
from bot.domain.invitation import Event

# What is shown of who comes may be that old before it is read again.
FRESH = timedelta(minutes=1)
# How far ahead it is asked when the shared calendar is taken, and how old an answer still counts.
AHEAD, BUSY_COUNTS = timedelta(days=21), timedelta(hours=24)


class EventState(StrEnum):
    """WANTED: not there yet. CANCELLED: there, as cancelled. OFF: taken off by us. MOVED and GONE: people moved it, or took it off, and
    somebody is asked. LEFT_OUT: it was said that it stays off."""

    WANTED = "wanted"
    STANDING = "standing"
    CANCELLED = "cancelled"
    OFF = "off"
    MOVED = "moved"
    GONE = "gone"
    LEFT_OUT = "left_out"


class Reply(StrEnum):
    """What somebody answered to the invitation, where that is known; UNREACHED got none by mail, nor from the calendar's server."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    TENTATIVE = "tentative"
    NONE = "no answer"
    UNREACHED = "not mailed: no address"


@dataclass(frozen=True, slots=True)
class Span:
    """A time that is taken, in UTC; the end is not part of it."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Busy:
    """When the shared calendar of a workspace is taken, as it was read at `read_at`."""

    team_id: str
    spans: tuple[Span, ...]
    read_at: datetime

    def at(self, now: datetime) -> tuple[Span, ...]:
        """What still counts."""
        return self.spans if now - self.read_at < BUSY_COUNTS else ()


@dataclass(frozen=True, slots=True)
class KeptEvent:
    """The event of a record. `href`, `etag` and `there` (its SEQUENCE) name what was read last; `sequence`, `fingerprint`, `start`, `end`
    and `invited` (addresses) are those of the version written last, and `sending` the times of one whose answer is not known. `theirs` are
    the times that people gave it; `asked_of` is asked about that since `asked_at`, while the booking had the sequence `asked_booking`. `by`
    decided last, at `decided_at`. `answers` are PARTSTAT by address, as read at `read_at`. `version` counts how often this was kept."""

    postmortem_id: str
    state: EventState = EventState.WANTED
    href: str = ""
    etag: str = ""
    sequence: int = -1
    fingerprint: str = ""
    start: datetime | None = None
    end: datetime | None = None
    invited: tuple[str, ...] = ()
    sending_start: datetime | None = None
    sending_end: datetime | None = None
    theirs_start: datetime | None = None
    theirs_end: datetime | None = None
    asked_of: str | None = None
    asked_at: datetime | None = None
    asked_booking: int = -1
    by: str | None = None
    decided_at: datetime | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    read_at: datetime | None = None
    version: int = 0
    there: int = 0

    @property
    def known(self) -> bool:
        """Whether an event of ours is to be there: one that is missing was taken off by people."""
        return self.state in (EventState.STANDING, EventState.MOVED)

    @property
    def asked(self) -> bool:
        """Whether somebody is to decide."""
        return self.state in (EventState.MOVED, EventState.GONE)

    @property
    def theirs(self) -> Span | None:
        """The time that people gave it, while somebody is to decide about that."""
        return Span(self.theirs_start, self.theirs_end) if self.theirs_start and self.theirs_end else None

    def settled(self, event: Event) -> bool:
        """Whether this very version was written."""
        done = EventState.CANCELLED if event.cancelled else EventState.STANDING
        return self.state is done and self.fingerprint == event.fingerprint

    def waits(self, event: Event) -> bool:
        """Whether nothing is written before somebody has decided, or because somebody has. A meeting that was moved or cancelled in
        Slack meanwhile is a decision too, but not to put back what people took off."""
        if self.state is EventState.MOVED:
            return not event.cancelled and event.booking == self.asked_booking
        return self.state in (EventState.GONE, EventState.LEFT_OUT) and not event.cancelled

    def moved_by_people(self, start: datetime, end: datetime, event: Event) -> bool:
        """Whether the times that stand there are neither ours, nor those wanted now, nor decided about."""
        if event.cancelled or self.state is EventState.CANCELLED:
            return False
        ours = {(self.start, self.end), (self.sending_start, self.sending_end), (event.start, event.end)}
        if self.state is EventState.MOVED and event.booking != self.asked_booking:
            ours.add((self.theirs_start, self.theirs_end))
        return (start, end) not in ours

    def seen(self, href: str, etag: str, there: int, answers: Mapping[str, str], now: datetime) -> KeptEvent:
        """It was read."""
        return replace(self, href=href, etag=etag, there=there, answers=dict(answers), read_at=now)

    def leaving(self, event: Event, href: str) -> KeptEvent:
        """A version of it is about to be written: an answer that is lost leaves these times."""
        return replace(self, href=href, sending_start=event.start, sending_end=event.end)

    def written(self, event: Event, etag: str, invited: tuple[str, ...]) -> KeptEvent:
        """It stands as wanted. Whoever is not invited any more has no answer, and nobody has one to another time."""
        left = {each.lower() for each in self.invited} - {each.lower() for each in invited}
        moved = (self.start, self.end) != (event.start, event.end) and not event.cancelled
        answers = {} if moved else {each: said for each, said in self.answers.items() if each not in left}
        return replace(
            self, state=EventState.CANCELLED if event.cancelled else EventState.STANDING, etag=etag,
            sequence=event.sequence, fingerprint=event.fingerprint, answers=answers, start=event.start, end=event.end, invited=invited,
            sending_start=None, sending_end=None, theirs_start=None, theirs_end=None,
        )  # fmt: skip

    def off(self) -> KeptEvent:
        """It is not there any more, as we wanted: the next one is newer than all before."""
        return replace(
            self, state=EventState.OFF, etag="", fingerprint="", start=None, end=None, answers={}, invited=(),
            sending_start=None, sending_end=None, theirs_start=None, theirs_end=None,
        )  # fmt: skip

    def question(
        self, state: EventState, whom: str, booking: int, now: datetime, theirs: Span | None = None
    ) -> KeptEvent:
        """Somebody is to decide; `theirs` is the time that people gave it."""
        start, end = (theirs.start, theirs.end) if theirs else (None, None)
        return replace(
            self, state=state, asked_of=whom, asked_at=now, asked_booking=booking, theirs_start=start, theirs_end=end
        )

    def decided(self, state: EventState, by: str, now: datetime, **values: object) -> KeptEvent:
        """Somebody did."""
        return replace(self, state=state, by=by, decided_at=now, **values)  # type: ignore[arg-type]

    def reply(self, person: Person | None, user_id: str) -> Reply:
        """What this person answered."""
        mailbox = f"mailto:{person.email}".lower() if person and person.email else None
        page = f"/team/{user_id}".lower()
        for address, said in self.answers.items():
            if address == mailbox or address.endswith(page):
                return _REPLIES.get(said, Reply.NONE)
        return Reply.NONE


_REPLIES: Mapping[str, Reply] = {
    "ACCEPTED": Reply.ACCEPTED,
    "DECLINED": Reply.DECLINED,
    "TENTATIVE": Reply.TENTATIVE,
}
