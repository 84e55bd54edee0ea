"""The incident goes on, and is over again: the deadline rests in between, and its new end starts the count anew."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import going_on
from bot.domain.outgoing import Outgoing
from bot.domain.policy import Policy
from bot.domain.postmortem import Audit, Postmortem
from bot.domain.topics import Topic
from bot.ports.store import Unit
from bot.usecases import complete_details, deadline_rows, meeting_rows, rows, standing
from bot.usecases.complete_details import CompleteDetails


@dataclass(frozen=True, slots=True)
class IncidentAgain:
    """By whoever may change the incident's times."""

    policy: Policy

    def begins(self, unit: Unit, team_id: str, record_id: str, reason: str, by: str, now: datetime) -> Postmortem:
        """Raises `Refused` as the rule does."""
        record = self._record(unit, team_id, record_id, by)
        saved = record.changed(open_again=going_on.begin(record, by=by, reason=reason, now=now))
        unit.records.save(saved)
        unit.ledger.note(Audit(record.id, now, by, "incident open again", None, reason.strip() or "yes", "command"))
        deadline_rows.rests(unit, saved)
        note = rows.channel_note(saved, Topic.OPEN_AGAIN, f"{saved.version}", now, by=by, reason=reason.strip())
        self._show(unit, saved, note, now)
        return saved

    def ends(self, unit: Unit, team_id: str, record_id: str, at: datetime, by: str, now: datetime) -> Postmortem:
        """Also for the first end, where nobody has entered one. Raises `Refused` and `BadInput` as the rule does."""
        record = self._record(unit, team_id, record_id, by)
        end = going_on.check_end(record, at, now=now)
        saved = record.changed(times=replace(record.times, resolved_at=end), open_again=None, holidays=None)
        unit.records.save(saved)
        old = record.times.resolved_at.isoformat() if record.times.resolved_at else None
        unit.ledger.note(Audit(record.id, now, by, "resolved_at", old, end.isoformat(), "command"))
        deadline_rows.runs_again(unit, record, saved, self.policy, by, now)
        complete_details.read_anew(unit, saved, now)
        self._show(unit, saved, None, now)
        return saved

    def _record(self, unit: Unit, team_id: str, record_id: str, by: str) -> Postmortem:
        record = standing.record_or_refuse(unit, record_id, team_id=team_id)
        CompleteDetails(self.policy).check_right(unit, record, by)
        return record

    @staticmethod
    def _show(unit: Unit, record: Postmortem, note: Outgoing | None, now: datetime) -> None:
        unit.outbox.put(rows.card(record, now), rows.document(record, now), *([note] if note else []))
        meeting_rows.follow(unit, record, now)
