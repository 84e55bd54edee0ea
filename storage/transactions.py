"""Transactions of both kinds on both databases. Writers have a patience, and readers never wait for writers."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bot.ports.errors import Busy
from storage import engine as engines
from storage import faults
from storage.turns import Turns

_LIMIT = sa.text("SELECT set_config('lock_timeout', :limit, true), set_config('statement_timeout', :limit, true)")


class Transactions:
    """Begins transactions on one engine. Make one per process: on SQLite its writers take turns by a lock in here,
    since SQLite's own waiting sleeps in steps and lets some writer starve."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._on_postgres = engine.dialect.name == "postgresql"
        self._turns = Turns()

    @contextmanager
    def writing(self, patience: timedelta) -> Iterator[Connection]:
        """Committed when the block ends, rolled back when it raises. Raises Busy when a lock is not had in time."""
        if self._on_postgres:
            with self._committed({}) as conn:
                _limit(conn, patience)
                yield conn
            return
        with self._own_turn(patience) as left:
            options = {engines.IMMEDIATE: True, engines.PATIENCE: left.total_seconds() * 1000}
            with self._committed(options) as conn:
                yield conn

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One snapshot, in which writing is refused, and of which nothing stays."""
        options: dict[str, object] = {engines.READ_ONLY: True}
        if self._on_postgres:
            options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with faults.told(), self._engine.connect() as conn, conn.execution_options(**options).begin() as transaction:
            yield conn
            # At ROLLBACK the driver forgets all that Postgres keeps prepared, and Postgres plans each statement anew.
            (transaction.commit if self._on_postgres else transaction.rollback)()

    @contextmanager
    def _committed(self, options: Mapping[str, object]) -> Iterator[Connection]:
        with faults.told(), self._engine.connect() as conn:
            transaction = conn.execution_options(**options).begin()
            try:
                yield conn
                with faults.told(saving=True):
                    transaction.commit()
            finally:
                if transaction.is_active:
                    transaction.rollback()

    @contextmanager
    def _own_turn(self, patience: timedelta) -> Iterator[timedelta]:
        """The in-process lock of SQLite's writers, and what is left of the patience for the lock of the file."""
        begun = time.monotonic()
        if not self._turns.acquire(patience):
            raise Busy(f"Others of this process are writing to the database: {faults.AGAIN}.")
        try:
            yield max(timedelta(0), patience - timedelta(seconds=time.monotonic() - begun))
        finally:
            self._turns.release()


def _limit(conn: Connection, patience: timedelta) -> None:
    """SET LOCAL of both timeouts in one statement."""
    limit = f"{max(1, int(patience.total_seconds() * 1000))}ms"
    conn.execute(_LIMIT, {"limit": limit})
