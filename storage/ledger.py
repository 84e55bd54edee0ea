"""What was decided and changed: proposals, the audit trail and the history of the severity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.postmortem import Audit, Proposal, ProposalState, SeverityChange
from bot.ports.errors import Outdated
from storage import foreseen, statements, tables

_P, _A, _S = tables.proposal, tables.audit, tables.severity_change
_AUDIT = tuple(_A.c[field.name] for field in fields(Audit))
_THIS: sa.BindParameter[str] = sa.bindparam("this")
_PENDING = sa.select(_P).where(_P.c.postmortem_id == _THIS, _P.c.state == sa.literal_column("'pending'"))
_PROPOSAL = sa.select(_P).where(_P.c.id == _THIS)
_NEW = ((_A.insert(), Audit), (_S.insert(), SeverityChange))
_SEVERITY = tuple(_S.c[field.name] for field in fields(SeverityChange))
_SEVERITIES = sa.select(*_SEVERITY).where(_S.c.postmortem_id == _THIS).order_by(_S.c.id)


class SqlLedger:
    """bot.ports.store.Ledger."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def pending(self, postmortem_id: str) -> Proposal | None:
        """The proposal that waits for the IC."""
        row = foreseen.one(self._conn, _P, postmortem_id, _PENDING)
        return None if row is None else _proposal(row)

    def pending_with(self, team_id: str, user_id: str) -> Sequence[Proposal]:
        """Proposals that wait for this person."""
        ours = _P.c.postmortem_id.in_(sa.select(tables.postmortem.c.id).where(tables.postmortem.c.team_id == team_id))
        query = sa.select(_P).where(_P.c.state == sa.literal_column("'pending'"), _P.c.asked == user_id, ours)
        found = statements.rows(self._conn, query.order_by(_P.c.created_at, _P.c.id))
        return [_proposal(row) for row in found]

    def proposal(self, proposal_id: str) -> Proposal | None:
        """One proposal."""
        row = statements.one(self._conn, _PROPOSAL, {"this": proposal_id})
        return None if row is None else _proposal(row)

    def put_proposal(self, proposal: Proposal) -> None:
        """Insert or update by id. Raises Outdated when another one waits for the IC already."""
        try:
            statements.upsert(self._conn, _P, [asdict(proposal)])
        except sa.exc.IntegrityError as error:
            raise Outdated("Another proposal came in between; nothing was saved.") from error

    def note(self, *entries: Audit | SeverityChange) -> None:
        """Append to the history."""
        for new, kind in _NEW:
            if rows := [asdict(entry) for entry in entries if isinstance(entry, kind)]:
                self._conn.execute(new, rows)

    def history(self, postmortem_id: str) -> Sequence[Audit]:
        """The audit trail in order of writing."""
        query = sa.select(*_AUDIT).where(_A.c.postmortem_id == postmortem_id).order_by(_A.c.id)
        return [Audit(**row) for row in statements.rows(self._conn, query)]

    def severities(self, postmortem_id: str) -> Sequence[SeverityChange]:
        """The severities in order of writing."""
        found = foreseen.rows(self._conn, _S, postmortem_id, _SEVERITIES)
        return [SeverityChange(**row) for row in found]


def _proposal(row: Mapping[str, Any]) -> Proposal:
    return Proposal(**{**row, "state": ProposalState(row["state"])})
