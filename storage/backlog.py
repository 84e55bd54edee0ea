"""The outbox as operators see it: what comes next, what was given up and why, and how much there is of both. No payload, no result
and no key leaves this file: they name people and places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.outgoing import Lane
from storage import statements, tables

_T, _P = tables.outbox, tables.postmortem
_OPEN = _T.c.state == sa.literal_column("'open'")
_DEAD = _T.c.state == sa.literal_column("'dead'")
_ENDED = _T.c.state.in_([sa.literal_column("'done'"), sa.literal_column("'cancelled'")])
_SHOWN = (_T.c.id, _T.c.kind, _P.c.number, _T.c.due_at, _T.c.state, _T.c.attempts, _T.c.last_error)


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it is shown. `number` is that of its post-mortem. `due`: it could be taken up now; `held`: somebody has it in hand."""

    id: int
    kind: str
    number: int | None
    due_at: datetime
    state: str
    attempts: int
    last_error: str | None
    due: bool
    held: bool


@dataclass(frozen=True, slots=True)
class Amount:
    """How many rows of a lane are to be done, how many of these are due, how many were given up; and how late the oldest is."""

    open: int
    due: int
    dead: int
    lag: timedelta


def coming(conn: Connection, limit: int, *, due: bool = False) -> Sequence[Line]:
    """Rows to be done, the soonest first; with `due` those whose time has come."""
    now = statements.clock(conn.dialect.name)
    of_lane = [_OPEN, _T.c.due_at <= now] if due else [_OPEN]
    found: list[Line] = []
    for lane in Lane:
        # The index is by lane: what all lanes have soonest is among what each has.
        query = _lines(now).where(*of_lane, _T.c.lane == lane.value).order_by(_T.c.due_at, _T.c.id).limit(limit)
        found += _read(conn, query)
    return sorted(found, key=lambda line: (line.due_at, line.id))[:limit]


def given_up(conn: Connection, limit: int) -> Sequence[Line]:
    """Rows given up, the newest first."""
    query = _lines(statements.clock(conn.dialect.name)).where(_DEAD)
    return _read(conn, query.order_by(_T.c.id.desc()).limit(limit))


def ended(conn: Connection, limit: int) -> Sequence[Line]:
    """Rows done, or found not to be needed any more; the newest first."""
    query = _lines(statements.clock(conn.dialect.name)).where(_ENDED)
    return _read(conn, query.order_by(_T.c.id.desc()).limit(limit))


def count_dead(conn: Connection, since: timedelta | None = None) -> int:
    """How many rows were given up, of those that were due in that time."""
    query = sa.select(sa.func.count()).select_from(_T).where(_DEAD)
    if since is not None:
        query = query.where(_T.c.due_at > statements.clock(conn.dialect.name, -since))
    return int(conn.execute(query).scalar_one())


def amounts(conn: Connection) -> dict[Lane, Amount]:
    """How much there is, by lane."""
    return {lane: _amount(conn, lane) for lane in Lane}


def _amount(conn: Connection, lane: Lane) -> Amount:
    now = statements.clock(conn.dialect.name)
    mine = _T.c.lane == lane.value
    free = sa.or_(_T.c.lease_until.is_(None), _T.c.lease_until <= now)
    due = (_OPEN, mine, _T.c.due_at <= now)

    def count(*where: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
        return sa.select(sa.func.count()).select_from(_T).where(*where).scalar_subquery()

    oldest = sa.select(_T.c.due_at).where(*due, free).order_by(_T.c.due_at, _T.c.id).limit(1).scalar_subquery()
    query = sa.select(count(_OPEN, mine), count(*due), count(_DEAD, mine), oldest, now)
    is_open, is_due, dead, since, at = conn.execute(query).one()
    return Amount(is_open, is_due, dead, max(timedelta(0), at - since) if since else timedelta(0))


def _lines(now: sa.ColumnElement[Any]) -> sa.Select[Any]:
    held = sa.and_(_T.c.lease_until.is_not(None), _T.c.lease_until > now)
    due = sa.and_(_OPEN, _T.c.due_at <= now, sa.not_(held))
    record = _T.outerjoin(_P, _P.c.id == _T.c.postmortem_id)
    return sa.select(*_SHOWN, due.label("due"), sa.and_(_OPEN, held).label("held")).select_from(record)


def _read(conn: Connection, query: sa.Select[Any]) -> list[Line]:
    return [Line(**{**row, "due": bool(row["due"]), "held": bool(row["held"])}) for row in statements.rows(conn, query)]
