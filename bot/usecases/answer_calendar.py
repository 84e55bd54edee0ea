"""What became of the meeting in the shared calendar is decided by a person (R-13): which time counts, and whether it stands there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain import errors, leading
from bot.domain.calendar_event import EventState, KeptEvent
from bot.domain.errors import BadInput, Stale
from bot.domain.policy import Policy
from bot.domain.postmortem import Postmortem
from bot.ports.store import Unit
from bot.usecases import actors, calendar_questions, rows, standing
from bot.usecases.book_meeting import BookMeeting, Wish

ANSWERED = "This was decided already, or the calendar changed again. Nothing was changed."
NOT_SO = "The time in the calendar cannot be booked as it is. {} `/postmortem meeting` books another one, and the calendar follows."


@dataclass(frozen=True, slots=True)
class AnswerCalendar:
    """All four answers, for those who arrange the meeting. `asked` is which question was answered."""

    policy: Policy
    book: BookMeeting

    def theirs(self, unit: Unit, team_id: str, record_id: str, asked: str, by: str, now: datetime) -> None:
        """The meeting is booked for the time in the calendar, as if it had been typed. Raises `Refused` where that cannot be."""
        record, kept = self._asked(unit, team_id, record_id, asked, by, EventState.MOVED)
        booking, theirs = unit.meetings.booking(record.id), kept.theirs
        if booking is None or theirs is None:
            raise Stale(ANSWERED)
        length = theirs.end - theirs.start
        wish = Wish(theirs.start, length, booking.link, "", booking.sequence, booking.facilitator)
        self._save(unit, record, self._known(kept, by, now), "the calendar's", by, now)
        try:
            self.book(unit, team_id, record_id, wish, by, now)
        except BadInput as error:
            raise errors.refused("calendar_time", NOT_SO.format(error.message)) from error

    def ours(self, unit: Unit, team_id: str, record_id: str, asked: str, by: str, now: datetime) -> None:
        """The time that is booked is put back there."""
        record, kept = self._asked(unit, team_id, record_id, asked, by, EventState.MOVED)
        self._save(unit, record, self._known(kept, by, now), "the one booked", by, now)

    def put_back(self, unit: Unit, team_id: str, record_id: str, asked: str, by: str, now: datetime) -> None:
        """It comes back, also after it was said that it stays off."""
        record, kept = self._asked(unit, team_id, record_id, asked, by, EventState.GONE, EventState.LEFT_OUT)
        self._save(unit, record, kept.decided(EventState.WANTED, by, now, fingerprint=""), "put back", by, now)

    def leave_out(self, unit: Unit, team_id: str, record_id: str, asked: str, by: str, now: datetime) -> None:
        """It stays off."""
        record, kept = self._asked(unit, team_id, record_id, asked, by, EventState.GONE)
        self._save(unit, record, kept.decided(EventState.LEFT_OUT, by, now), "left out", by, now)

    def _asked(
        self, unit: Unit, team_id: str, record_id: str, asked: str, by: str, *states: EventState
    ) -> tuple[Postmortem, KeptEvent]:
        """Raises `Refused` for somebody who may not, `Stale` when that is not asked any more."""
        record = standing.record_or_refuse(unit, record_id, team_id=team_id)
        leading.only_leads(actors.actor(unit, record, by, self.policy), record, "decide about the shared calendar")
        kept = unit.calendar.get(record.id, lock=True)
        if kept is None or kept.state not in states or kept.asked_at is None:
            raise Stale(ANSWERED)
        if f"{kept.asked_at.timestamp():.6f}" != asked:
            raise Stale(ANSWERED)
        return record, kept

    @staticmethod
    def _known(kept: KeptEvent, by: str, now: datetime) -> KeptEvent:
        """The time there is known and decided about: whatever is written next may take its place."""
        return kept.decided(
            EventState.STANDING, by, now, start=kept.theirs_start, end=kept.theirs_end, fingerprint="",
            theirs_start=None, theirs_end=None,
        )  # fmt: skip

    @staticmethod
    def _save(unit: Unit, record: Postmortem, kept: KeptEvent, said: str, by: str, now: datetime) -> None:
        unit.calendar.put(kept)
        calendar_questions.answered(unit, record, said, by, now)
        unit.outbox.put(rows.calendar_event(record, now), rows.card(record, now))
        if kept.asked_of and kept.asked_at:
            unit.outbox.put(rows.calendar_ask(record, kept.asked_of, kept.asked_at, now))
