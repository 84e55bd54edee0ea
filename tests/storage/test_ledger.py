"""Proposals, the audit trail and the history of the severity."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.postmortem import Audit, Proposal, ProposalState, SeverityChange
from bot.ports.errors import Outdated


@pytest.fixture
def proposal(record, noon):
    return Proposal(id="p1", postmortem_id=record.id, candidate="U2", proposed_by="U3", asked="U4", created_at=noon)


def test_a_proposal_waits_until_it_is_decided(write, proposal, noon):
    with write() as unit:
        unit.ledger.put_proposal(proposal)
    with write() as unit:
        assert unit.ledger.pending(proposal.postmortem_id) == proposal
        decided = replace(
            proposal, state=ProposalState.CONFIRMED, decided_by="U4", decided_at=noon + timedelta(hours=1)
        )
        unit.ledger.put_proposal(decided)
    with write() as unit:
        assert unit.ledger.pending(proposal.postmortem_id) is None
        assert unit.ledger.proposal("p1") == decided
        assert unit.ledger.proposal("p2") is None


def test_a_second_proposal_cannot_wait_at_the_same_time(write, proposal):
    with write() as unit:
        unit.ledger.put_proposal(proposal)
    with pytest.raises(Outdated), write() as unit:
        unit.ledger.put_proposal(replace(proposal, id="p2"))


def test_a_newer_proposal_takes_the_place_of_one_that_was_replaced(write, proposal):
    with write() as unit:
        unit.ledger.put_proposal(proposal)
        unit.ledger.put_proposal(replace(proposal, state=ProposalState.REPLACED))
        unit.ledger.put_proposal(replace(proposal, id="p2"))
        assert unit.ledger.pending(proposal.postmortem_id) == replace(proposal, id="p2")


def test_the_history_comes_in_order_of_writing(write, record, noon):
    audits = [
        Audit(record.id, noon - timedelta(hours=hour), "U1", "owner", None if hour else "U7", f"U{hour}", "command")
        for hour in range(4)
    ]
    changes = [SeverityChange(record.id, noon, severity, "U1") for severity in (3, 1, 2)]
    with write() as unit:
        unit.ledger.note(audits[0], changes[0], audits[1])
        unit.ledger.note(changes[1], audits[2], changes[2], audits[3])
        unit.ledger.note()
    with write() as unit:
        assert unit.ledger.history(record.id) == audits
        assert unit.ledger.severities(record.id) == changes
        assert unit.ledger.history("other") == []
        assert unit.ledger.severities("other") == []
