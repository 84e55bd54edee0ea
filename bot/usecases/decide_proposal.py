"""The IC confirms a proposed owner; unanswered proposals go on to the deputy, then to the people who may stand in (R-06)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.errors import Refused, Stale
from bot.domain.outgoing import Json
from bot.domain.policy import Policy
from bot.domain.postmortem import Audit, Postmortem, Proposal, ProposalState
from bot.domain.topics import Topic
from bot.ports.store import Unit
from bot.usecases import designate, rows, standing
from bot.usecases.designate import Designate

_STATES = {
    ProposalState.CONFIRMED: "was confirmed",
    ProposalState.REPLACED: "was replaced by another one",
    ProposalState.REFUSED: "was turned down",
}


def pending_or_refuse(unit: Unit, team_id: str, proposal_id: str) -> tuple[Postmortem, Proposal]:
    """The proposal and its record, held for this transaction. Raises `Stale` when it was decided, `Refused` when it is not here."""
    proposal = unit.ledger.proposal(proposal_id)
    if proposal is None:
        raise Refused("This proposal is not here any more. Type `/postmortem status` in the incident channel.")
    record = standing.record_or_refuse(unit, proposal.postmortem_id, team_id=team_id)
    proposal = unit.ledger.proposal(proposal_id) or proposal
    if proposal.state is not ProposalState.PENDING:
        by = f" by <@{proposal.decided_by}>" if proposal.decided_by else ""
        raise Stale(
            f"The proposal of <@{proposal.candidate}> {_STATES[proposal.state]}{by} already. Nothing was changed."
        )
    return record, proposal


@dataclass(frozen=True, slots=True)
class ConfirmProposal:
    """The owner that somebody proposed is designated by the one who may."""

    policy: Policy
    designate: Designate

    def __call__(self, unit: Unit, team_id: str, proposal_id: str, by: str, now: datetime) -> Postmortem:
        """Raises `Refused` when `by` may not designate, or the candidate cannot be owner any more."""
        record, proposal = pending_or_refuse(unit, team_id, proposal_id)
        if by != proposal.asked and not standing.may_designate(unit, record, by, self.policy):
            raise Refused(f"Only the IC can confirm this: ask <@{record.roles.ic or record.created_by}>.")
        self.designate.check(unit, team_id, proposal.candidate)
        designate.decide(unit, record, proposal, ProposalState.CONFIRMED, by, now)
        return self.designate.settle(unit, record, proposal.candidate, by, now)


@dataclass(frozen=True, slots=True)
class EscalateProposal:
    """Nobody answered for the policy's working hours: ask the next one."""

    policy: Policy

    def __call__(self, unit: Unit, team_id: str, proposal_id: str, asked: str, now: datetime) -> None:
        """Does nothing when the proposal was decided, or somebody else is being asked by now."""
        proposal = unit.ledger.proposal(proposal_id)
        if proposal is None or proposal.state is not ProposalState.PENDING or proposal.asked != asked:
            return
        record = standing.record_or_refuse(unit, proposal.postmortem_id, team_id=team_id)
        if record.set_aside:
            return
        order = standing.deciders(unit, record, self.policy)
        following = order[order.index(asked) + 1 :] if asked in order else order
        if not following:
            return
        moved = replace(proposal, asked=following[0])
        due = standing.after_silence(record, self.policy, now)
        unit.ledger.put_proposal(moved)
        unit.ledger.note(Audit(record.id, now, "bot", designate.PASSED_ON, asked, moved.asked, "silence"))
        values: dict[str, Json] = {
            "candidate": proposal.candidate,
            "by": proposal.proposed_by,
            "before": asked,
            "asked": moved.asked,
        }
        note = rows.channel_note(record, Topic.ESCALATED, f"{proposal.id}:{moved.asked}", now, **values)
        unit.outbox.put(rows.confirm_dm(record, moved, now), rows.escalate(record, moved, due), note)
        unit.outbox.put(rows.card(record, now))
