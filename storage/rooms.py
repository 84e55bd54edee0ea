"""Incidents' channels as places to write to: which are closed, and everything that is kept under a channel's id."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.postmortem import Postmortem
from bot.domain.room import Closed, How
from storage import capture_tables, harvest_tables, life_tables, noticed_tables, records, statements, tables

_T, _R = tables.postmortem, life_tables.closed_room
_TEAM: sa.BindParameter[str] = sa.bindparam("team")
_CHANNEL: sa.BindParameter[str] = sa.bindparam("channel")
_ONE = sa.select(_R).where(_R.c.team_id == _TEAM, _R.c.channel_id == _CHANNEL)
_CLOSED_OF = (
    sa.select(_R)
    .join(_T, sa.and_(_T.c.team_id == _R.c.team_id, _T.c.channel_id == _R.c.channel_id))
    .where(_T.c.id == sa.bindparam("this"))
)
_HERE = sa.select(_T).where(_T.c.team_id == _TEAM, _T.c.channel_id == _CHANNEL).order_by(_T.c.created_at, _T.c.number)
# Kept by workspace and channel, and by record and channel. The records themselves are saved one by one.
OF_TEAM = (
    life_tables.channel,
    life_tables.channel_member,
    life_tables.closed_room,
    noticed_tables.noticed_incident,
)
OF_RECORD = (
    tables.posted,
    life_tables.record_channel,
    harvest_tables.harvest,
    harvest_tables.harvest_message,
    harvest_tables.harvest_thread,
    capture_tables.capture,
    life_tables.review_note,
    life_tables.timeline_entry,
)


class SqlRooms:
    """bot.ports.rooms.Rooms."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def records(self, team_id: str, channel_id: str) -> Sequence[Postmortem]:
        """Every record of the channel, oldest first."""
        found = statements.rows(self._conn, _HERE, {"team": team_id, "channel": channel_id})
        return [records.from_row(row) for row in found]

    def closed(self, team_id: str, channel_id: str) -> Closed | None:
        """Why nothing can be written there; None while it can."""
        return _closed(statements.one(self._conn, _ONE, {"team": team_id, "channel": channel_id}))

    def closed_of(self, postmortem_id: str) -> Closed | None:
        """The same for the channel of a record."""
        return _closed(statements.one(self._conn, _CLOSED_OF, {"this": postmortem_id}))

    def close(self, closed: Closed) -> None:
        """Insert or replace."""
        row = {column.name: getattr(closed, column.name) for column in _R.columns}
        statements.upsert(self._conn, _R, [row | {"how": closed.how.value}])

    def reopen(self, team_id: str, channel_id: str) -> None:
        """It can be written to again."""
        self._conn.execute(_R.delete().where(_R.c.team_id == team_id, _R.c.channel_id == channel_id))

    def rename(self, team_id: str, channel_id: str, name: str) -> None:
        """The channel has another name."""
        this = life_tables.channel
        here = (this.c.team_id == team_id, this.c.channel_id == channel_id)
        self._conn.execute(this.update().where(*here).values(name=name))

    def move(self, team_id: str, before: str, after: str) -> None:
        """What was known of the new id gives way: it is the same channel."""
        for table in OF_TEAM:
            of_team = table.c.team_id == team_id
            self._conn.execute(table.delete().where(of_team, table.c.channel_id == after))
            self._conn.execute(table.update().where(of_team, table.c.channel_id == before).values(channel_id=after))
        ours = sa.select(_T.c.id).where(_T.c.team_id == team_id)
        for table in OF_RECORD:
            here = (table.c.channel_id == before, table.c.postmortem_id.in_(ours))
            self._conn.execute(table.update().where(*here).values(channel_id=after))
        self._redirect(team_id, before, after)

    def _redirect(self, team_id: str, before: str, after: str) -> None:
        """What is still to be done there is done under the new id."""
        box = tables.outbox
        open_rows = (box.c.team_id == team_id, box.c.state == sa.literal_column("'open'"))
        theirs = sa.type_coerce(box.c.payload, sa.Text).contains(f'"{before}"', autoescape=True)
        for row in statements.rows(self._conn, sa.select(box.c.id, box.c.payload).where(*open_rows, theirs)):
            payload = {key: after if value == before else value for key, value in row["payload"].items()}
            self._conn.execute(box.update().where(box.c.id == row["id"]).values(payload=payload))


def _closed(row: dict[str, Any] | None) -> Closed | None:
    return None if row is None else Closed(**{**row, "how": How(row["how"])})
