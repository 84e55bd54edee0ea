"""Around the meeting, beside its questions: the invitation that goes into people's calendars (R-13), and the agenda a quarter
of an hour before it (R-17)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.blocks import agenda_post
from bot.domain import invitation, leading
from bot.domain.booking import Booking
from bot.domain.calendar_event import KeptEvent
from bot.domain.invitation import Event
from bot.domain.outgoing import Row
from bot.domain.overview import Overview
from bot.domain.policy import Policy
from bot.domain.postmortem import DocumentFile, Postmortem
from bot.jobs import uploading
from bot.jobs.handlers.channel import CARD, GONE
from bot.jobs.handlers.meeting import MOVED
from bot.jobs.outcome import Done, Outcome
from bot.jobs.scene import Scene
from bot.jobs.worker import PATIENCE
from bot.ports.calendar import Calendar
from bot.ports.clock import Clock
from bot.ports.errors import Outdated
from bot.ports.store import Store
from bot.usecases import invite, left_on_calendar, meeting_number, meeting_rows


@dataclass(frozen=True, slots=True)
class Thread:
    """bot.ports.calendar.Trail: the thread of the card, and the files of one record."""

    store: Store
    clock: Clock
    record: str
    channel: str
    thread_ts: str
    policy: Policy

    def files(self) -> Sequence[DocumentFile]:
        """Every file so far, oldest first."""
        with self.store.reading() as unit:
            return unit.invitations.files(self.record)

    def keep(self, file: DocumentFile) -> None:
        """Remember this step."""
        with self.store.transaction(PATIENCE) as unit:
            unit.invitations.put_file(file)

    def event(self) -> KeptEvent:
        """How it stands on the shared calendar."""
        with self.store.reading() as unit:
            return unit.calendar.get(self.record) or KeptEvent(self.record)

    def keep_event(self, kept: KeptEvent) -> KeptEvent:
        """Remember this step."""
        with self.store.transaction(PATIENCE) as unit:
            return unit.calendar.put(kept)

    def left(self, address: str) -> None:
        """The event stands there as well, and an administrator is told."""
        with self.store.transaction(PATIENCE) as unit:
            left_on_calendar.tell(unit, self.record, address, self.policy, self.clock.now())

    def raised(self, event: Event, sequence: int) -> Event:
        """This version under at least that number, everywhere."""
        with self.store.transaction(PATIENCE) as unit:
            return meeting_number.raised(unit, self.record, event, sequence, self.clock.now())


def thread(scene: Scene, record: Postmortem, ts: str = "") -> Thread:
    """That of this record."""
    return Thread(scene.store, scene.clock, record.id, record.channel_id, ts, scene.policy)


def wanted(overview: Overview, booking: Booking, *, handed_out: bool) -> bool:
    """A cancelled one is withdrawn from those who have it, one that was held at another time is moved there; one that is
    over, or not wanted any more, stays as it is."""
    record, coming = overview.postmortem, overview.now < booking.end
    if booking.cancelled or (record.waiver is not None and booking.stands and coming):
        return handed_out
    entered_later = handed_out and booking.booked_at >= booking.end
    return booking.stands and leading.meeting_matters(record) and (coming or entered_later)


def event(scene: Scene, overview: Overview) -> Event | None:
    """The meeting with everybody who is invited, as it is now and under its number. Raises Outdated where the record changed since it
    was read: what is numbered is what stands."""
    record = overview.postmortem
    with scene.store.transaction(PATIENCE) as unit:
        if (
            unit.records.get(record.id, lock=True) != record
            or unit.meetings.booking(record.id) != overview.life.booking
        ):
            raise Outdated("The meeting was changed meanwhile.")
        guests = invite.sheet(unit, record).guests
        people = unit.people.some(record.team_id, guests.ids())
        found = invitation.event(replace(overview, people={**overview.people, **people}), guests, scene.bot_user)
        return meeting_number.numbered(unit, record, found) if found else None


@dataclass(frozen=True, slots=True)
class HandOutInvitation:
    """Publish the meeting where it is new or another one, withdraw it where it was cancelled; older files are removed."""

    scene: Scene
    calendar: Calendar

    def __call__(self, row: Row) -> Outcome:
        overview = self.scene.overview(row)
        booking = overview.life.booking if overview else None
        if overview is None or booking is None:
            return GONE
        record = overview.postmortem
        with self.scene.store.reading() as unit:
            card, files = unit.posts.get(record.id, CARD), unit.invitations.files(record.id)
        if card is None:
            return Done({"waits for": "the card"})
        if not wanted(overview, booking, handed_out=bool(files)):
            return Done({"nothing": "to hand out"})
        found = event(self.scene, overview)
        if found is None:
            return GONE
        newest = self._hand_out(found, thread(self.scene, record, card.ts))
        self._tidy(row, newest)
        return Done({"file": newest})

    def _hand_out(self, event: Event, thread: Thread) -> str:
        if event.cancelled:
            return self.calendar.withdraw(event, thread)
        return self.calendar.publish(event, thread)

    def _tidy(self, row: Row, newest: str) -> None:
        """People see one file: the older ones are removed."""
        with self.scene.store.transaction(PATIENCE) as unit:
            files = unit.invitations.files(row.postmortem_id or "")
            unit.outbox.put(*uploading.removals(row, files, {newest}, self.scene.clock.now()))


@dataclass(frozen=True, slots=True)
class PostAgenda:
    """The agenda in the incident's channel, or for the IC who runs the meeting where that is closed: once a booking, not for a
    meeting that was moved, cancelled, or is over."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        overview = self.scene.overview(row)
        if overview is None:
            return GONE
        with self.scene.store.transaction(PATIENCE) as unit:
            found = meeting_rows.still(unit, row)
        if found is None or self.scene.clock.now() >= found[1].end:
            return MOVED
        chief, here = self.scene.chief(overview), overview.postmortem.channel_id
        channel = self.scene.chat.open_dm(chief) if overview.closed else here
        ts = self.scene.posting.once(row, channel, agenda_post.drawing(overview, soon=True))
        return Done({"channel": channel, "ts": ts})
