"""Incidents that have no record yet, in their table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.noticed import Gone, Noticed, NoticedState
from bot.ports.errors import Outdated
from storage import life_tables, noticed_tables, statements, tables

_N = noticed_tables.noticed_incident
_HERE = (_N.c.team_id == sa.bindparam("team"), _N.c.channel_id == sa.bindparam("channel"))
_WAITS = _N.c.state.in_([NoticedState.SEEN.value, NoticedState.OFFERED.value])
_ONE = sa.select(_N).where(_N.c.id == sa.bindparam("this"))
_NEWEST = sa.select(_N).where(*_HERE).order_by(_N.c.number.desc()).limit(1)
_BY_ID = {False: _ONE, True: _ONE.with_for_update()}
_LAST = {False: _NEWEST, True: _NEWEST.with_for_update()}
_WAITING = sa.select(_N).where(*_HERE, _WAITS).order_by(_N.c.number.desc()).with_for_update()
_OF_RECORD = sa.select(_N).where(_N.c.postmortem_id == sa.bindparam("record")).order_by(_N.c.number.desc()).limit(1)
_ALL = sa.select(_N).where(_N.c.team_id == sa.bindparam("team"), _WAITS).order_by(_N.c.first_seen, _N.c.id)
_PLACES = (life_tables.channel, life_tables.channel_member)


class SqlNoticed:
    """bot.ports.noticed.NoticedIncidents."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def get(self, noticed_id: str, *, lock: bool = False) -> Noticed | None:
        """One of them."""
        return self._one(_BY_ID[lock], {"this": noticed_id})

    def newest(self, team_id: str, channel_id: str, *, lock: bool = False) -> Noticed | None:
        """The last one of a channel."""
        return self._one(_LAST[lock], {"team": team_id, "channel": channel_id})

    def waiting(self, team_id: str, channel_id: str) -> Sequence[Noticed]:
        """Those of a channel that wait, the newest first."""
        return self._some(_WAITING, {"team": team_id, "channel": channel_id})

    def of_record(self, postmortem_id: str) -> Noticed | None:
        """The last one that this record was begun for."""
        return self._one(_OF_RECORD, {"record": postmortem_id})

    def all_waiting(self, team_id: str) -> Sequence[Noticed]:
        """Those of all channels that wait, the oldest first."""
        return self._some(_ALL, {"team": team_id})

    def add(self, noticed: Noticed) -> None:
        """Insert. Raises Outdated when the channel got one of this number in the meantime."""
        if not statements.count(self._conn, statements.adding(self._conn, _N), _row(noticed)):
            raise Outdated("Somebody else told of it at this moment.")

    def save(self, noticed: Noticed) -> None:
        """Update one that is held."""
        self._conn.execute(_N.update().where(_N.c.id == noticed.id).values(**_row(noticed)))

    def drop(self, noticed: Noticed) -> None:
        """It was none."""
        self._conn.execute(_N.delete().where(_N.c.id == noticed.id))

    def purge(self, team_id: str, before: datetime) -> int:
        """Forget old ones, and what is known of channels that nothing else needs."""
        old = (_N.c.team_id == team_id, _N.c.last_seen < before)
        where = self._conn.scalars(sa.select(_N.c.channel_id).where(*old).distinct()).all()
        gone = self._conn.execute(_N.delete().where(*old)).rowcount
        for channel_id in where:
            if not any(self._stands(table, team_id, channel_id) for table in (_N, tables.postmortem)):
                for table in _PLACES:
                    here = (table.c.team_id == team_id, table.c.channel_id == channel_id)
                    self._conn.execute(table.delete().where(*here))
        return gone

    def _stands(self, table: sa.Table, team_id: str, channel_id: str) -> bool:
        here = (table.c.team_id == team_id, table.c.channel_id == channel_id)
        return self._conn.scalar(sa.select(sa.literal(1)).select_from(table).where(*here).limit(1)) is not None

    def _one(self, query: sa.Select[Any], given: Mapping[str, Any]) -> Noticed | None:
        row = statements.one(self._conn, query, given)
        return None if row is None else _noticed(row)

    def _some(self, query: sa.Select[Any], given: Mapping[str, Any]) -> Sequence[Noticed]:
        return [_noticed(row) for row in statements.rows(self._conn, query, given)]


def _row(noticed: Noticed) -> dict[str, Any]:
    return asdict(noticed) | {"state": noticed.state.value, "gone": noticed.gone.value}


def _noticed(row: Mapping[str, Any]) -> Noticed:
    return Noticed(**{**row, "state": NoticedState(row["state"]), "gone": Gone(row["gone"])})
