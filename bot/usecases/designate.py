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

# The field of the history that says who was asked about a proposal before whom.
PASSED_ON = "asked to confirm"


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
        if record.owner == candidate:
            return Designated(record, created=False, outcome=Outcome.ALREADY)
        if not self._may(unit, record, place.user_id):
            return self._propose(unit, record, candidate, place.user_id, now)
        saved = self.settle(unit, record, candidate, place.user_id, now)
        return Designated(saved, created=opened.created, outcome=Outcome.DESIGNATED)

    def _may(self, unit: Unit, record: Postmortem, user_id: str) -> bool:
        """Whoever is being asked about a proposal may answer it with another name, too."""
        pending = unit.ledger.pending(record.id)
        return bool(pending and pending.asked == user_id) or standing.may_designate(unit, record, user_id, self.policy)

    def check(self, unit: Unit, team_id: str, candidate: str) -> bool:
        """True when the person is known and fit; False when Slack must be asked first. Raises `Refused`."""
        return ownership.check_candidate(
            candidate,
            unit.people.get(team_id, candidate),
            list_known=unit.people.synced_at(team_id) is not None,
            allow_external=self.policy.allow_external_owner,
        )

    def settle(self, unit: Unit, record: Postmortem, owner: str, by: str, now: datetime) -> Postmortem:
        """The designation of `owner` by `by` holds: save it and write what everybody is told. The deadline does not move (R-09)."""
        before = record.owner
        roles = self._roles(unit, record, by, now)
        saved = record.changed(owner=owner, owner_state=OwnerState.TOLD, owner_since=now, roles=roles)
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
        tell_named_ic(unit, saved, by, now)
        return saved

    @staticmethod
    def _roles(unit: Unit, record: Postmortem, by: str, now: datetime) -> Roles:
        """Nobody is known yet: who designates is taken to be the IC until the form says otherwise. Whom the channel names as the IC, and
        who acts as such, is it (R-06)."""
        if record.roles.ic is None:
            unit.ledger.note(Audit(record.id, now, by, "ic", None, f"{by}, assumed: designated first", "command"))
            return replace(record.roles, ic=by, ic_assumed=True)
        if record.roles.ic != by and standing.named_ic(unit, record) == by:
            unit.ledger.note(Audit(record.id, now, by, "ic", record.roles.ic, by, "named in the channel"))
            return replace(record.roles, ic=by, ic_assumed=False)
        return record.roles

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
        due = standing.after_silence_of(unit, record, record.owner or "", self.policy, now)
        unit.outbox.put(rows.owner_silent(record, due))

    def _propose(self, unit: Unit, record: Postmortem, candidate: str, by: str, now: datetime) -> Designated:
        pending = unit.ledger.pending(record.id)
        if pending and (pending.candidate, pending.proposed_by) == (candidate, by):
            return Designated(record, created=False, outcome=Outcome.PROPOSED, asked=pending.asked)
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


def tell_named_ic(unit: Unit, record: Postmortem, by: str, now: datetime) -> None:
    """The channel names another IC than the one who designated: that person may choose another owner (R-06)."""
    named = standing.named_ic(unit, record)
    if named and record.owner and named not in (by, record.roles.ic):
        once = f"{record.owner}:{named}"
        unit.outbox.put(rows.person_dm(record, named, Topic.IC_NAMED, once, now, owner=record.owner, by=by))


def close_pending(unit: Unit, record: Postmortem, state: ProposalState, by: str, now: datetime) -> None:
    """A pending proposal is decided: everybody who was asked sees it, its timer is cancelled."""
    pending = unit.ledger.pending(record.id)
    if pending is not None:
        decide(unit, record, pending, state, by, now)


def decide(unit: Unit, record: Postmortem, proposal: Proposal, state: ProposalState, by: str, now: datetime) -> None:
    """Keep what became of a proposal, and redraw the question of everybody who was asked."""
    decided = replace(proposal, state=state, decided_by=by, decided_at=now)
    unit.ledger.put_proposal(decided)
    unit.outbox.cancel(record.id, [rows.escalate(record, proposal, now).key])
    passed_on = [each for each in unit.ledger.history(record.id) if each.field == PASSED_ON]
    earlier = [each.old for each in passed_on if each.old and each.at >= proposal.created_at]
    for asked in dict.fromkeys([*earlier, proposal.asked]):
        unit.outbox.put(rows.confirm_dm(record, replace(decided, asked=asked), now))
