"""Receipts: which payloads were accepted, and what was answered to each."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.outgoing import Json
from bot.ports.errors import Outdated
from storage import statements, tables

_R = tables.receipt
_LONGEST = 400
_FIND = sa.select(_R.c.answer).where(_R.c.team_id == sa.bindparam("team"), _R.c.key == sa.bindparam("key"))


class SqlReceipts:
    """bot.ports.store.Receipts."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def find(self, team_id: str, key: str) -> Mapping[str, Json] | None:
        """The first answer to this payload, or None."""
        answer: Mapping[str, Json] | None = self._conn.scalar(_FIND, {"team": team_id, "key": _short(key)})
        return answer

    def add(self, team_id: str, key: str, answer: Mapping[str, Json], at: datetime) -> None:
        """Keep the answer. Raises Outdated when there is one already: the same payload was accepted at this moment."""
        row = {"team_id": team_id, "key": _short(key), "answer": dict(answer), "at": at}
        if not statements.count(self._conn, statements.adding(self._conn, _R), row):
            raise Outdated("The same payload was accepted at this moment; nothing was saved twice.")

    def purge(self, before: datetime) -> int:
        """Forget receipts older than that; returns how many."""
        return self._conn.execute(_R.delete().where(_R.c.at < before)).rowcount


def _short(key: str) -> str:
    """Keys come from outside: one that is longer than any index takes stands for itself by its digest."""
    return key if len(key) <= _LONGEST else hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()
