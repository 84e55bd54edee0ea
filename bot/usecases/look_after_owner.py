"""What the clock and Slack's news do about owners (R-05, R-07, R-09).

The silent one, the one who left, the one who turned out not to be a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain import ownership
from bot.domain.errors import Refused
from bot.domain.harvest.person import Person
from bot.domain.policy import Policy
from bot.domain.postmortem import Audit, OwnerState, Postmortem
from bot.domain.topics import Topic
from bot.ports.store import Unit
from bot.usecases import rows
from bot.usecases.designate import Designate


def _still(unit: Unit, postmortem_id: str, user: str, since: str) -> Postmortem | None:
    """The record, when this designation still holds."""
    record = unit.records.get(postmortem_id, lock=True)
    if record is None or record.owner != user or record.owner_since is None:
        return None
    return record if record.owner_since.isoformat() == since else None


@dataclass(frozen=True, slots=True)
class OwnerSilent:
    """The owner did not answer in the policy's working hours: the IC is told (R-07)."""

    def __call__(self, unit: Unit, postmortem_id: str, user: str, since: str, now: datetime) -> None:
        """Does nothing when the owner answered, or is another one by now."""
        record = _still(unit, postmortem_id, user, since)
        if record and record.owner_state is OwnerState.TOLD and not record.set_aside and record.open_again is None:
            ic = record.roles.ic or record.created_by
            unit.outbox.put(rows.person_dm(record, ic, Topic.OWNER_SILENT, since, now, owner=user))


@dataclass(frozen=True, slots=True)
class OwnerChecked:
    """Slack said who the designated owner is: tell them, or take the designation back and say why (R-05)."""

    policy: Policy
    designate: Designate

    def __call__(
        self, unit: Unit, postmortem_id: str, person: Person | None, user: str, since: str, by: str, now: datetime
    ) -> None:
        """`person` is None when Slack knows nobody of this id."""
        record = _still(unit, postmortem_id, user, since)
        if record is None:
            return
        if person:
            unit.people.put(record.team_id, [person])
        try:
            external = self.policy.allow_external_owner
            known = ownership.check_candidate(user, person, list_known=True, allow_external=external)
            if not known:
                raise Refused(f"Slack knows nobody with the id {user}.")
        except Refused as refusal:
            self._take_back(unit, record, by, refusal.message, now)
            return
        self.designate.tell(unit, record, now)

    def _take_back(self, unit: Unit, record: Postmortem, by: str, reason: str, now: datetime) -> None:
        saved = record.changed(owner=None, owner_state=OwnerState.NONE, owner_since=now)
        unit.records.save(saved)
        unit.ledger.note(Audit(record.id, now, "bot", "owner", record.owner, None, "check of the account"))
        told = rows.person_dm(saved, by, Topic.OWNER_REFUSED, now.isoformat(), now, owner=record.owner, reason=reason)
        unit.outbox.put(told, rows.card(saved, now), rows.document(saved, now))


@dataclass(frozen=True, slots=True)
class PersonChanged:
    """Slack's news about a person: kept, and when an owner's account was deactivated the IC is asked for another (R-09)."""

    def __call__(self, unit: Unit, team_id: str, person: Person, now: datetime) -> None:
        """Idempotent: the same news twice tells the IC once."""
        unit.people.put(team_id, [person])
        if not person.deleted:
            return
        for record in unit.open_records.owned_by(team_id, person.user_id):
            if record.merged is None:
                unit.outbox.put(rows.owner_gone(record, now))
