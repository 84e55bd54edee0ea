"""What `app.py doctor` looks at in the database: there, writable, of the right schema, served, and not stuck. It changes
nothing: a file that is not there yet is not made."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.config import ConfigError
from bot.domain import phrases
from cli import database
from cli.finding import Finding, fine, wrong
from storage import backlog, schema, services, statements
from storage.tables import outbox

# What is due is taken up within seconds, and held for a minute at most.
STUCK = timedelta(minutes=5)
# How much of what was given up is told, and for how long it is to be mended.
REASONS, RECENT = 3, timedelta(days=7)


def look(url: str) -> Iterator[Finding]:
    """All that concerns the database. Raises `ConfigError` for an address that is none."""
    file = database.sqlite_file(url)
    if file and not file.exists():
        yield _to_be_made(file)
        return
    engine = database.open_engine(url)
    try:
        yield from _open(engine, url)
    except ConfigError as error:
        yield wrong("database", str(error))
    finally:
        engine.dispose()


def projects(url: str) -> Mapping[str, Sequence[str]]:
    """The projects in the tracker that services name, with the names of those; none where the database cannot be asked."""
    file = database.sqlite_file(url)
    if file and not file.exists():
        return {}
    engine = database.open_engine(url)
    try:
        with database.named_trouble():
            if not schema.is_current(engine):
                return {}
            with engine.connect() as conn:
                return services.projects(conn)
    except ConfigError:
        return {}
    finally:
        engine.dispose()


def _open(engine: Engine, url: str) -> Iterator[Finding]:
    file = database.sqlite_file(url)
    if file and not os.access(file, os.W_OK):
        yield wrong("database", f"{file} cannot be written: give it to the user that runs the bot.")
        return
    with database.named_trouble():
        current = schema.current(engine)
    yield fine("database", f"{database.shown(url)} answers.")
    if file:
        yield _served(engine, file)
    if current != schema.head():
        text = f"The schema is {current or 'empty'}, and this version needs {schema.head()}: {database.MIGRATE}."
        yield wrong("schema", text)
        return
    yield fine("schema", f"{current}, the newest.")
    with database.named_trouble():
        yield _outgoing(engine)
        yield _given_up(engine)


def _to_be_made(file: Path) -> Finding:
    if not file.parent.is_dir() or not os.access(file.parent, os.W_OK):
        text = f"{file} cannot be made: make its folder, and let the user that runs the bot write there."
        return wrong("database", text)
    return fine("database", f"{file} is not there yet; `python app.py serve` makes it.")


def _served(engine: Engine, file: Path) -> Finding:
    """Only asked where a lock was made before: to make one here could make it somebody else's file."""
    idle = fine("process", "none serves from this file now.")
    if not file.with_name(f"{file.name}.lock").exists():
        return idle
    try:
        lock = database.hold(engine)
    except ConfigError:
        return fine("process", f"one is serving from {file.name} now; a second one would be refused.")
    if lock:
        lock.release()
    return idle


def _outgoing(engine: Engine) -> Finding:
    with engine.connect() as conn:
        late = statements.clock(conn.dialect.name, -STUCK)
        waiting = sa.select(sa.func.count()).where(outbox.c.state == "open", outbox.c.due_at < late)
        free = sa.or_(outbox.c.lease_until.is_(None), outbox.c.lease_until < late)
        number = int(conn.execute(waiting.where(free)).scalar_one())
    if number:
        messages = phrases.count(number, "outgoing action has", "outgoing actions have")
        text = f"{messages} waited for more than 5 minutes: start `python app.py serve`, or read its log."
        return wrong("outgoing", text)
    return fine("outgoing", "nothing waits that should be done by now.")


def _given_up(engine: Engine) -> Finding:
    """What was given up of late is to be looked at; what was long ago may well stay as it is."""
    with engine.connect() as conn:
        number, newest = backlog.count_dead(conn), backlog.given_up(conn, REASONS)
        recent = backlog.count_dead(conn, since=RECENT)
    if not recent:
        before = f"; {number} before that, see `python app.py outbox --dead`" if number else ""
        return fine("given up", f"nothing in the last {RECENT.days} days{before}.")
    said = dict.fromkeys(" ".join((line.last_error or "no reason was kept").split()).rstrip(".") for line in newest)
    why = f"{phrases.count(recent, 'outgoing action was', 'outgoing actions were')} given up, the last because: {'; '.join(said)}."
    todo = "Mend that; `python app.py outbox --dead` lists them, and `python app.py outbox --retry ID` tries one again."
    return wrong("given up", f"{why} {todo}")
