"""SQL that differs between the databases, said once: insert-or-update, and the database's own clock.

Putting a statement together costs several times what running it costs, and every acknowledgement waits for that: the
statements of each payload are put together once and kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, TypeAlias, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from storage.types import UTCDateTime

Time: TypeAlias = timedelta | datetime
"""What time it is where the outbox compares times: the database's own clock and so much more, or an instant that stands still."""

Query: TypeAlias = sa.Select[Any] | sa.sql.dml.ReturningUpdate[Any]


def rows(conn: Connection, query: Query, given: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
    """All rows by column name; `given` are the values of the query's parameters."""
    return [row._asdict() for row in conn.execute(query, given)]


def one(conn: Connection, query: Query, given: Mapping[str, Any] | None = None) -> dict[str, Any] | None:
    """The only row by column name, or None."""
    row = conn.execute(query, given).one_or_none()
    return None if row is None else row._asdict()


def insert(dialect: str, table: sa.Table) -> postgresql.Insert:
    """INSERT with `on_conflict_...`, which both databases spell alike."""
    if dialect == "postgresql":
        return postgresql.insert(table)
    return cast(postgresql.Insert, sqlite.insert(table))


@cache
def _upsert(dialect: str, table: sa.Table, names: tuple[str, ...]) -> postgresql.Insert:
    keys = [column.name for column in table.primary_key]
    new = insert(dialect, table)
    rest = {name: new.excluded[name] for name in names if name not in keys}
    return new.on_conflict_do_update(index_elements=keys, set_=rest)


@cache
def _add_new(dialect: str, table: sa.Table) -> postgresql.Insert:
    return insert(dialect, table).on_conflict_do_nothing()


def adding(conn: Connection, table: sa.Table) -> postgresql.Insert:
    """INSERT that leaves a row whose key stands as it is."""
    return _add_new(conn.dialect.name, table)


def count(conn: Connection, statement: postgresql.Insert, new_row: Mapping[str, Any] | None = None) -> int:
    """Run an INSERT; how many rows it wrote. Only on request does SQLAlchemy keep this number of an INSERT."""
    return conn.execute(statement, new_row, execution_options={"preserve_rowcount": True}).rowcount


def upsert(conn: Connection, table: sa.Table, new_rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, or update those whose primary key stands. All have the same columns and different keys."""
    if not new_rows:
        return
    conn.execute(_upsert(conn.dialect.name, table, tuple(new_rows[0])), list(new_rows))


def add_new(conn: Connection, table: sa.Table, new_rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows, leaving those whose key stands already as they are."""
    if listed := list(new_rows):
        conn.execute(adding(conn, table), listed)


def among(dialect: str, column: sa.Column[Any], picked: sa.Select[Any]) -> sa.ColumnElement[bool]:
    """Whether the column has one of the picked values, which are picked once and then looked up by index.

    Given a plain IN with row locks in it, Postgres may pick anew for each row, or read the whole table to compare.
    """
    if dialect == "postgresql":
        return column == sa.any_(sa.func.array(picked.scalar_subquery()))
    return column.in_(picked)


def clock(dialect: str, ahead: timedelta = timedelta(0)) -> sa.ColumnElement[Any]:
    """The database's time as an expression, `ahead` added, that an index range can be compared with.

    SQLite counts milliseconds only; they are rounded up, so that what was due "now" a moment ago is due.
    """
    return _ahead(dialect, sa.literal(*_distance(dialect, ahead)))


def moment(dialect: str, name: str, *, standing: bool) -> sa.ColumnElement[Any]:
    """The `clock` with a parameter, for statements that are kept; `at` gives its value."""
    if standing:
        return sa.bindparam(name, type_=UTCDateTime)
    return _ahead(dialect, sa.bindparam(name, type_=_distance(dialect, timedelta(0))[1]))


def at(dialect: str, time: Time, ahead: timedelta = timedelta(0)) -> object:
    """The value for a `moment`, so far ahead of what time it is."""
    return time + ahead if isinstance(time, datetime) else _distance(dialect, time + ahead)[0]


def _distance(dialect: str, ahead: timedelta) -> tuple[object, sa.types.TypeEngine[Any]]:
    if dialect == "postgresql":
        return ahead, sa.Interval()
    return f"{ahead.total_seconds():+.6f} seconds", sa.String()


def _ahead(dialect: str, distance: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    if dialect == "postgresql":
        return sa.func.statement_timestamp(type_=sa.DateTime(timezone=True)) + distance
    shifted = sa.func.strftime("%Y-%m-%dT%H:%M:%f", "now", distance, type_=sa.String)
    return sa.type_coerce(shifted + "999+00:00", UTCDateTime)
