"""Post-mortems in their table: loaded whole, saved where nobody else has saved in between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.merged import MergedInto
from bot.domain.open_again import OpenAgain
from bot.domain.postmortem import OwnerState, Postmortem, Roles, Times
from bot.domain.status import Status
from bot.domain.waiver import Waiver
from bot.ports.errors import Outdated
from storage import foreseen, life_tables, merged, statements, tables

_T = tables.postmortem
_TIMES = ("started_at", "detected_at", "resolved_at")
_ROLES = ("ic", "deputy", "shadow", "scribe", "ic_assumed")
_WAIVER = ("waived_at", "waived_by", "waived_reason")
_OPEN_AGAIN = ("open_again_at", "open_again_by", "open_again_reason")
_MERGED = ("merged_into", "merged_number", "merged_channel", "merged_at", "merged_by")
_ALONE = {"holidays", "weekend", "services", "status", "owner_state", "took_in"}
_SPECIAL = {*_TIMES, *_ROLES, *_WAIVER, *_OPEN_AGAIN, *_MERGED, *_ALONE}
_PLAIN = tuple(column.name for column in _T.columns if column.name not in _SPECIAL)
_SAVE = _T.update().where(_T.c.id == sa.bindparam("this"), _T.c.version == sa.bindparam("before"))
_ONE = sa.select(_T).where(_T.c.id == sa.bindparam("this"))
_BY_ID = {False: _ONE, True: _ONE.with_for_update()}
_OF_TEAM = _T.c.team_id == sa.bindparam("team")
_CHANNEL: sa.BindParameter[str] = sa.bindparam("channel")
_R = life_tables.record_channel
# Its own channel, and those that were added to it: each is looked up by its index.
_ADDED = sa.select(_R.c.postmortem_id).where(
    _R.c.team_id == sa.bindparam("team"), _R.c.channel_id == _CHANNEL, _R.c.current
)
_OWN = sa.select(_T.c.id).where(_OF_TEAM, _T.c.channel_id == _CHANNEL)
_CLOSED = _T.c.status == Status.CLOSED.value
_HERE = (
    sa.select(_T)
    .where(_T.c.id.in_(sa.union_all(_OWN.where(_T.c.current), _ADDED)))
    .order_by(sa.case((_CLOSED, 1), else_=0), sa.case((_T.c.channel_id == _CHANNEL, 0), else_=1))
    .limit(1)
)
_CURRENT = {False: _HERE, True: _HERE.with_for_update()}
_FOLLOWING = sa.select(_T).where(_T.c.id.in_(sa.union_all(_OWN, _ADDED)), sa.not_(_CLOSED)).order_by(_T.c.number)
_TAKEN = sa.select(sa.exists().where(_T.c.id.in_(_ADDED), sa.not_(_CLOSED)))
_OURS = sa.exists().where(
    tables.posted.c.channel_id == sa.bindparam("channel"), tables.posted.c.ts == sa.bindparam("thread", type_=sa.Text)
)
_CONCERNED = sa.select(sa.or_(sa.exists().where(_T.c.id.in_(sa.union_all(_OWN, _ADDED)), sa.not_(_CLOSED)), _OURS))
_HIGHEST = sa.select(sa.func.max(_T.c.number)).where(_OF_TEAM)
_DELETED = sa.select(life_tables.numbering.c.highest).where(life_tables.numbering.c.team_id == sa.bindparam("team"))
_CHANGED = "Somebody else changed it at this moment; nothing was saved."


class SqlRecords:
    """bot.ports.store.Records."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def get(self, postmortem_id: str, *, lock: bool = False) -> Postmortem | None:
        """One record; `lock` holds it until the end of the transaction."""
        return self._one(_BY_ID[lock], {"this": postmortem_id})

    def foresee(self, postmortem_id: str) -> None:
        """Everything of this record is going to be asked for."""
        foreseen.foresee(self._conn, postmortem_id)

    def current(self, team_id: str, channel_id: str, *, lock: bool = False) -> Postmortem | None:
        """The record that commands in this channel speak of."""
        return self._one(_CURRENT[lock], {"team": team_id, "channel": channel_id})

    def following(self, team_id: str, channel_id: str) -> Sequence[Postmortem]:
        """The open records that what is said in this channel may belong to."""
        given = {"team": team_id, "channel": channel_id}
        return [from_row(row) for row in statements.rows(self._conn, _FOLLOWING, given)]

    def concerned(self, team_id: str, channel_id: str, thread_ts: str | None) -> bool:
        """Whether anybody follows the channel, or the thread is under a message of ours."""
        given = {"team": team_id, "channel": channel_id, "thread": thread_ts or ""}
        return bool(self._conn.scalar(_CONCERNED, given))

    def add(self, postmortem: Postmortem) -> None:
        """Insert. Raises Outdated when the channel got a current record, or the team this number, in the meantime."""
        if not statements.count(self._conn, statements.adding(self._conn, _T), to_row(postmortem)):
            raise Outdated(_CHANGED)
        if self._conn.scalar(_TAKEN, {"team": postmortem.team_id, "channel": postmortem.channel_id}):
            raise Outdated(_CHANGED)

    def save(self, postmortem: Postmortem) -> None:
        """Update where the stored version is the one before; raises Outdated otherwise."""
        row = to_row(postmortem) | {"this": postmortem.id, "before": postmortem.version - 1}
        try:
            saved = self._conn.execute(_SAVE, row).rowcount
        except sa.exc.IntegrityError as error:
            raise Outdated(_CHANGED) from error
        if not saved:
            raise Outdated(_CHANGED)

    def next_number(self, team_id: str) -> int:
        """The next free number of a workspace, from 1. Until the transaction ends nobody else is given one."""
        hold_numbers(self._conn, team_id)
        highest, deleted = (self._conn.scalar(each, {"team": team_id}) for each in (_HIGHEST, _DELETED))
        return max(highest or 0, deleted or 0) + 1

    def _one(self, query: sa.Select[Any], given: Mapping[str, Any]) -> Postmortem | None:
        row = statements.one(self._conn, query, given)
        return None if row is None else from_row(row)


def hold_numbers(conn: Connection, team_id: str) -> None:
    """Until the transaction ends nobody else opens a record in the workspace."""
    if conn.dialect.name == "postgresql":
        lock = sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(f"number of {team_id}", 0))
        conn.execute(sa.select(lock))


class SqlOpenRecords:
    """bot.ports.store.OpenRecords."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def owned_by(self, team_id: str, user_id: str) -> Sequence[Postmortem]:
        """Records not Closed with this owner, oldest first."""
        theirs = (_T.c.team_id == team_id, _T.c.owner == user_id, _T.c.status != Status.CLOSED.value)
        query = sa.select(_T).where(*theirs).order_by(_T.c.created_at, _T.c.number)
        return [from_row(row) for row in statements.rows(self._conn, query)]


def to_row(postmortem: Postmortem) -> dict[str, Any]:
    """The record as columns."""
    row: dict[str, Any] = {name: getattr(postmortem, name) for name in _PLAIN}
    row.update((name, getattr(postmortem.times, name)) for name in _TIMES)
    row.update((name, getattr(postmortem.roles, name)) for name in _ROLES)
    waiver = postmortem.waiver
    row.update(zip(_WAIVER, (waiver.at, waiver.by, waiver.reason) if waiver else (None, None, None), strict=True))
    again = postmortem.open_again
    row.update(zip(_OPEN_AGAIN, (again.at, again.by, again.reason) if again else (None, None, None), strict=True))
    into = postmortem.merged
    parts = (into.record_id, into.number, into.channel_id, into.at, into.by) if into else (None,) * len(_MERGED)
    row.update(zip(_MERGED, parts, strict=True))
    holidays = postmortem.holidays
    return row | {
        "holidays": None if holidays is None else sorted(day.isoformat() for day in holidays),
        "took_in": merged.written(postmortem.took_in),
        "weekend": sorted(postmortem.weekend),
        "services": list(postmortem.services),
        "status": postmortem.status.value,
        "owner_state": postmortem.owner_state.value,
    }


def from_row(row: Mapping[str, Any]) -> Postmortem:
    """The record that the columns hold."""
    return Postmortem(
        **{name: row[name] for name in _PLAIN},
        times=Times(**{name: row[name] for name in _TIMES}),
        roles=Roles(**{name: row[name] for name in _ROLES}),
        weekend=frozenset(row["weekend"]),
        services=tuple(row["services"]),
        status=Status(row["status"]),
        owner_state=OwnerState(row["owner_state"]),
        open_again=OpenAgain(*(row[name] for name in _OPEN_AGAIN)) if row["open_again_at"] else None,
        holidays=None if row["holidays"] is None else frozenset(map(date.fromisoformat, row["holidays"])),
        merged=MergedInto(*(row[name] for name in _MERGED)) if row["merged_into"] else None,
        took_in=merged.read(row["took_in"]),
        waiver=Waiver(*(row[name] for name in _WAIVER)) if row["waived_at"] else None,
    )
