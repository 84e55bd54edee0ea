"""The schema's version: which one a database has, which one this code needs, and the way from one to the other. Alembic is
driven from here, so that an installed product needs no configuration file and no command of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection, Engine

from storage import engine as engines
from storage import faults

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"
_PATIENCE_MS = 60_000
_ADVISORY_KEY = 5_011_972_604


def head() -> str:
    """The version that this code needs."""
    found = ScriptDirectory.from_config(_config()).get_current_head()
    if found is None:
        raise RuntimeError(f"no migrations in {MIGRATIONS}")
    return found


def current(engine: Engine) -> str | None:
    """The version that the database has; None when it is empty."""
    with faults.told(), engine.connect() as conn:
        return MigrationContext.configure(conn).get_current_revision()


def is_current(engine: Engine) -> bool:
    """Whether the database has the version that this code needs."""
    return current(engine) == head()


def upgrade(engine: Engine, to: str = "head") -> None:
    """Bring the database to a version, all of it or nothing. Processes that do so at once wait for each other."""
    _locked(engine, lambda config: command.upgrade(config, to))


def downgrade(engine: Engine, to: str) -> None:
    """Take the database back to a version ("base" for none), with the loss of what that version cannot hold."""
    _locked(engine, lambda config: command.downgrade(config, to))


def _locked(engine: Engine, act: Callable[[Config], None]) -> None:
    """Run it in one transaction that nobody else is in: BEGIN IMMEDIATE on SQLite, an advisory lock on Postgres."""
    with faults.told(saving=True), engine.connect() as conn:
        conn.execution_options(**{engines.IMMEDIATE: True, engines.PATIENCE: _PATIENCE_MS})
        with conn.begin():
            if engine.dialect.name == "postgresql":
                _wait_for_others(conn)
            config = _config()
            config.attributes["connection"] = conn
            act(config)


def _wait_for_others(conn: Connection) -> None:
    # A migration may well take longer than a statement of the product ever should.
    conn.execute(sa.text(f"SET LOCAL lock_timeout = {_PATIENCE_MS}"))
    conn.execute(sa.text("SET LOCAL statement_timeout = 0"))
    conn.execute(sa.select(sa.func.pg_advisory_xact_lock(_ADVISORY_KEY)))


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
