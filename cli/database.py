"""Opening the database for a command: the schema brought up or checked, and SQLite held by one process."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.engine import Engine, make_url

from bot.config import ConfigError
from bot.ports.errors import Busy
from storage import engine as engines
from storage import schema
from storage.only_one import OnlyOne, Taken


def open_engine(url: str) -> Engine:
    """An engine for DATABASE_URL. Raises `ConfigError` with a sentence."""
    try:
        return engines.make_engine(url)
    except ValueError as error:
        raise ConfigError(f"DATABASE_URL cannot be used: {error}") from None


def shown(url: str) -> str:
    """The address without its password."""
    return make_url(url).render_as_string(hide_password=True)


def hold(engine: Engine) -> OnlyOne | None:
    """On SQLite, be the only process that serves from the file. Raises `ConfigError` when another one does."""
    if engine.dialect.name != "sqlite":
        return None
    lock = OnlyOne(Path(str(engine.url.database)))
    try:
        lock.take()
    except Taken as taken:
        raise ConfigError(f"{taken} Stop it first, or use Postgres to run several.") from None
    return lock


def make_ready(engine: Engine) -> None:
    """SQLite is brought to the newest schema; Postgres must have it. Raises `ConfigError` with the command to type."""
    try:
        if schema.is_current(engine):
            return
        if engine.dialect.name != "sqlite":
            raise ConfigError("The database has another schema than this version needs: type `python app.py migrate`.")
        schema.upgrade(engine)
    except Busy as error:
        raise ConfigError(f"DATABASE_URL cannot be used: {error}") from None
