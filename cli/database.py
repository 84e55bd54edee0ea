"""Opening the database for a command: the schema brought up or checked, and SQLite held by one process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic.util import CommandError
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from bot.config import ConfigError
from bot.ports.errors import Busy
from storage import engine as engines
from storage import schema
from storage.only_one import OnlyOne, Taken

MIGRATE = "type `python app.py migrate`"


def open_engine(url: str) -> Engine:
    """An engine for DATABASE_URL. Raises `ConfigError` with a sentence."""
    try:
        return engines.make_engine(url)
    except ValueError as error:
        raise ConfigError(f"DATABASE_URL cannot be used: {error}") from None


def shown(url: str) -> str:
    """The address without its password."""
    return make_url(url).render_as_string(hide_password=True)


def sqlite_file(url: str) -> Path | None:
    """The file of a SQLite database; None for another one, or one in memory."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        return None
    plain = parsed.get_backend_name() == "sqlite" and parsed.database and not parsed.database.startswith((":", "file:"))
    return Path(str(parsed.database)) if plain else None


@contextmanager
def named_trouble() -> Iterator[None]:
    """Raise `ConfigError` with a sentence in place of whatever keeps a command from its database."""
    try:
        yield
    except CommandError:
        raise ConfigError(
            "The database has a schema that this version does not know: it was made by a newer version. "
            "Run that version, or restore the backup from before the upgrade."
        ) from None
    except (Busy, DBAPIError) as error:
        raise ConfigError(f"DATABASE_URL cannot be used: {_reason(error)}") from None


def _reason(error: Busy | DBAPIError) -> str:
    """What the driver said, in one line; it names hosts and users, and no password."""
    cause = error.__cause__ if isinstance(error, Busy) else error
    if not isinstance(cause, DBAPIError):
        return str(error)
    lines = str(cause.orig).strip().splitlines() or [type(cause.orig).__name__]
    return f"the database says “{lines[0].rpartition('failed: ')[2].strip()}”: check the address, and that it runs."


def hold(engine: Engine) -> OnlyOne | None:
    """On SQLite, be the only process that serves from the file. Raises `ConfigError` when another one does."""
    if engine.dialect.name != "sqlite":
        return None
    lock = OnlyOne(Path(str(engine.url.database)))
    try:
        lock.take()
    except Taken as taken:
        raise ConfigError(f"{taken} Stop it first, or use Postgres to run several.") from None
    except OSError as error:
        raise ConfigError(f"DATABASE_URL cannot be used: {error.strerror} ({error.filename}).") from None
    return lock


def make_ready(engine: Engine) -> None:
    """SQLite is brought to the newest schema; Postgres must have it. Raises `ConfigError` with the command to type."""
    with named_trouble():
        if schema.is_current(engine):
            return
        if engine.dialect.name != "sqlite":
            raise ConfigError(f"The database has another schema than this version needs: {MIGRATE}.")
        schema.upgrade(engine)
