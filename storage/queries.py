"""The commands and queries of a post-mortem, to the letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.queries import Query
from storage import foreseen, statements
from storage import life_tables as t

_THIS: sa.BindParameter[str] = sa.bindparam("this")
_Q = t.query_entry
_ALL = sa.select(_Q).where(_Q.c.postmortem_id == _THIS).order_by(_Q.c.saved_at, _Q.c.ts, _Q.c.line, _Q.c.id)


class SqlQueries:
    """bot.ports.life.Queries."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def all(self, postmortem_id: str) -> Sequence[Query]:
        """All of them, removed ones too, in the order in which they were saved."""
        return [Query(**row) for row in foreseen.rows(self._conn, _Q, postmortem_id, _ALL)]

    def put(self, query: Query) -> None:
        """Insert or replace by id."""
        statements.upsert(self._conn, _Q, [asdict(query)])
