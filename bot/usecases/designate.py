"""Designating the owner: by the IC at once, by anybody else as a proposal that the IC confirms (R-05, R-06, R-09)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain import ownership
from bot.domain.outgoing import Kind
from bot.domain.policy import Policy
from bot.domain.postmortem import Audit, OwnerState, Postmortem, Proposal, ProposalState, Roles
from bot.domain.topics import Topic
from bot.ports.store import Unit
from bot.usecases import rows, standing
from bot.usecases.open_record import OpenRecord, Place


class Outcome(StrEnum):
    """What came of it."""

    DESIGNATED = "designated"
    PROPOSED = "proposed"
    ALREADY = "already"


@dataclass(frozen=True, slots=True)
class Designated:
    """The record as saved, whether it was just opened, and what became of the designation."""

    record: Postmortem
    created: bool
    outcome: Outcome
    asked: str | None = None


@dataclass(frozen=True, slots=True)
class Designate:
    """Name the owner of the channel's post-mortem, which is opened if need be (R-04)."""

    policy: Policy
    open_record: OpenRecord
    new_id: Callable[[], str]

    def __call__(self, unit: Unit, place: Place, candidate: str, now: datetime) -> Designated:
        """Raises `Refused` when the candidate cannot be an owner; then nothing is opened either."""
        self.check(unit, place.team_id, candidate)
        opened = self.open_record(unit, place, now)
        record = opened.record
        if opened.created:
            return self._first(unit, record, candidate, place.user_id, now)
        if record.owner == candidate:
            return Designated(record, created=False, outcome=Outcome.ALREADY)
        if not standing.may_designate(unit, record, place.user_id, self.policy):
            return self._propose(unit, record, candidate, place.user_id, now)
        saved = self.settle(unit, record, candidate, place.user_id, now)
        return Designated(saved, created=False, outcome=Outcome.DESIGNATED)

    def _first(self, unit: Unit, record: Postmortem, candidate: str, by: str, now: datetime) -> Designated:
        """Nobody is known yet: who types `assign` is taken to be the IC until the form says otherwise (R-06)."""
        unit.ledger.note(Audit(record.id, now, by, "ic", None, f"{by}, assumed: typed assign first", "command"))
        saved = self.settle(unit, record, candidate, by, now, roles=Roles(ic=by, ic_assumed=True))
        return Designated(saved, created=True, outcome=Outcome.DESIGNATED)

    def check(self, unit: Unit, team_id: str, candidate: str) -> bool:
        """True when the person is known and fit; False when Slack must be asked first. Raises `Refused`."""
        return ownership.check_candidate(
            candidate,
            unit.people.get(team_id, candidate),
            list_known=unit.people.synced_at(team_id) is not None,
            allow_external=self.policy.allow_external_owner,
        )

    def settle(
        self, unit: Unit, record: Postmortem, owner: str, by: str, now: datetime, roles: Roles | None = None
    ) -> Postmortem:
        """The designation of `owner` by `by` holds: save it and write what everybody is told. The deadline does not move (R-09)."""
        before = record.owner
        saved = record.changed(owner=owner, owner_state=OwnerState.TOLD, owner_since=now, roles=roles or record.roles)
        unit.records.save(saved)
        unit.ledger.note(Audit(record.id, now, by, "owner", before, owner, "designation"))
        close_pending(unit, saved, ProposalState.REPLACED, by, now)
        unit.outbox.put(rows.card(saved, now), rows.document(saved, now))
        if self.check(unit, saved.team_id, owner):
            self.tell(unit, saved, now)
        else:
            unit.outbox.put(rows.check_owner(saved, by, now))
        if before:
            self._hand_over(unit, record, saved, by, now)
        return saved

    def _hand_over(self, unit: Unit, old: Postmortem, new: Postmortem, by: str, now: datetime) -> None:
        before, once = old.owner or "", now.isoformat()
        unit.outbox.cancel(old.id, [rows.owner_key(old, kind) for kind in (Kind.OWNER_SILENT, Kind.CHECK_OWNER)])
        unit.outbox.put(
            rows.owner_dm(old, now),
            rows.person_dm(new, before, Topic.RELIEVED, once, now, owner=new.owner, by=by),
            rows.channel_note(new, Topic.HANDED_OVER, once, now, before=before, owner=new.owner, by=by),
        )

    def tell(self, unit: Unit, record: Postmortem, now: datetime) -> None:
        """Tell the owner, bring them into the channel, and look later whether they answered (R-07)."""
        unit.outbox.put(rows.owner_dm(record, now), rows.invite_owner(record, now))
        unit.outbox.put(rows.owner_silent(record, standing.after_silence(record, self.policy, now)))

    def _propose(self, unit: Unit, record: Postmortem, candidate: str, by: str, now: datetime) -> Designated:
        asked = next(iter(standing.deciders(unit, record, self.policy)), record.created_by)
        close_pending(unit, record, ProposalState.REPLACED, by, now)
        proposal = Proposal(self.new_id(), record.id, candidate, by, asked, now)
        unit.ledger.put_proposal(proposal)
        unit.ledger.note(Audit(record.id, now, by, "owner proposed", record.owner, candidate, "command"))
        due = standing.after_silence(record, self.policy, now)
        unit.outbox.put(
            rows.confirm_dm(record, proposal, now),
            rows.escalate(record, proposal, due),
            rows.channel_note(record, Topic.PROPOSED, proposal.id, now, candidate=candidate, by=by, asked=asked),
            rows.card(record, now),
        )
        return Designated(record, created=False, outcome=Outcome.PROPOSED, asked=asked)


def close_pending(unit: Unit, record: Postmortem, state: ProposalState, by: str, now: datetime) -> None:
    """A pending proposal is decided: its message is redrawn, its timer is cancelled."""
    pending = unit.ledger.pending(record.id)
    if pending is None:
        return
    decided = replace(pending, state=state, decided_by=by, decided_at=now)
    unit.ledger.put_proposal(decided)
    unit.outbox.put(rows.confirm_dm(record, decided, now))
    unit.outbox.cancel(record.id, [rows.escalate(record, pending, now).key])
