"""The outbox: what the bot has still to do, leased to one worker at a time by the database's clock.

Conditions on the state are written into the statements, not bound, since only so do both databases use the partial
indexes: a tick with nothing due costs the same with a million open rows as with a hundred.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Connection

from bot.domain.outgoing import Json, Kind, Lane, Outgoing, Row, RowState, lane_of
from storage import statements, tables
from storage.statements import Time

_T = tables.outbox
_OPEN = _T.c.state == sa.literal_column("'open'")
_DEAD = _T.c.state == sa.literal_column("'dead'")
_ROW = tuple(
    _T.c[name]
    for name in (
        "id", "kind", "key", "team_id", "postmortem_id", "payload", "due_at", "state", "generation", "attempts",
        "first_attempt_at", "result", "last_error",
    )
)  # fmt: skip
_BY_ID = sa.select(*_ROW).where(_T.c.id == sa.bindparam("this"))
_DEAD_ROWS = sa.select(*_ROW).where(_T.c.postmortem_id == sa.bindparam("this"), _DEAD).order_by(_T.c.id)
_FREE: Mapping[str, Any] = {"lease_by": None, "lease_until": None}
# Zero or one: whoever looks before a second try must still look after earlier claims that counted.
_TRIED_BEFORE = sa.case((_T.c.attempts > 1, 1), else_=0)


class SqlOutbox:
    """bot.ports.store.Outbox."""

    def __init__(self, conn: Connection, time: Callable[[], Time]) -> None:
        self._conn = conn
        self._time = time
        self.wrote = False
        self._waiting: list[Outgoing] = []

    def put(self, *rows: Outgoing) -> None:
        """Write rows; what stands already is left alone, or re-opened with `again`.

        They are written together, at the end of the transaction or before anything else is asked of the table.
        """
        self.wrote = self.wrote or bool(rows)
        self._waiting += rows

    def flush(self) -> None:
        """Write what was put; an act puts half a dozen rows, and each statement costs more than its rows."""
        waiting, self._waiting = self._waiting, []
        for again, some in itertools.groupby(waiting, key=lambda row: row.again):
            written = [_written(row) for row in some]
            if again:
                now = self._now()
                self._conn.execute(_reopening(*self._kind), [{**row, "now": now} for row in written])
            else:
                self._conn.execute(statements.adding(self._conn, _T), written)

    def claim(self, lane: Lane, *, by: str, limit: int, lease: timedelta) -> Sequence[Row]:
        """Due open rows of the lane that nobody holds, oldest due first, leased to `by` in one statement."""
        given = {"by": by, "of": lane.value, "most": limit, "now": self._now(), "until": self._now(lease)}
        claimed = statements.rows(self._flushed, _claiming(*self._kind), given)
        return sorted(map(_read, claimed), key=lambda row: (row.due_at, row.id))

    def done(self, row: Row, by: str, result: Mapping[str, Json] | None = None) -> bool:
        """Mark done, or leave it open for the newer generation. False when the lease was lost."""
        return self._finish(row, by, RowState.DONE, None, result)

    def later(self, row: Row, by: str, *, wait: timedelta, error: str | None, keep_attempts: bool) -> bool:
        """Give the lease back, due again after `wait`."""
        later = _later(*self._kind, keep_attempts)
        return self._mark(later, row, by, {"again_at": self._now(wait), "error": error})

    def give_up(self, row: Row, by: str, error: str, *, dead: bool = True) -> bool:
        """Mark dead or cancelled, or leave it open for the newer generation. False when the lease was lost."""
        return self._finish(row, by, RowState.DEAD if dead else RowState.CANCELLED, error)

    def cancel(self, postmortem_id: str, keys: Iterable[str]) -> int:
        """Cancel open rows by key; returns how many."""
        some = _T.update().where(_T.c.postmortem_id == postmortem_id, _T.c.key.in_(list(keys)), _OPEN)
        return self._flushed.execute(some.values({**_FREE, "state": RowState.CANCELLED.value})).rowcount

    def settle(self, postmortem_id: str, keys: Iterable[str]) -> int:
        """Cancel dead rows by key; returns how many."""
        some = _T.update().where(_T.c.postmortem_id == postmortem_id, _T.c.key.in_(list(keys)), _DEAD)
        return self._flushed.execute(some.values(state=RowState.CANCELLED.value)).rowcount

    def resume(self, postmortem_id: str, keys: Iterable[str], due_at: datetime) -> int:
        """Open cancelled rows again by key; returns how many."""
        lapsed = _T.c.state == RowState.CANCELLED.value
        some = _T.update().where(_T.c.postmortem_id == postmortem_id, _T.c.key.in_(list(keys)), lapsed)
        fresh = {"attempts": 0, "first_attempt_at": None, "last_error": None, "generation": _T.c.generation + 1}
        opened = some.values({**_FREE, **fresh, "state": RowState.OPEN.value, "due_at": due_at})
        resumed = self._flushed.execute(opened).rowcount
        self.wrote = self.wrote or bool(resumed)
        return resumed

    def release(self, within: timedelta) -> int:
        """Shorten running leases; returns how many."""
        dialect, standing = self._kind
        soon = statements.moment(dialect, "soon", standing=standing)
        held = _T.update().where(_OPEN, _T.c.lease_until > soon)
        return self._flushed.execute(held.values(lease_until=soon), {"soon": self._now(within)}).rowcount

    def next_due(self, lane: Lane) -> timedelta | None:
        """How long until the next open row of the lane can be claimed, zero when it is now, None when there is none."""
        given = {"of": lane.value, "now": self._now()}
        *times, now = self._flushed.execute(_next_due(*self._kind), given).one()
        wait = min((time - now for time in times if time is not None), default=None)
        return None if wait is None else max(timedelta(0), wait)

    def lag(self) -> timedelta:
        """For how long the oldest row that anybody could take up now has been due; zero when there is none."""
        *times, now = self._flushed.execute(_oldest(*self._kind), {"now": self._now()}).one()
        return max((now - time for time in times if time is not None), default=timedelta(0))

    def row(self, row_id: int) -> Row | None:
        """One row, whatever became of it."""
        found = statements.one(self._flushed, _BY_ID, {"this": row_id})
        return None if found is None else _read(found)

    def dead(self, postmortem_id: str) -> Sequence[Row]:
        """Rows given up for a record, oldest first."""
        return [_read(row) for row in statements.rows(self._flushed, _DEAD_ROWS, {"this": postmortem_id})]

    @property
    def _flushed(self) -> Connection:
        self.flush()
        return self._conn

    @property
    def _kind(self) -> tuple[str, bool]:
        """What decides how a statement is written: the database, and whether its clock stands still."""
        return self._conn.dialect.name, isinstance(self._time(), datetime)

    def _now(self, ahead: timedelta = timedelta(0)) -> object:
        return statements.at(self._conn.dialect.name, self._time(), ahead)

    def _finish(
        self, row: Row, by: str, state: RowState, error: str | None, result: Mapping[str, Json] | None = None
    ) -> bool:
        """Set the final values; where the generation rose since the claim, open the row for a fresh start instead."""
        given = {"ended": state.value, "error": error, "same": row.generation}
        values = {} if result is None else {"came": dict(result)}
        return self._mark(_finishing(result is not None), row, by, {**given, **values})

    def _mark(self, change: sa.Update, row: Row, by: str, given: Mapping[str, Any]) -> bool:
        """Change the row while the lease is this claim's: `attempts` tells an older claim of the same worker apart."""
        held = {"this": row.id, "by": by, "tried": row.attempts}
        return self._flushed.execute(change, {**held, **given}).rowcount == 1


_HELD = (
    _T.c.id == sa.bindparam("this"),
    _OPEN,
    _T.c.lease_by == sa.bindparam("by"),
    _T.c.attempts == sa.bindparam("tried"),
)


@cache
def _finishing(with_result: bool) -> sa.Update:
    same = _T.c.generation == sa.bindparam("same")
    values: dict[str, Any] = {
        "state": sa.case((same, sa.bindparam("ended", type_=_T.c.state.type)), else_=RowState.OPEN.value),
        "attempts": sa.case((same, _T.c.attempts), else_=0),
        "first_attempt_at": sa.case((same, _T.c.first_attempt_at), else_=None),
        "last_error": sa.bindparam("error"),
    }
    came: dict[str, Any] = {"result": sa.bindparam("came")} if with_result else {}
    return _T.update().where(*_HELD).values({**values, **came, **_FREE})


@cache
def _later(dialect: str, standing: bool, keep_attempts: bool) -> sa.Update:
    values: dict[str, Any] = {
        **_FREE,
        "due_at": statements.moment(dialect, "again_at", standing=standing),
        "last_error": sa.bindparam("error"),
    }
    if not keep_attempts:
        values["first_attempt_at"] = sa.case((_T.c.attempts > 1, _T.c.first_attempt_at), else_=None)
        values["attempts"] = _TRIED_BEFORE
    return _T.update().where(*_HELD).values(values)


@cache
def _claiming(dialect: str, standing: bool) -> Any:
    now = statements.moment(dialect, "now", standing=standing)
    free = sa.or_(_T.c.lease_until.is_(None), _T.c.lease_until <= now)
    due = sa.select(_T.c.id).where(_OPEN, _T.c.lane == sa.bindparam("of"), _T.c.due_at <= now, free)
    picked = due.order_by(_T.c.due_at, _T.c.id).limit(sa.bindparam("most", type_=sa.Integer))
    taken = {
        "lease_by": sa.bindparam("by"),
        "lease_until": statements.moment(dialect, "until", standing=standing),
        "attempts": _T.c.attempts + 1,
        "first_attempt_at": sa.func.coalesce(_T.c.first_attempt_at, now),
    }
    where = statements.among(dialect, _T.c.id, picked.with_for_update(skip_locked=True))
    return _T.update().where(where).values(taken).returning(*_ROW)


@cache
def _next_due(dialect: str, standing: bool) -> sa.Select[Any]:
    now = statements.moment(dialect, "now", standing=standing)
    of_lane = (_OPEN, _T.c.lane == sa.bindparam("of"))
    waiting = sa.select(sa.func.min(_T.c.due_at)).where(*of_lane, _T.c.lease_until.is_(None))
    end = sa.case((_T.c.lease_until > _T.c.due_at, _T.c.lease_until), else_=_T.c.due_at)
    leased = sa.select(sa.func.min(end)).where(*of_lane, _T.c.lease_until.is_not(None))
    return sa.select(waiting.scalar_subquery(), leased.scalar_subquery(), now)


@cache
def _oldest(dialect: str, standing: bool) -> sa.Select[Any]:
    """The oldest due time of each lane, of what is due and free: the first entry of the index, however many follow."""
    now = statements.moment(dialect, "now", standing=standing)
    free = sa.or_(_T.c.lease_until.is_(None), _T.c.lease_until <= now)
    due = sa.select(_T.c.due_at).where(_OPEN, _T.c.due_at <= now, free).order_by(_T.c.due_at, _T.c.id).limit(1)
    return sa.select(*(due.where(_T.c.lane == lane.value).scalar_subquery() for lane in Lane), now)


@cache
def _reopening(dialect: str, standing: bool) -> postgresql.Insert:
    """A running lease is left to its worker. An open row keeps its earlier due time. That it was tried, and what came of it is not
    known, is kept by an open row and by one that was given up: who takes it up again looks first."""
    insert = statements.insert(dialect, _T)
    new = insert.excluded
    leased = sa.and_(_OPEN, _T.c.lease_until > statements.moment(dialect, "now", standing=standing))
    sooner = sa.and_(_OPEN, _T.c.due_at < new.due_at)

    def unless_leased(value: Any, name: str) -> sa.Case[Any]:
        return sa.case((leased, _T.c[name]), else_=value)

    undecided = sa.or_(_OPEN, _DEAD)
    tried = sa.and_(undecided, _T.c.attempts > 0)
    changes = {
        "generation": _T.c.generation + 1,
        "payload": new.payload,
        "due_at": sa.case((leased, new.due_at), (sooner, _T.c.due_at), else_=new.due_at),
        "state": RowState.OPEN.value,
        "attempts": sa.case((leased, _T.c.attempts), (tried, 1), else_=0),
        "first_attempt_at": sa.case((undecided, _T.c.first_attempt_at), else_=None),
        "lease_by": unless_leased(None, "lease_by"),
        "lease_until": unless_leased(None, "lease_until"),
        "last_error": unless_leased(None, "last_error"),
    }
    return insert.on_conflict_do_update(index_elements=["key"], set_=changes)


def _written(row: Outgoing) -> dict[str, Any]:
    return {
        "kind": row.kind.value,
        "lane": lane_of(row.kind).value,
        "key": row.key,
        "team_id": row.team_id,
        "postmortem_id": row.postmortem_id,
        "payload": dict(row.payload),
        "due_at": row.due_at,
        "state": RowState.OPEN.value,
        "generation": 1,
        "attempts": 0,
        "result": {},
    }


def _read(row: Mapping[str, Any]) -> Row:
    return Row(**{**row, "kind": Kind(row["kind"]), "state": RowState(row["state"])})
