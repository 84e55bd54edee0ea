"""Around the meeting, by the clock: the question whether it was held, the reminder where nobody answers it, and the
owner's summary of what readers noted. Each looks at the record when its time has come, and acts only if it still holds."""

from __future__ import annotations

from dataclasses import dataclass

from bot.blocks import held as drawings
from bot.domain import held, leading
from bot.domain.booking import Outcome
from bot.domain.outgoing import Row
from bot.domain.overview import Overview
from bot.domain.topics import Topic
from bot.jobs.at_work import asleep
from bot.jobs.handlers.channel import GONE
from bot.jobs.outcome import Done, Obsolete
from bot.jobs.outcome import Outcome as Result
from bot.jobs.scene import Scene
from bot.jobs.worker import PATIENCE
from bot.usecases import meeting_rows, rows, standing

MOVED = Obsolete("the meeting was moved, cancelled, or is not wanted any more")


@dataclass(frozen=True, slots=True)
class AskWhetherHeld:
    """The question in the incident's channel, or the IC's where that is closed; edited in place after an answer (R-19)."""

    scene: Scene

    def __call__(self, row: Row) -> Result:
        overview, sequence = self.scene.overview(row), _sequence(row)
        if overview is None:
            return GONE
        channel, name = self._room(overview), meeting_rows.held_name(sequence)
        with self.scene.store.reading() as unit:
            posted = unit.posts.get(overview.postmortem.id, name)
        if posted and overview.closed and posted.channel_id == overview.postmortem.channel_id:
            # It stands where nobody can answer it any more.
            with self.scene.store.transaction(PATIENCE) as unit:
                unit.posts.forget(overview.postmortem.id, name)
            posted = None
        if posted is None and not self._wanted(overview, sequence) and not self.scene.posting.earlier(row, channel):
            return MOVED
        ts, _ = self.scene.posting.in_place(row, name, channel, drawings.card(overview, sequence))
        self._remind(overview)
        return Done({"channel": channel, "ts": ts})

    def _room(self, overview: Overview) -> str:
        """The incident's channel; the IC's direct messages while that is closed (R-02)."""
        record = overview.postmortem
        return self.scene.chat.open_dm(self.scene.chief(overview)) if overview.closed else record.channel_id

    @staticmethod
    def _wanted(overview: Overview, sequence: int) -> bool:
        record, booking = overview.postmortem, overview.life.booking
        asked = held.open_question(booking, record, overview.now)
        return asked and leading.meeting_matters(record) and booking is not None and booking.sequence == sequence

    def _remind(self, overview: Overview) -> None:
        record, booking = overview.postmortem, overview.life.booking
        if booking is None or booking.outcome is not Outcome.NONE or not leading.meeting_matters(record):
            return
        due = standing.after_silence(record, self.scene.policy, booking.end)
        with self.scene.store.transaction(PATIENCE) as unit:
            unit.outbox.put(meeting_rows.held_silent(record, booking.sequence, meeting_rows.IC, due))


@dataclass(frozen=True, slots=True)
class OnNobodySaid:
    """Nobody said whether it was held: the IC is reminded after the policy's working hours, then the owner (R-19), each while
    they are at work."""

    scene: Scene

    def __call__(self, row: Row) -> Result:
        now, whom = self.scene.clock.now(), str(row.payload["whom"])
        with self.scene.store.transaction(PATIENCE) as unit:
            found = meeting_rows.still(unit, row)
            if found is None or not held.open_question(found[1], found[0], now):
                return MOVED
            record, booking = found
            ic = record.roles.ic or record.created_by
            to = ic if whom == meeting_rows.IC else record.owner
            if to is None:
                return Obsolete("there is nobody to remind")
            if wait := asleep(unit, record, to, self.scene.policy, now):
                return wait
            once, start = f"{booking.sequence}", booking.start.isoformat()
            unit.outbox.put(rows.person_dm(record, to, Topic.HELD_SILENT, once, now, start=start))
            if whom == meeting_rows.IC and record.owner not in (None, ic):
                due = standing.after_silence(record, self.scene.policy, now)
                unit.outbox.put(meeting_rows.held_silent(record, booking.sequence, meeting_rows.OWNER, due))
        return Done()


@dataclass(frozen=True, slots=True)
class OnNotesDue:
    """Two hours before the meeting, in their own working hours, the owner hears what readers noted and nobody has dealt with
    (R-41)."""

    scene: Scene

    def __call__(self, row: Row) -> Result:
        now = self.scene.clock.now()
        with self.scene.store.transaction(PATIENCE) as unit:
            found = meeting_rows.still(unit, row)
            if found is None or now >= found[1].end:
                return MOVED
            record, booking = found
            to = record.owner or record.roles.ic
            if to is None or not any(note.open for note in unit.reviews.notes(record.id)):
                return Obsolete("no note is open")
            if wait := asleep(unit, record, to, self.scene.policy, now):
                return wait
            once, start = f"{booking.sequence}", booking.start.isoformat()
            unit.outbox.put(rows.person_dm(record, to, Topic.NOTES, once, now, start=start))
        return Done()


def _sequence(row: Row) -> int:
    return int(str(row.payload["sequence"]))
