"""How a database is opened. The defaults of SQLAlchemy and the drivers lose updates on SQLite (no transaction begins
before a read), leave its foreign keys off and its file readable to the world, and wait for ever on Postgres."""

from __future__ import annotations

import math
import os
import sqlite3
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, Engine, make_url

from storage import alive

READING_PATIENCE = timedelta(seconds=10)
"""How long one statement of a reader may take on Postgres."""

IMMEDIATE, READ_ONLY, PATIENCE = "begin_immediate", "read_only", "patience_ms"
"""Execution options of a connection to SQLite: how its next transaction begins."""

FOLD = "fold"
"""A function of our connections to SQLite: text without its case. SQLite's own `lower` knows the letters of ASCII alone."""

_POSTGRES = {"postgres", "postgresql", "postgresql+psycopg"}
_SQLITE = {"sqlite", "sqlite+pysqlite"}
_PATIENCE_MS = 5000
_READING = ("SELECT", "WITH", "BEGIN", "EXPLAIN", "PRAGMA")
# How many statements a connection keeps prepared: the product has some hundreds.
_KEPT = 512
_POOL = {"pool_size": 20, "max_overflow": 12, "pool_timeout": 2.0, "hide_parameters": True}


def make_engine(url: str) -> Engine:
    """An engine for "sqlite:///FILE" or "postgresql://..."; raises ValueError with a sentence for anything else."""
    try:
        parsed = make_url(url)
    except sa.exc.ArgumentError:
        raise ValueError("The address of the database is no URL: say sqlite:///FILE or postgresql://...") from None
    if parsed.drivername in _SQLITE:
        return _sqlite(parsed)
    if parsed.drivername in _POSTGRES:
        return _postgres(parsed.set(drivername="postgresql+psycopg"))
    raise ValueError(f"{parsed.drivername} is no database this runs on: say sqlite:///FILE or postgresql://...")


def _sqlite(url: URL) -> Engine:
    name = url.database
    if not name or name == ":memory:" or name.startswith("file:"):
        raise ValueError("SQLite needs a plain file (sqlite:///FILE): in memory nothing would outlive the process.")
    _private(Path(name))
    engine = sa.create_engine(url, connect_args={"timeout": _PATIENCE_MS / 1000, "cached_statements": _KEPT}, **_POOL)
    event.listen(engine, "connect", _open_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "before_cursor_execute", _read_only_sqlite)
    return engine


def _private(path: Path) -> None:
    """Make the file for its owner alone. One that stands is not opened: closing it would drop SQLite's locks on it."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        with suppress(PermissionError):
            path.chmod(0o600)
    except OSError as error:
        raise ValueError(f"The database file {path} cannot be made: {error.strerror}.") from error


def _open_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself; _begin_sqlite does
    for pragma in (f"busy_timeout={_PATIENCE_MS}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()
    connection.create_function(FOLD, 1, str.casefold, deterministic=True)


def _begin_sqlite(conn: Connection) -> None:
    options = conn.get_execution_options()
    patience = math.ceil(options.get(PATIENCE, _PATIENCE_MS))
    if conn.info.get(PATIENCE, _PATIENCE_MS) != patience:
        driver: Any = conn.connection.dbapi_connection
        driver.execute(f"PRAGMA busy_timeout={patience}").close()
        conn.info[PATIENCE] = patience
    conn.exec_driver_sql("BEGIN IMMEDIATE" if options.get(IMMEDIATE) else "BEGIN")


def _read_only_sqlite(conn: Connection, _cursor: object, statement: str, *_: object) -> None:
    """Refuse what a reader may not do. By itself SQLite refuses only after PRAGMA query_only, at each of which it forgets all the
    statements that it keeps prepared; preparing one costs ten times what running it does."""
    if conn.get_execution_options().get(READ_ONLY) and not statement.lstrip().upper().startswith(_READING):
        raise sa.exc.OperationalError(statement, None, sqlite3.OperationalError("attempt to write a readonly database"))


def _postgres(url: URL) -> Engine:
    patient = {"connect_timeout": 2, "keepalives_idle": 30, "tcp_user_timeout": 5000}
    connect = {name: value for name, value in patient.items() if name not in url.query}
    engine = sa.create_engine(url, connect_args=connect, **_POOL)
    event.listen(engine, "connect", _open_postgres)
    alive.watch(engine)
    return engine


def _open_postgres(connection: Any, _record: object) -> None:
    milliseconds = int(READING_PATIENCE.total_seconds() * 1000)
    connection.prepared_max = _KEPT
    with connection.cursor() as cursor:
        cursor.execute("SET TIME ZONE 'UTC'")
        cursor.execute(f"SET statement_timeout = {milliseconds}")
        cursor.execute("SET idle_in_transaction_session_timeout = 60000")
    connection.commit()
