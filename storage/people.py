"""The cached list of people, how far its reading has got, and the members of user groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.harvest.person import Person
from storage import erasure, life_tables, statements, tables

_P, _S, _G = tables.person, tables.people_sync, tables.user_group
_AT_ONCE = 500
_FIELDS = tuple(_P.c[field.name] for field in fields(Person))
_TEAM: sa.BindParameter[str] = sa.bindparam("team")
_USER: sa.BindParameter[str] = sa.bindparam("user")
_ONE = sa.select(*_FIELDS).where(_P.c.team_id == _TEAM, _P.c.user_id == _USER)
_THESE = _P.c.user_id.in_(sa.bindparam("users", expanding=True))
_SOME = sa.select(*_FIELDS).where(_P.c.team_id == _TEAM, _THESE).order_by(_P.c.user_id)
_GONE = sa.select(life_tables.forgotten.c.digest).where(life_tables.forgotten.c.team_id == _TEAM)
_SYNCED_AT = sa.select(_S.c.synced_at).where(_S.c.team_id == _TEAM)


class SqlPeople:
    """bot.ports.store.People."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def get(self, team_id: str, user_id: str) -> Person | None:
        """One person, or None when never seen."""
        row = statements.one(self._conn, _ONE, {"team": team_id, "user": user_id})
        return None if row is None else Person(**row)

    def some(self, team_id: str, user_ids: Iterable[str]) -> Mapping[str, Person]:
        """Those of them who were ever seen, by user id and in its order."""
        found: dict[str, Person] = {}
        wanted = sorted(set(user_ids))
        for start in range(0, len(wanted), _AT_ONCE):
            ids = wanted[start : start + _AT_ONCE]
            rows = statements.rows(self._conn, _SOME, {"team": team_id, "users": ids})
            found |= {row["user_id"]: Person(**row) for row in rows}
        return found

    def all(self, team_id: str) -> Mapping[str, Person]:
        """Everybody, by user id and in its order."""
        query = sa.select(*_FIELDS).where(_P.c.team_id == team_id).order_by(_P.c.user_id)
        return {row["user_id"]: Person(**row) for row in statements.rows(self._conn, query)}

    def put(self, team_id: str, people: Sequence[Person]) -> None:
        """Insert or update, in one statement. The last one counts when a person is given twice; who was
        forgotten stays out."""
        gone = set(self._conn.scalars(_GONE, {"team": team_id}))
        last = {
            person.user_id: person
            for person in people
            if not gone or erasure.digest(team_id, person.user_id) not in gone
        }
        statements.upsert(self._conn, _P, [{"team_id": team_id, **asdict(person)} for person in last.values()])

    def synced_at(self, team_id: str) -> datetime | None:
        """When the whole list was last read to its end."""
        at: datetime | None = self._conn.scalar(_SYNCED_AT, {"team": team_id})
        return at

    def mark_synced(self, team_id: str, at: datetime) -> None:
        """The whole list was read to its end; the next reading begins at its beginning."""
        self._sync(team_id, synced_at=at, cursor=None)

    def sync_cursor(self, team_id: str) -> str | None:
        """Where the running reading of the whole list goes on; None at its beginning."""
        cursor: str | None = self._conn.scalar(sa.select(_S.c.cursor).where(_S.c.team_id == team_id))
        return cursor

    def put_sync_cursor(self, team_id: str, cursor: str | None) -> None:
        """Remember where the reading goes on."""
        self._sync(team_id, cursor=cursor)

    def put_group(self, team_id: str, group_id: str, members: Sequence[str]) -> None:
        """Replace the cached members of a user group."""
        row = {"team_id": team_id, "group_id": group_id, "members": sorted(set(members))}
        statements.upsert(self._conn, _G, [row])

    def group(self, team_id: str, group_id: str) -> frozenset[str]:
        """The cached members of a user group; empty when never read."""
        query = sa.select(_G.c.members).where(_G.c.team_id == team_id, _G.c.group_id == group_id)
        return frozenset(self._conn.scalar(query) or ())

    def _sync(self, team_id: str, **values: Any) -> None:
        statements.upsert(self._conn, _S, [{"team_id": team_id, **values}])
