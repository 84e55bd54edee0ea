"""Transactions: all or nothing, no update lost, no wait longer than the patience, and errors that say what to do."""

from __future__ import annotations

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy import event

from bot.domain.postmortem import Posted
from bot.ports.errors import Busy, Outdated, Unsure
from storage import faults
from storage.engine import make_engine
from storage.store import SqlStore

LONG, SHORT = timedelta(seconds=20), timedelta(milliseconds=200)


def test_a_block_that_ends_is_kept_and_one_that_raises_leaves_nothing(write, a_record):
    def fails():
        with write() as unit:
            unit.records.add(a_record(2))
            raise ZeroDivisionError

    with write() as unit:
        unit.records.add(a_record(1))
    with pytest.raises(ZeroDivisionError):
        fails()
    with write() as unit:
        assert unit.records.get("pm1") == a_record(1)
        assert unit.records.get("pm2") is None


def test_nothing_can_be_hung_on_a_record_that_is_not_there(write, noon):
    def hang():
        with write() as unit:
            unit.people.mark_synced("T1", noon)
            unit.posts.put(Posted("nobody", "card", "C1", "1.0"))

    with pytest.raises(sa.exc.IntegrityError):
        hang()
    with write() as unit:
        assert unit.people.synced_at("T1") is None


@pytest.mark.parametrize("lock", [True, False], ids=["with a lock", "by version"])
def test_no_update_is_lost_when_many_read_and_then_write(write, record, together, lock):
    def add_one():
        with write() as unit:
            found = unit.records.get(record.id, lock=lock)
            unit.records.save(found.changed(severity=(found.severity or 0) + 1))

    def add_ten(_):
        for _ in range(10):
            while True:
                try:
                    add_one()
                    break
                except Outdated:
                    assert not lock

    together(add_ten, 16)
    with write() as unit:
        found = unit.records.get(record.id)
    assert (found.severity, found.version) == (160, 161)


def test_a_reader_sees_one_moment_and_never_waits_for_a_writer(store, record):
    with store.reading() as reader:
        assert reader.records.get(record.id).title == ""
        with store.transaction(LONG) as writer:
            writer.records.save(record.changed(title="new"))
            with store.reading() as other:
                assert other.records.get(record.id, lock=False).title == ""
        assert reader.records.get(record.id).title == ""
    with store.reading() as reader:
        assert reader.records.get(record.id).title == "new"


def test_a_reader_cannot_write(store, a_record, write):
    with pytest.raises(sa.exc.DBAPIError), store.reading() as unit:
        unit.records.add(a_record())
    with write() as unit:
        unit.records.add(a_record())


def timed_busy(store, record):
    begun = time.monotonic()
    with pytest.raises(Busy, match="nothing was saved"):
        save(store, record, "late", SHORT)
    assert time.monotonic() - begun < 5


def save(store, record, title, patience=LONG):
    with store.transaction(patience) as unit:
        unit.records.save(unit.records.get(record.id, lock=True).changed(title=title))


def test_a_writer_waits_for_another_thread_no_longer_than_its_patience(store, record):
    with ThreadPoolExecutor(1) as pool, store.transaction(LONG) as unit:
        unit.records.save(record.changed(title="first"))
        pool.submit(timed_busy, store, record).result(timeout=20)
    with store.reading() as unit:
        assert unit.records.get(record.id).title == "first"


def test_a_writer_waits_for_another_process_no_longer_than_its_patience(store, record, database_url):
    holder = hold(database_url)
    timed_busy(store, record)
    holder.rollback()
    holder.close()
    with store.transaction(SHORT) as unit:
        unit.records.save(record.changed(title="in time"))


def hold(url):
    """A second connection of its own that has the lock."""
    if url.startswith("sqlite"):
        connection = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        return connection
    connection = psycopg.connect(url)
    connection.execute("SELECT * FROM postmortem FOR UPDATE")
    return connection


def test_a_writer_gets_its_turn_when_the_lock_is_given_back_in_time(store, record, database_url):
    holder = hold(database_url)
    with ThreadPoolExecutor(1) as pool:
        saved = pool.submit(save, store, record, "in time")
        holder.rollback()
        saved.result(timeout=20)
    holder.close()
    with store.reading() as unit:
        assert unit.records.get(record.id).title == "in time"


def test_writers_that_block_each_other_are_told_so_in_time(postgres_url, engine_of, a_record):
    store, met = SqlStore(engine_of(postgres_url)), Barrier(2)
    with store.transaction(LONG) as unit:
        unit.records.add(a_record(1))
        unit.records.add(a_record(2))

    def lock_both(first, second):
        try:
            with store.transaction(LONG) as unit:
                unit.records.get(first, lock=True)
                met.wait(timeout=10)
                unit.records.get(second, lock=True)
        except Busy:
            return "busy"
        return "done"

    with ThreadPoolExecutor(2) as pool:
        results = [pool.submit(lock_both, *pair) for pair in (("pm1", "pm2"), ("pm2", "pm1"))]
        assert sorted(result.result(timeout=30) for result in results) == ["busy", "done"]


def test_a_statement_that_takes_longer_than_the_patience_is_ended(postgres_url, engine_of):
    store = SqlStore(engine_of(postgres_url))
    with pytest.raises(Busy), store.transaction(SHORT) as unit:
        unit.records._conn.execute(sa.text("SELECT pg_sleep(30)"))


def end_connections(url):
    others = "datname = current_database() AND pid <> pg_backend_pid()"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE {others}")


def lose(store, url, first, *more):
    """Add records, and lose the connection after the first."""
    with store.transaction(LONG) as unit:
        unit.records.add(first)
        end_connections(url)
        for record in more:
            unit.records.add(record)


def test_a_connection_lost_in_the_middle_saves_nothing_and_the_next_one_works(postgres_url, engine_of, a_record):
    store = SqlStore(engine_of(postgres_url))
    with pytest.raises(Busy, match="nothing was saved") as raised:
        lose(store, postgres_url, a_record(1), a_record(2))
    assert not isinstance(raised.value, Unsure)
    with store.transaction(LONG) as unit:
        assert unit.records.get("pm1") is None
        unit.records.add(a_record(1))


def test_a_connection_lost_while_saving_is_not_told_as_nothing_saved(postgres_url, engine_of, a_record):
    store = SqlStore(engine_of(postgres_url))
    with pytest.raises(Unsure, match="may or may not"):
        lose(store, postgres_url, a_record(1))


def test_idle_connections_that_were_lost_are_not_noticed_by_anybody(postgres_url, engine_of, a_record):
    store = SqlStore(engine_of(postgres_url))
    with store.transaction(LONG) as unit:
        unit.records.add(a_record(1))
    end_connections(postgres_url)
    with store.reading() as unit:
        assert unit.records.get("pm1") == a_record(1)


@pytest.mark.parametrize("how", ["transaction", "reading"])
def test_a_database_that_cannot_be_reached_is_busy(tmp_path, how):
    engine = make_engine(f"postgresql://nobody@/nothing?host={tmp_path}")
    store = SqlStore(engine)
    begin = store.reading if how == "reading" else lambda: store.transaction(LONG)
    with pytest.raises(Busy, match="nothing was saved"), begin():
        pass
    engine.dispose()


def test_a_full_disk_is_busy_and_leaves_the_file_whole(sqlite_url, engine_of, a_record):
    engine = engine_of(sqlite_url)
    store = SqlStore(engine)
    engine.dispose()
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA max_page_count=1").close())
    with pytest.raises(Busy, match=r"disk .* is full"), store.transaction(LONG) as unit:
        unit.records.add(a_record(title="x" * 1_000_000))
    with store.transaction(LONG) as unit:
        assert unit.records.get("pm1") is None


def test_all_connections_in_use_is_busy():
    with pytest.raises(Busy, match="in use"), faults.told():
        raise sa.exc.TimeoutError("QueuePool limit")


def test_errors_of_the_caller_pass_as_they_are():
    with pytest.raises(KeyError), faults.told():
        raise KeyError("x")


def test_errors_of_the_database_do_not_show_what_was_to_be_stored(engine, record):
    with pytest.raises(sa.exc.IntegrityError) as raised, engine.begin() as conn:
        conn.execute(sa.text("INSERT INTO posted VALUES ('nobody', 'card', 'C1', :ts)"), {"ts": "a secret of people"})
    assert "a secret of people" not in str(raised.value)
