"""A connection from the pool: one that is lost is found out, one that was just in use is not asked."""

from __future__ import annotations

from datetime import timedelta

import psycopg
import pytest
import sqlalchemy as sa

from storage import alive
from storage.engine import make_engine

OTHERS = "datname = current_database() AND pid <> pg_backend_pid()"
PING = ";"


@pytest.fixture
def told(postgres_url):
    """What each connection but its own was told last."""

    def told():
        with psycopg.connect(postgres_url, autocommit=True) as connection:
            return [said for (said,) in connection.execute(f"SELECT query FROM pg_stat_activity WHERE {OTHERS}")]

    return told


def end(url):
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE {OTHERS}")


def look(engine):
    with engine.connect() as connection:
        return connection.scalar(sa.text("SELECT 42"))


def test_one_that_was_in_use_a_moment_ago_is_not_asked(postgres_url, told):
    engine = make_engine(postgres_url)
    look(engine)
    with engine.connect():
        assert told() == ["ROLLBACK"]
    engine.dispose()


@pytest.fixture
def asks(postgres_url):
    """An engine that trusts no connection which lay in the pool."""
    engine = sa.create_engine(sa.make_url(postgres_url).set(drivername="postgresql+psycopg"))
    alive.watch(engine, timedelta(0))
    yield engine
    engine.dispose()


def test_one_that_lay_there_for_long_is_asked(asks, told):
    look(asks)
    with asks.connect():
        assert told() == [PING]


def test_one_that_was_lost_while_it_lay_there_for_long_is_made_anew(asks, postgres_url):
    assert look(asks) == 42
    end(postgres_url)
    assert look(asks) == 42


def test_all_that_were_lost_a_moment_ago_are_made_anew(postgres_url):
    engine = make_engine(postgres_url)
    with engine.connect(), engine.connect(), engine.connect():
        pass
    end(postgres_url)
    assert [look(engine) for _ in range(4)] == [42] * 4
    engine.dispose()


def test_one_that_was_closed_here_is_made_anew(postgres_url):
    engine = make_engine(postgres_url)
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
    driver.close()
    assert look(engine) == 42
    engine.dispose()
