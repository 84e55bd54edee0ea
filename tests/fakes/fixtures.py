"""A whole bot with a chat, screens and a clock in memory, on both databases. Each database is made once in a test process
and emptied after each test, which is several times faster than a new one with new statements to be put together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from storage.engine import make_engine
from storage.schema import upgrade
from tests import door_only
from tests.fakes import rows
from tests.fakes.bot import Bot


@pytest.fixture(scope="session")
def shared_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One file for all tests of this process."""
    path: Path = tmp_path_factory.mktemp("shared") / "bot.db"
    engine = make_engine(f"sqlite:///{path}")
    hasten(engine)
    upgrade(engine)
    yield engine
    engine.dispose()


def hasten(engine: Engine) -> None:
    """Connections to this SQLite file do not wait for the disk: for where no machine loses its power."""

    @sa.event.listens_for(engine, "connect")
    def hasty(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA synchronous=OFF").close()


@pytest.fixture(scope="session")
def shared_postgres(postgres_server: Any) -> Iterator[Engine]:
    """One database for all tests of this process."""
    url = postgres_server.migrated()
    engine = make_engine(url)
    yield engine
    engine.dispose()
    postgres_server.drop(url)


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An empty database with the schema; the same test runs on both kinds."""
    if not _chosen(request.node):
        request.node.user_properties.append(("database", request.param))
    engine: Engine = request.getfixturevalue(f"shared_{request.param}")
    yield engine
    with engine.begin() as conn:
        rows.empty(conn)


def _chosen(node: pytest.Item) -> bool:
    """Whether somebody chose the database on purpose: then the other one is not left out by mistake."""
    named = any("engine" in str(mark.args[0]) for mark in node.iter_markers("parametrize"))
    return named or door_only.at_the_door(node.path.as_posix())


@pytest.fixture
def bot(engine: Engine) -> Bot:
    """Wired by wiring.build; the list of people is known."""
    return Bot(engine)
