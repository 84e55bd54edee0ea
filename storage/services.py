"""The directory of services and its history, who was added to a meeting or left out by hand, and the uploaded invitations."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.invitees import Change, Wish
from bot.domain.postmortem import DocumentFile, FileState
from bot.domain.services import Service, ServiceChange
from storage import meeting_tables as t
from storage import statements

_TEAM: sa.BindParameter[str] = sa.bindparam("team")
_THIS: sa.BindParameter[str] = sa.bindparam("this")
_S, _H, _I, _F = t.service, t.service_change, t.invitee, t.calendar_file
_ALL = sa.select(_S).where(_S.c.team_id == _TEAM).order_by(_S.c.key)
_SOME = sa.select(_S).where(_S.c.team_id == _TEAM, _S.c.key.in_(sa.bindparam("keys", expanding=True)))
_WITH_PROJECT = sa.select(_S.c.project, _S.c.name).where(_S.c.project != "").order_by(_S.c.project, _S.c.key)
_HISTORY = sa.select(_H).where(_H.c.team_id == _TEAM, _H.c.service == sa.bindparam("service")).order_by(_H.c.id.desc())
_CHANGES = sa.select(_I).where(_I.c.postmortem_id == _THIS).order_by(_I.c.at, _I.c.user_id)
_FILES = sa.select(_F).where(_F.c.postmortem_id == _THIS).order_by(_F.c.reserved_at, _F.c.file_id)


def projects(conn: Connection) -> Mapping[str, Sequence[str]]:
    """Each project that services name once, with the names of those; of all workspaces."""
    found: dict[str, list[str]] = {}
    for row in statements.rows(conn, _WITH_PROJECT):
        found.setdefault(row["project"], []).append(row["name"])
    return found


class SqlServices:
    """bot.ports.meeting.Services."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def all(self, team_id: str) -> Sequence[Service]:
        """The whole directory, by name."""
        return [_service(row) for row in statements.rows(self._conn, _ALL, {"team": team_id})]

    def some(self, team_id: str, keys: Collection[str]) -> Mapping[str, Service]:
        """Those of them that are there, by key."""
        if not keys:
            return {}
        rows = statements.rows(self._conn, _SOME, {"team": team_id, "keys": sorted(keys)})
        return {row["key"]: _service(row) for row in rows}

    def put(self, service: Service) -> None:
        """Insert or replace by its key."""
        statements.upsert(self._conn, _S, [asdict(service) | {"owners": list(service.owners)}])

    def remove(self, team_id: str, key: str) -> None:
        """Take it out."""
        self._conn.execute(_S.delete().where(_S.c.team_id == team_id, _S.c.key == key))

    def note(self, change: ServiceChange) -> None:
        """Append to the history."""
        self._conn.execute(_H.insert(), asdict(change))

    def history(self, team_id: str, key: str, *, limit: int) -> Sequence[ServiceChange]:
        """What was changed about one service, the newest first."""
        rows = statements.rows(self._conn, _HISTORY.limit(limit), {"team": team_id, "service": key})
        return [ServiceChange(**{name: value for name, value in row.items() if name != "id"}) for row in rows]


class SqlInvitations:
    """bot.ports.meeting.Invitations."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def changes(self, postmortem_id: str) -> Sequence[Change]:
        """Whom people added or left out, in order."""
        rows = statements.rows(self._conn, _CHANGES, {"this": postmortem_id})
        return [Change(**{**row, "wish": Wish(row["wish"])}) for row in rows]

    def replace(self, postmortem_id: str, changes: Sequence[Change]) -> None:
        """These are the decisions now."""
        self._conn.execute(_I.delete().where(_I.c.postmortem_id == postmortem_id))
        statements.upsert(self._conn, _I, [asdict(each) | {"wish": each.wish.value} for each in changes])

    def files(self, postmortem_id: str) -> Sequence[DocumentFile]:
        """All uploaded invitations, oldest first."""
        rows = statements.rows(self._conn, _FILES, {"this": postmortem_id})
        return [DocumentFile(**{**row, "state": FileState(row["state"])}) for row in rows]

    def put_file(self, file: DocumentFile) -> None:
        """Insert or update by file id."""
        statements.upsert(self._conn, _F, [asdict(file)])


def _service(row: Mapping[str, Any]) -> Service:
    return Service(**{**row, "owners": tuple(row["owners"])})
