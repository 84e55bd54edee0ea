"""`app.py migrate` on both databases."""

from __future__ import annotations

import sqlite3

from sqlalchemy.engine import make_url

from storage import schema
from storage.engine import make_engine
from tests.cli.machine import Machine


def test_an_empty_database_is_brought_to_the_head_and_a_second_time_nothing_happens(
    machine: Machine, database_url: str
) -> None:
    first = machine.run("migrate", DATABASE_URL=database_url, SLACK_BOT_TOKEN=None, SLACK_APP_TOKEN=None)
    assert (first.code, first.err) == (0, "")
    assert first.out.endswith(f": brought from empty to {schema.head()}.\n")
    again = machine.type("migrate", DATABASE_URL=database_url)
    assert again.code == 0
    assert again.out.endswith(": has the newest schema already.\n")


def test_an_old_schema_is_brought_to_the_head(machine: Machine, database_url: str) -> None:
    engine = make_engine(database_url)
    schema.upgrade(engine, "0001")
    said = machine.type("migrate", DATABASE_URL=database_url)
    assert said.out.endswith(f": brought from 0001 to {schema.head()}.\n")
    assert schema.is_current(engine)
    engine.dispose()


def test_the_password_of_the_database_is_not_shown(machine: Machine, postgres_url: str) -> None:
    with_password = make_url(postgres_url).set(password="canary-pw").render_as_string(hide_password=False)
    said = machine.type("migrate", DATABASE_URL=with_password)
    assert "canary-pw" not in said.out + said.err
    assert said.code == 0


def test_a_database_that_is_not_there_is_one_sentence(machine: Machine) -> None:
    said = machine.type("migrate", DATABASE_URL="postgresql://bot:canary@127.0.0.1:1/none")
    assert said.code == 2
    assert said.err.startswith("DATABASE_URL cannot be used: ")
    assert "Connection refused" in said.err
    assert "canary" not in said.err


def test_a_file_that_is_no_database_is_one_sentence_and_is_left_as_it_is(machine: Machine) -> None:
    file = machine.folder / "bot.db"
    file.write_text("not what you think", encoding="utf-8")
    said = machine.type("migrate")
    assert said.code == 2
    assert "file is not a database" in said.err
    assert file.read_text(encoding="utf-8") == "not what you think"


def test_a_schema_from_the_future_is_refused(machine: Machine) -> None:
    assert machine.type("migrate").code == 0
    with sqlite3.connect(machine.folder / "bot.db") as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    said = machine.type("migrate")
    assert (said.code, len(said.err.splitlines())) == (2, 1)
    assert "made by a newer version" in said.err
