"""The owner's answer: accepted, or "I can't" with a reason that goes back to the IC (R-07)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import BadInput, Refused
from bot.domain.outgoing import Kind
from bot.domain.postmortem import Audit, OwnerState, Postmortem
from bot.domain.topics import Topic
from bot.ports.store import Unit
from bot.usecases import rows, standing

MAX_REASON = 1000


def _asked_owner(unit: Unit, team_id: str, postmortem_id: str, by: str) -> Postmortem:
    record = standing.record_or_refuse(unit, postmortem_id, team_id=team_id)
    if record.owner != by:
        now_owner = f"it is <@{record.owner}> now" if record.owner else "it has no owner at the moment"
        raise Refused(
            f"You are not the owner of {record.name} any more: {now_owner}. There is nothing left to do for you."
        )
    return record


@dataclass(frozen=True, slots=True)
class AcceptOwnership:
    """Take the post-mortem on. A second click changes nothing and says the same."""

    def __call__(self, unit: Unit, team_id: str, postmortem_id: str, by: str, now: datetime) -> Postmortem:
        """Raises `Refused` when somebody else is the owner by now."""
        record = _asked_owner(unit, team_id, postmortem_id, by)
        if record.owner_state is OwnerState.ACCEPTED:
            return record
        saved = record.changed(owner_state=OwnerState.ACCEPTED)
        unit.records.save(saved)
        unit.ledger.note(Audit(record.id, now, by, "owner accepted", None, by, "button"))
        unit.outbox.cancel(record.id, [rows.owner_key(record, Kind.OWNER_SILENT)])
        unit.outbox.put(rows.owner_dm(saved, now), rows.card(saved, now))
        return saved


@dataclass(frozen=True, slots=True)
class DeclineOwnership:
    """Give the post-mortem back: no owner is left, and the IC is asked for another one."""

    def __call__(self, unit: Unit, team_id: str, postmortem_id: str, by: str, reason: str, now: datetime) -> Postmortem:
        """Raises `BadInput` without a reason, `Refused` when somebody else is the owner by now."""
        record = _asked_owner(unit, team_id, postmortem_id, by)
        if not reason.strip():
            raise BadInput("A word of explanation is needed, so that the IC can choose well. Write one sentence.")
        saved = record.changed(owner=None, owner_state=OwnerState.NONE, owner_since=now)
        unit.records.save(saved)
        unit.ledger.note(Audit(record.id, now, by, "owner", by, None, "button"))
        unit.outbox.cancel(record.id, [rows.owner_key(record, Kind.OWNER_SILENT)])
        ic = record.roles.ic or record.created_by
        told = rows.person_dm(saved, ic, Topic.DECLINED, now.isoformat(), now, owner=by, reason=reason[:MAX_REASON])
        unit.outbox.put(rows.owner_dm(record, now), told, rows.card(saved, now), rows.document(saved, now))
        return saved
