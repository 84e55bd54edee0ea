"""Waiving a post-mortem, and taking that back: the rule decides, the reminders rest and go on, and everybody sees it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import waiver
from bot.domain.errors import Refused
from bot.domain.outgoing import Kind
from bot.domain.policy import Policy
from bot.domain.postmortem import Audit, OwnerState, Postmortem
from bot.domain.status import Status
from bot.domain.topics import Topic
from bot.ports.store import Unit
from bot.usecases import actors, meeting_rows, question_rows, rows, standing


@dataclass(frozen=True, slots=True)
class Waive:
    """Give it up on purpose."""

    policy: Policy

    def __call__(
        self, unit: Unit, team_id: str, record_id: str, reason: str, by: str, now: datetime, *, false_alarm: bool = False
    ) -> Postmortem:  # fmt: skip
        """`false_alarm` says that the incident was none. Raises `Refused` and `BadInput` as the rule does."""
        record = standing.record_or_refuse(unit, record_id, team_id=team_id)
        if record.status in (Status.REVIEWED, Status.CLOSED):
            raise Refused(f"{record.name} is {record.status}: there is nothing left to waive.")
        given = waiver.waive(
            record.waiver, actor=actors.actor(unit, record, by, self.policy), severity=record.severity,
            false_alarm=false_alarm or record.false_alarm, reason=reason, allowed=self.policy.allow_waive, now=now,
        )  # fmt: skip
        saved = record.changed(waiver=given, false_alarm=false_alarm or record.false_alarm)
        unit.records.save(saved)
        if saved.false_alarm != record.false_alarm:
            unit.ledger.note(Audit(record.id, now, by, "false alarm", None, "yes", "command"))
        unit.ledger.note(Audit(record.id, now, by, "waived", None, given.reason, "command"))
        meeting_rows.unplan(unit, saved, unit.meetings.booking(saved.id))
        unit.outbox.cancel(saved.id, [rows.owner_key(saved, Kind.OWNER_SILENT)])
        self._show(unit, saved, Topic.WAIVED, by, now, given.reason)
        return saved

    def undo(self, unit: Unit, team_id: str, record_id: str, by: str, now: datetime) -> Postmortem:
        """The deadline is the old one, and reminders go on. Raises `Refused` when it is not waived."""
        record = standing.record_or_refuse(unit, record_id, team_id=team_id)
        waiver.undo(record.waiver, actor=actors.actor(unit, record, by, self.policy))
        saved = record.changed(waiver=None)
        unit.records.save(saved)
        old = record.waiver.reason if record.waiver else None
        unit.ledger.note(Audit(record.id, now, by, "waived", old, None, "command"))
        booking = unit.meetings.booking(saved.id)
        if booking and booking.outcome_at is None:
            meeting_rows.plan(unit, saved, booking, self.policy, now)
        if saved.owner and saved.owner_state is OwnerState.TOLD:
            due = standing.after_silence_of(unit, saved, saved.owner, self.policy, now)
            unit.outbox.put(replace(rows.owner_silent(saved, due), again=True))
        question_rows.go_on(unit, saved, self.policy, now)
        self._show(unit, saved, Topic.WAIVER_UNDONE, by, now, "")
        return saved

    @staticmethod
    def _show(unit: Unit, record: Postmortem, topic: Topic, by: str, now: datetime, reason: str) -> None:
        unit.outbox.put(rows.card(record, now), rows.document(record, now))
        unit.outbox.put(rows.channel_note(record, topic, f"{record.version}", now, by=by, reason=reason))
        meeting_rows.follow(unit, record, now)
