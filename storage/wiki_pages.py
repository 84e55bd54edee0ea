"""The page of each record in the wiki, in its table."""

from __future__ import annotations

from dataclasses import asdict

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.wiki import KeptPage, PageState
from storage import statements, wiki_tables

_T = wiki_tables.wiki_page
_ONE = sa.select(_T).where(_T.c.postmortem_id == sa.bindparam("this"))
_BY_RECORD = {False: _ONE, True: _ONE.with_for_update()}


class SqlWikiPages:
    """bot.ports.publisher.WikiPages."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def get(self, postmortem_id: str, *, lock: bool = False) -> KeptPage | None:
        """That of a record."""
        row = statements.one(self._conn, _BY_RECORD[lock], {"this": postmortem_id})
        if row is None:
            return None
        lists = {name: tuple(row[name]) for name in ("labels", "left")}
        return KeptPage(**{**row, **lists, "state": PageState(row["state"])})

    def put(self, kept: KeptPage) -> None:
        """Insert or replace it."""
        row = {**asdict(kept), "labels": list(kept.labels), "left": list(kept.left), "state": kept.state.value}
        statements.upsert(self._conn, _T, [row])
