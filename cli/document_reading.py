"""The records that `document` shows, read from the database, whichever it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

from sqlalchemy.engine import Engine

from bot import config
from bot.config import ConfigError
from bot.documents.markdown_folder import Entry
from bot.domain import document
from bot.domain.document_files import What
from bot.domain.overview import Overview
from bot.domain.policy import Policy
from bot.integrations.system_clock import SystemClock
from bot.ports.store import Unit
from bot.usecases import overviews
from cli import database
from storage import by_number, schema
from storage.store import SqlStore
from storage.transactions import Transactions

T = TypeVar("T")


class Refused(Exception):
    """What was asked for makes no sense, or is not there; the text says why."""


def one(number: int) -> Overview:
    """The post-mortem with this number. Raises `Refused` and ConfigError."""
    return _opened(lambda engine, policy: _one(number, engine, policy))


def entries(restricted: bool) -> list[Entry]:
    """All post-mortems, the restricted ones only when asked for. Raises `Refused` and ConfigError."""
    return _opened(lambda engine, policy: _entries(restricted, engine, policy))


def _opened(read: Callable[[Engine, Policy], T]) -> T:
    settings = config.offline()
    url = settings.database_url.get_secret_value()
    file = database.sqlite_file(url)
    if file and not file.exists():
        raise ConfigError(f"There is no {file} yet: `python app.py serve` makes it.")
    engine = database.open_engine(url)
    try:
        with database.named_trouble():
            if not schema.is_current(engine):
                raise ConfigError(f"The database has another schema than this version needs: {database.MIGRATE}.")
            return read(engine, settings.policy)
    finally:
        engine.dispose()


def _one(number: int, engine: Engine, policy: Policy) -> Overview:
    with Transactions(engine).reading() as conn:
        ids = by_number.ids(conn, number)
    if len(ids) > 1:
        raise Refused(f"Several workspaces in this database have a PM-{number}: nothing was written.")
    with SqlStore(engine).reading() as unit:
        record = unit.records.get(ids[0]) if ids else None
        if record is None:
            raise Refused(f"There is no PM-{number} in this database.")
        return overviews.overview(unit, record, policy, _workspace(unit, record.id), SystemClock().now())


def _entries(restricted: bool, engine: Engine, policy: Policy) -> list[Entry]:
    with Transactions(engine).reading() as conn:
        ids = by_number.everything(conn)
    found: dict[int, Entry] = {}
    with SqlStore(engine).reading() as unit:
        for record in filter(None, map(unit.records.get, ids)):
            if record.restricted and not restricted:
                continue
            if record.number in found:
                raise Refused(f"Several workspaces in this database have a {record.name}: nothing was written.")
            shown = overviews.overview(unit, record, policy, _workspace(unit, record.id), SystemClock().now())
            found[record.number] = Entry(record.number, str(record.status), document.build(shown))
    return list(found.values())


def _workspace(unit: Unit, record_id: str) -> str:
    """The workspace's address as the links of its files have it; "" where none was uploaded, and then messages have no links."""
    links = [
        file.permalink
        for files in (unit.record_files.of(record_id, What.HTML), unit.posts.files(record_id))
        for file in files
        if file.permalink
    ]
    return f"https://{urlsplit(links[-1]).netloc}/" if links else ""
