"""How a database is opened."""

from __future__ import annotations

import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from storage.engine import make_engine
from storage.schema import upgrade
from storage.store import SqlStore


@pytest.mark.parametrize(
    "url",
    ["sqlite://", "sqlite:///:memory:", "mysql://x/y", "", "nonsense", "sqlite:///file:x?uri=true", "oracle://x"],
)
def test_what_this_does_not_run_on_is_refused_with_a_sentence(url):
    with pytest.raises(ValueError, match=r"say sqlite:///FILE|plain file"):
        make_engine(url)


def test_a_file_in_a_folder_that_is_not_there_is_refused_with_a_sentence(tmp_path):
    with pytest.raises(ValueError, match=r"cannot be made: No such file"):
        make_engine(f"sqlite:///{tmp_path}/nowhere/x.db")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgres_is_understood(postgres_url, scheme):
    engine = make_engine(scheme + postgres_url[postgres_url.index("://") :])
    with engine.connect() as conn:
        assert conn.scalar(sa.text("SELECT 1")) == 1
        assert conn.scalar(sa.text("SHOW TIME ZONE")) == "UTC"
        assert conn.scalar(sa.text("SHOW statement_timeout")) == "10s"
    engine.dispose()
    assert engine.dialect.driver == "psycopg"


def test_the_address_does_not_show_its_password():
    engine = make_engine("postgres://me:hunter2@localhost:1/x")
    assert "hunter2" not in repr(engine) + str(engine.url)


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("foreign_keys", 1), ("synchronous", 2), ("busy_timeout", 5000), ("query_only", 0)],
)
def test_sqlite_is_safe_on_every_connection(sqlite_url, pragma, value):
    engine = make_engine(sqlite_url)
    with engine.connect() as one, engine.connect() as two:
        for conn in (one, two):
            assert conn.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value
    engine.dispose()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("stands", [True, False], ids=["an old file", "a new file"])
def test_the_file_is_for_its_owner_alone(tmp_path, stands):
    path = tmp_path / "x.db"
    if stands:
        path.touch(mode=0o644)
    before = os.umask(0)
    try:
        engine = make_engine(f"sqlite:///{path}")
        upgrade(engine)
        with engine.connect() as conn:
            conn.exec_driver_sql("SELECT * FROM postmortem")
            assert {each.name: mode(each) for each in tmp_path.iterdir()} == dict.fromkeys(
                ("x.db", "x.db-wal", "x.db-shm"), 0o600
            )
    finally:
        os.umask(before)
    engine.dispose()


def test_transactions_on_sqlite_leave_prepared_statements_prepared(sqlite_url):
    told: list[str] = []
    engine = make_engine(sqlite_url)
    upgrade(engine)
    with engine.connect() as conn:
        conn.connection.driver_connection.set_trace_callback(told.append)
    store = SqlStore(engine)
    for frame in (store.reading(), store.transaction(timedelta(seconds=5)), store.reading()):
        with frame as unit:
            unit.records.get("pm1")
    engine.dispose()
    # Most pragmas make SQLite forget them all; how patient it is, which it is told after the migration, is none of those.
    assert [each for each in told if each.startswith("PRAGMA")] == ["PRAGMA busy_timeout=5000"]


def test_reading_on_postgres_leaves_prepared_statements_prepared(postgres_url):
    engine = make_engine(postgres_url)
    upgrade(engine)
    store = SqlStore(engine)
    for _ in range(8):
        with store.reading() as unit:
            unit.records.get("pm1")
    with engine.connect() as conn:
        kept = conn.exec_driver_sql(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%FROM postmortem%%'"
        )
        assert kept.scalar_one() == 1
    engine.dispose()
