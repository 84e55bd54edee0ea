"""Migrations: what they make is what the code expects, they go both ways with data, and two at once are one."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from storage import life_tables, schema
from storage.engine import make_engine
from storage.store import SqlStore

ROOT = Path(schema.__file__).parent.parent
METADATA = life_tables.section.metadata
VERSIONS = sorted(schema.MIGRATIONS.glob("versions/*.py"))


@pytest.fixture
def empty(database_url):
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


def test_an_empty_database_has_no_version_until_it_is_brought_to_the_head(empty):
    assert schema.current(empty) is None
    assert not schema.is_current(empty)
    schema.upgrade(empty)
    assert schema.current(empty) == schema.head() == VERSIONS[-1].name[:4]
    assert schema.is_current(empty)


def test_the_migrations_make_what_the_metadata_says(empty):
    schema.upgrade(empty)
    with empty.connect() as conn:
        assert compare_metadata(MigrationContext.configure(conn, opts={"compare_type": True}), METADATA) == []


def test_the_migrations_make_it_to_the_letter(empty):
    """The comparison of Alembic sees neither conditions of indexes nor what happens on delete."""
    schema.upgrade(empty)
    migrated = shape(empty)
    schema.downgrade(empty, "base")
    METADATA.create_all(empty)
    assert shape(empty) == migrated


def shape(engine):
    queries = {
        "sqlite": ["SELECT type, name, sql FROM sqlite_master WHERE tbl_name <> 'alembic_version'"],
        "postgresql": [
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
            "SELECT table_name, column_name, ordinal_position, data_type, is_nullable, column_default, is_identity "
            "FROM information_schema.columns WHERE table_schema = 'public'",
        ],
    }
    with engine.connect() as conn:
        rows = [row for query in queries[engine.dialect.name] for row in conn.execute(sa.text(query))]
    return sorted(sorted(lines(row)) for row in rows if "alembic_version" not in str(row))


def lines(row):
    """SQLite keeps the statement as written, columns that were added at its end; the order in it says nothing."""
    return sorted(part.strip(" \t()") for cell in row for part in re.split("[\n,]", str(cell)) if part.strip(" \t()"))


def test_going_up_twice_changes_nothing(empty):
    schema.upgrade(empty)
    before = shape(empty)
    schema.upgrade(empty)
    assert shape(empty) == before


def test_every_version_goes_down_and_up_again_with_data_in_it(store, engine, record, reading_of, a_message, write):
    with write() as unit:
        unit.harvests.add_messages(reading_of, [a_message("1.0", reply_count=2)])
        unit.people.put_sync_cursor("T1", "x")
    for version in [path.name[:4] for path in reversed(VERSIONS[:-1])]:
        schema.downgrade(engine, version)
        assert schema.current(engine) == version
        with engine.connect() as conn:
            assert conn.scalar(sa.text("SELECT count(*) FROM postmortem")) == 1
        schema.upgrade(engine)
        assert schema.is_current(engine)
    with write() as unit:
        assert unit.records.get(record.id) == record
        assert unit.people.sync_cursor("T1") == "x"
        assert list(unit.harvests.messages(reading_of)) == []
    schema.downgrade(engine, "base")
    assert schema.current(engine) is None
    assert set(sa.inspect(engine).get_table_names()) == {"alembic_version"}
    schema.upgrade(engine)
    with SqlStore(engine).reading() as unit:
        assert unit.records.get(record.id) is None


def test_a_migration_that_fails_leaves_nothing_of_itself(empty):
    with empty.begin() as conn:
        conn.execute(sa.text("CREATE TABLE todo (in_the_way INTEGER)"))
    with pytest.raises(sa.exc.DBAPIError):
        schema.upgrade(empty)
    assert sa.inspect(empty).get_table_names() == ["todo"]


def test_processes_that_go_up_at_once_wait_for_each_other(empty, database_url):
    act = "e = engine.make_engine(sys.argv[1]); schema.upgrade(e); print(schema.current(e))"
    command = [
        sys.executable,
        "-W",
        "error",
        "-c",
        f"import sys; from storage import engine, schema; {act}",
        database_url,
    ]
    started = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert [process.communicate(timeout=60)[0].strip() for process in started] == [schema.head()] * 3
    assert schema.is_current(empty)


def test_developers_can_drive_alembic_by_themselves(database_url, empty):
    command = [sys.executable, "-m", "alembic", "-c", "alembic.ini"]
    for words in (["upgrade", "head"], ["check"], ["downgrade", "base"]):
        subprocess.run(
            [*command, *words],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": database_url},
            check=True,
            capture_output=True,
        )
    assert schema.current(empty) is None


def test_alembic_without_a_database_says_what_is_missing():
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [sys.executable, "-m", "alembic", "-c", "alembic.ini", "current"]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "DATABASE_URL is not set" in ended.stderr


@pytest.mark.parametrize("path", VERSIONS, ids=lambda path: path.stem)
def test_a_version_stands_by_itself_and_has_a_way_down(path):
    tree = ast.parse(path.read_text())
    imported = {
        alias.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    }
    imported |= {(node.module or "").split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported <= {"__future__", "typing", "sqlalchemy", "alembic"}
    down = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "downgrade")
    assert any(isinstance(node, ast.Call) for node in ast.walk(down))
