"""The other channels of records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.side_rooms import SideRoom
from bot.ports.errors import Outdated
from storage import foreseen, statements
from storage import harvest_tables as h
from storage import life_tables as t
from storage.records import hold_numbers

_T = t.record_channel
_OF = sa.select(_T).where(_T.c.postmortem_id == sa.bindparam("this")).order_by(_T.c.number)
_HERE = (_T.c.team_id == sa.bindparam("team"), _T.c.channel_id == sa.bindparam("channel"), _T.c.current)
_RELEASE = _T.update().where(*_HERE).values(current=False)


class SqlSideRooms:
    """bot.ports.side_rooms.SideRooms."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def of(self, postmortem_id: str) -> Sequence[SideRoom]:
        """The record's other channels, those that belong to it no more as well."""
        return [SideRoom(**row) for row in foreseen.rows(self._conn, _T, postmortem_id, _OF)]

    def hold(self, team_id: str) -> None:
        """Nobody else opens a record, or gives a channel to one, until the transaction ends."""
        hold_numbers(self._conn, team_id)

    def put(self, room: SideRoom) -> None:
        """Insert or replace. Raises Outdated when the channel was given to another record meanwhile."""
        try:
            with self._conn.begin_nested():
                statements.upsert(self._conn, _T, [asdict(room)])
        except sa.exc.IntegrityError as error:
            raise Outdated("The channel was given to another record at this moment.") from error

    def release(self, team_id: str, channel_id: str) -> None:
        """The channel belongs to none as another channel any more."""
        self._conn.execute(_RELEASE, {"team": team_id, "channel": channel_id})

    def forget(self, room: SideRoom) -> None:
        """What was read of it goes."""
        for table in (h.harvest, h.harvest_message, h.harvest_thread):
            here: list[Any] = [table.c.postmortem_id == room.postmortem_id, table.c.channel_id == room.channel_id]
            self._conn.execute(table.delete().where(*here))
