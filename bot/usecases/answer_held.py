"""What came of the meeting (R-19): held and agreed on, held with changes needed, agreed in writing, not held, or held at
another time than booked. The rules decide; here it is stored, and what people see is drawn anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain import held, leading
from bot.domain.actors import Actor
from bot.domain.booking import Booking, Outcome
from bot.domain.errors import Refused
from bot.domain.policy import Policy
from bot.domain.postmortem import Audit, Postmortem
from bot.ports.store import Unit
from bot.usecases import actors, meeting_rows, rows, standing

NONE_BOOKED = "No meeting is booked: type `/postmortem meeting` to book one, or to enter when it was held."


@dataclass(frozen=True, slots=True)
class AnswerHeld:
    """One answer. Each method raises `Refused` for the wrong person or too early, `Stale` for an answer that comes second."""

    policy: Policy

    def agree(self, unit: Unit, team_id: str, record_id: str, seen: int, by: str, now: datetime) -> Postmortem:
        """Held, content agreed."""
        record, booking, actor = self._asked(unit, team_id, record_id, by)
        return self._keep(unit, record, held.agree(booking, record, seen, actor=actor, now=now), by, now)

    def in_writing(self, unit: Unit, team_id: str, record_id: str, seen: int, by: str, now: datetime) -> Postmortem:
        """The changes were made, and agreed on without another meeting."""
        record, booking, actor = self._asked(unit, team_id, record_id, by)
        return self._keep(unit, record, held.agree_in_writing(booking, record, seen, actor=actor, now=now), by, now)

    def changes(
        self, unit: Unit, team_id: str, record_id: str, seen: int, wanted: str, by: str, now: datetime
    ) -> Postmortem:
        """Held, changes needed. Raises `BadInput` without any."""
        record, booking, actor = self._asked(unit, team_id, record_id, by, "say what came of the meeting")
        after = held.ask_for_changes(booking, record, seen, wanted, actor=actor, now=now)
        return self._keep(unit, record, after, by, now)

    def not_held(self, unit: Unit, team_id: str, record_id: str, seen: int, by: str, now: datetime) -> Postmortem:
        """It did not take place."""
        record, booking, actor = self._asked(unit, team_id, record_id, by, "say what came of the meeting")
        return self._keep(unit, record, held.not_held(booking, record, seen, actor=actor, now=now), by, now)

    def really(
        self, unit: Unit, team_id: str, record_id: str, seen: int | None, start: datetime, length: timedelta, by: str,
        now: datetime,
    ) -> Postmortem:  # fmt: skip
        """It took place then: the real time takes the place of the booked one, and the question is asked at once."""
        record = standing.record_or_refuse(unit, record_id, team_id=team_id)
        actor = actors.actor(unit, record, by, self.policy)
        leading.only_leads(actor, record, "enter when the meeting was held")
        leading.meeting_may_change(record)
        before = unit.meetings.booking(record.id)
        basis = before or Booking(record.id, start, start + max(length, timedelta(minutes=1)), by, now)
        after = held.really_held(
            basis, record, basis.sequence if seen is None else seen, start, length, actor=actor, now=now
        )
        meeting_rows.unplan(unit, record, before)
        unit.meetings.put_booking(after)
        old = before.start.isoformat() if before else None
        unit.ledger.note(Audit(record.id, now, by, "meeting", old, after.start.isoformat(), "held at another time"))
        unit.outbox.put(rows.card(record, now), rows.document(record, now))
        meeting_rows.plan(unit, record, after, self.policy, now)
        meeting_rows.follow(unit, record, now)
        return record

    def check(self, unit: Unit, record: Postmortem, by: str, what: str) -> Booking:
        """The meeting that is asked about. Raises `Refused` when nothing is booked or the person has no part in it."""
        leading.only_leads(actors.actor(unit, record, by, self.policy), record, what)
        leading.meeting_may_change(record)
        return _booking(unit, record)

    def _asked(
        self, unit: Unit, team_id: str, record_id: str, by: str, what: str | None = None
    ) -> tuple[Postmortem, Booking, Actor]:
        record = standing.record_or_refuse(unit, record_id, team_id=team_id)
        actor = actors.actor(unit, record, by, self.policy)
        if what:
            leading.only_leads(actor, record, what)
        leading.meeting_may_change(record)
        return record, _booking(unit, record), actor

    @staticmethod
    def _keep(unit: Unit, record: Postmortem, after: Booking, by: str, now: datetime) -> Postmortem:
        unit.meetings.put_booking(after)
        value = f"{after.outcome.value} in writing" if after.in_writing else after.outcome.value
        note = f": {after.outcome_note}" if after.outcome is Outcome.CHANGES else ""
        unit.ledger.note(Audit(record.id, now, by, "meeting held", None, f"{value}{note}", "button"))
        unit.outbox.cancel(
            record.id, [meeting_rows.silent_key(record, after.sequence, whom) for whom in (meeting_rows.IC, meeting_rows.OWNER)]
        )  # fmt: skip
        unit.outbox.put(rows.card(record, now), rows.document(record, now))
        meeting_rows.follow(unit, record, now)
        return record


def _booking(unit: Unit, record: Postmortem) -> Booking:
    booking = unit.meetings.booking(record.id)
    if booking is None:
        raise Refused(NONE_BOOKED)
    return booking
