"""What readers said before the meeting, and which findings about wording somebody has looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.looked_at import LookedAt, Verdict
from bot.domain.review import Approval, Note, NoteState
from storage import foreseen, statements
from storage import life_tables as t

_THIS: sa.BindParameter[str] = sa.bindparam("this")
_N, _A, _L = t.review_note, t.approval, t.looked_at
_NOTES = sa.select(_N).where(_N.c.postmortem_id == _THIS).order_by(_N.c.at, _N.c.id)
_APPROVALS = sa.select(_A).where(_A.c.postmortem_id == _THIS).order_by(_A.c.at, _A.c.user_id)
_LOOKED = sa.select(_L).where(_L.c.postmortem_id == _THIS).order_by(_L.c.field, _L.c.finding)


class SqlReviews:
    """bot.ports.life.Reviews."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def notes(self, postmortem_id: str) -> Sequence[Note]:
        """All notes, oldest first."""
        rows = foreseen.rows(self._conn, _N, postmortem_id, _NOTES)
        return [Note(**{**row, "state": NoteState(row["state"])}) for row in rows]

    def put_note(self, note: Note) -> None:
        """Insert or replace by id; a reply that stands already under its ts is left as it is."""
        row = asdict(note) | {"state": note.state.value}
        change = _N.update().where(_N.c.id == note.id)
        if not self._conn.execute(change.values(**row)).rowcount:
            statements.add_new(self._conn, _N, [row])

    def approvals(self, postmortem_id: str) -> Sequence[Approval]:
        """Who approved, first come first."""
        return [Approval(**row) for row in foreseen.rows(self._conn, _A, postmortem_id, _APPROVALS)]

    def approve(self, approval: Approval) -> None:
        """Insert or replace."""
        statements.upsert(self._conn, _A, [asdict(approval)])

    def forget_approvals(self, postmortem_id: str) -> int:
        """Nobody has approved any more; returns how many had."""
        return self._conn.execute(_A.delete().where(_A.c.postmortem_id == postmortem_id)).rowcount

    def looked_at(self, postmortem_id: str) -> Sequence[LookedAt]:
        """Every finding that somebody looked at."""
        rows = foreseen.rows(self._conn, _L, postmortem_id, _LOOKED)
        return [LookedAt(**{**row, "verdict": Verdict(row["verdict"])}) for row in rows]

    def look(self, seen: Sequence[LookedAt]) -> None:
        """Insert or replace by field and finding."""
        statements.upsert(self._conn, _L, [asdict(each) | {"verdict": each.verdict.value} for each in seen])
