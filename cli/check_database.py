"""What `app.py doctor` looks at in the database: there, writable, of the right schema, served, and not stuck. It changes
nothing: a file that is not there yet is not made."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Engine, make_url

from bot.config import ConfigError
from bot.domain import phrases
from cli import database
from cli.finding import Finding, fine, wrong
from storage import schema, statements
from storage.tables import outbox

# What is due is taken up within seconds, and held for a minute at most.
STUCK = timedelta(minutes=5)


def look(url: str) -> Iterator[Finding]:
    """All that concerns the database. Raises `ConfigError` for an address that is none."""
    file = _sqlite_file(url)
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


def _open(engine: Engine, url: str) -> Iterator[Finding]:
    file = _sqlite_file(url)
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


def _sqlite_file(url: str) -> Path | None:
    try:
        parsed = make_url(url)
    except sa.exc.ArgumentError:
        return None
    plain = parsed.get_backend_name() == "sqlite" and parsed.database and not parsed.database.startswith((":", "file:"))
    return Path(str(parsed.database)) if plain else None
