"""Channels as last read, and who is in the private ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.place import Channel
from storage import life_tables as t
from storage import statements

_C, _M = t.channel, t.channel_member
_ONE = sa.select(_C).where(_C.c.team_id == sa.bindparam("team"), _C.c.channel_id == sa.bindparam("channel"))
_MEMBERS = sa.select(_M.c.user_id).where(
    _M.c.team_id == sa.bindparam("team"), _M.c.channel_id == sa.bindparam("channel")
)

_ALL = sa.select(_C).where(_C.c.team_id == sa.bindparam("team"))
_OF_PRIVATE = (
    sa.select(_M.c.channel_id, _M.c.user_id)
    .join(_C, (_C.c.team_id == _M.c.team_id) & (_C.c.channel_id == _M.c.channel_id))
    .where(_M.c.team_id == sa.bindparam("team"), _C.c.private)
)


class SqlChannels:
    """bot.ports.life.Channels."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def get(self, team_id: str, channel_id: str) -> Channel | None:
        """The channel as last read; None when it never was."""
        here = {"team": team_id, "channel": channel_id}
        row = statements.one(self._conn, _ONE, here)
        if row is None:
            return None
        members = frozenset(self._conn.scalars(_MEMBERS, here)) if row["private"] else frozenset()
        return Channel(**row, members=members)

    def some(self, team_id: str, channel_ids: Collection[str]) -> Mapping[str, Channel]:
        """Those of them that were ever read, by channel id."""
        wanted = set(channel_ids)
        rows = [row for row in statements.rows(self._conn, _ALL, {"team": team_id}) if row["channel_id"] in wanted]
        members: dict[str, set[str]] = defaultdict(set)
        if any(row["private"] for row in rows):
            for row in statements.rows(self._conn, _OF_PRIVATE, {"team": team_id}):
                members[row["channel_id"]].add(row["user_id"])
        return {row["channel_id"]: Channel(**row, members=frozenset(members[row["channel_id"]])) for row in rows}

    def put(self, channel: Channel) -> None:
        """Insert or replace, with its members."""
        row = {column.name: getattr(channel, column.name) for column in _C.columns}
        statements.upsert(self._conn, _C, [row])
        self._conn.execute(_M.delete().where(*self._here(channel.team_id, channel.channel_id)))
        self._add(channel.team_id, channel.channel_id, sorted(channel.members))

    def join(self, team_id: str, channel_id: str, user_id: str) -> None:
        """Somebody came into a channel that is known."""
        if self.get(team_id, channel_id) is not None:
            self._add(team_id, channel_id, [user_id])

    def leave(self, team_id: str, channel_id: str, user_id: str) -> None:
        """Somebody left."""
        self._conn.execute(_M.delete().where(*self._here(team_id, channel_id), _M.c.user_id == user_id))

    def _add(self, team_id: str, channel_id: str, users: Iterable[str]) -> None:
        rows = [{"team_id": team_id, "channel_id": channel_id, "user_id": user} for user in users]
        statements.add_new(self._conn, _M, rows)

    @staticmethod
    def _here(team_id: str, channel_id: str) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
        return _M.c.team_id == team_id, _M.c.channel_id == channel_id
