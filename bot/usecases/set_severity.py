"""Setting the severity after the incident (R-62): by the IC at once, proposed by the owner. The deadline follows, and
whoever it concerns is told; nothing is extended, shortened or moved silently."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain import countdown, counted, home, leading, severity
from bot.domain.actors import Role
from bot.domain.countdown import Note
from bot.domain.errors import Refused, Stale
from bot.domain.outgoing import Json
from bot.domain.policy import Policy
from bot.domain.postmortem import Audit, Postmortem, SeverityChange
from bot.domain.topics import Topic
from bot.ports.store import Unit
from bot.usecases import meeting_rows, relabel_tickets, rows, standing

_OF_THE_MEETING = {"meeting_too_late", "meeting_could_move", "overdue_at_once", "still_overdue"}


@dataclass(frozen=True, slots=True)
class Set:
    """The record as it is now, and who was asked when it is only proposed."""

    record: Postmortem
    asked: str | None = None


@dataclass(frozen=True, slots=True)
class SetSeverity:
    """Set it, or ask the IC."""

    policy: Policy

    def __call__(
        self, unit: Unit, team_id: str, record_id: str, to: int, reason: str, by: str, now: datetime
    ) -> Set:  # fmt: skip
        """Raises `Refused` when it is so already."""
        record = standing.record_or_refuse(unit, record_id, team_id=team_id)
        if record.severity == to:
            raise Refused(f"{record.name} is {severity.label(to)} already. Nothing was changed.")
        if not may_set(unit, record, by, self.policy):
            return Set(record, propose(unit, record, to, reason, by, self.policy, now))
        return Set(self._save(unit, record, to, reason, by, now, "command"))

    def confirm(
        self, unit: Unit, team_id: str, record_id: str, seen: int | None, to: int, by: str, now: datetime
    ) -> Postmortem:  # fmt: skip
        """The IC agrees to what was proposed while it was `seen`. Raises `Stale` when it was changed meanwhile."""
        record = standing.record_or_refuse(unit, record_id, team_id=team_id)
        self._check(unit, record, seen, by)
        return self._save(unit, record, to, "", by, now, "proposal confirmed")

    def keep(
        self, unit: Unit, team_id: str, record_id: str, seen: int | None, to: int, by: str, now: datetime
    ) -> Postmortem:  # fmt: skip
        """The IC leaves it as it is: who proposed it is told in the channel."""
        record = standing.record_or_refuse(unit, record_id, team_id=team_id)
        self._check(unit, record, seen, by)
        was, proposed = severity.label(record.severity), severity.label(to)
        unit.ledger.note(Audit(record.id, now, by, "severity", was, was, f"proposal of {proposed} turned down"))
        said = f"It stays {was}."
        note = rows.channel_note(record, Topic.SEVERITY_KEPT, now.isoformat(), now, by=by, proposed=proposed, said=said)
        unit.outbox.put(note)
        return record

    def _check(self, unit: Unit, record: Postmortem, seen: int | None, by: str) -> None:
        if not may_set(unit, record, by, self.policy):
            raise Refused(f"Only the IC sets the severity: ask <@{record.roles.ic or record.created_by}>.")
        if record.severity != seen:
            text = f"The severity was changed meanwhile: it is {severity.label(record.severity)}. Nothing was changed."
            raise Stale(text)

    def _save(
        self, unit: Unit, record: Postmortem, to: int, reason: str, by: str, now: datetime, via: str
    ) -> Postmortem:  # fmt: skip
        saved = record.changed(severity=to, severity_ended_at=severity.ended_at(record, to, now), holidays=None)
        unit.records.save(saved)
        why = f"{via}: {reason}" if reason else via
        old = None if record.severity is None else str(record.severity)
        unit.ledger.note(Audit(record.id, now, by, "severity", old, str(to), why))
        unit.ledger.note(SeverityChange(record.id, now, to, by))
        unit.outbox.put(rows.card(saved, now), rows.document(saved, now))
        meeting_rows.follow(unit, saved, now)
        tell(unit, record, saved, self.policy, by, reason, now)
        relabel_tickets.offer(unit, record, saved, self.policy, by, now)
        return saved


def may_set(unit: Unit, record: Postmortem, by: str, policy: Policy) -> bool:
    """The IC, the deputy, and who stands in for them; anybody while there is no IC."""
    return standing.may_designate(unit, record, by, policy)


def propose(
    unit: Unit, record: Postmortem, to: int, reason: str, by: str, policy: Policy, now: datetime
) -> str:  # fmt: skip
    """Ask the IC; returns who is asked."""
    asked = next(iter(standing.deciders(unit, record, policy)), record.created_by)
    old = None if record.severity is None else str(record.severity)
    unit.ledger.note(Audit(record.id, now, by, "severity proposed", old, str(to), reason or "no reason given"))
    values: dict[str, Json] = {"by": by, "asked": asked, "severity": to, "seen": record.severity, "reason": reason}
    once = now.isoformat()
    unit.outbox.put(
        rows.person_dm(record, asked, Topic.SEVERITY_ASKED, once, now, **values),
        rows.channel_note(record, Topic.SEVERITY_PROPOSED, once, now, **values),
    )
    return asked


def tell(
    unit: Unit, before: Postmortem, after: Postmortem, policy: Policy, by: str, reason: str, now: datetime
) -> None:  # fmt: skip
    """Say what follows from it in the channel, and to those whom it concerns at once."""
    notes = _notes(unit, before, after, policy, now)
    said: list[Json] = [*(note.text for note in notes), *severity.liaison(before.severity, after.severity)]
    once = f"{after.version}"
    pinged = [user for user in _people(after, {role for note in notes for role in note.to}) if user != by]
    values: dict[str, Json] = {
        "by": by, "frm": before.severity, "to_severity": after.severity, "said": said, "reason": reason, "ping": list(pinged),
    }  # fmt: skip
    unit.outbox.put(rows.channel_note(after, Topic.SEVERITY_SET, once, now, **values))
    for role in (Role.OWNER, Role.IC):
        theirs: list[Json] = [note.text for note in notes if role in note.to]
        for user in _people(after, {role}) if theirs else ():
            unit.outbox.put(rows.person_dm(after, user, Topic.SEVERITY_TOLD, once, now, **{**values, "said": theirs}))


def _people(record: Postmortem, roles: set[Role]) -> list[str]:
    held = {Role.OWNER: record.owner, Role.IC: record.roles.ic or record.created_by}
    return list(dict.fromkeys(user for role, user in held.items() if user and role in roles))


def _notes(unit: Unit, before: Postmortem, after: Postmortem, policy: Policy, now: datetime) -> list[Note]:
    if after.severity is None:
        return []
    booking = unit.meetings.booking(after.id)
    start = booking.start if booking and booking.stands else None
    found = counted.anchor(after)
    change = countdown.severity_changed(
        standing.count(before, policy), after.severity, now=now, meeting_start=start, anchor=found
    )
    over = not leading.meeting_matters(after)
    line = home.Line(after, standing.deadline(after, policy), booking)
    quiet = {"overdue_at_once", "still_overdue"} if not home.overdue(line, now) else set()
    return [note for note in change.notes if note.code not in (_OF_THE_MEETING if over else quiet)]
