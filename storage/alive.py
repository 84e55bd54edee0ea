"""Whether a connection to Postgres that lay in the pool still lives. Asking is a way there and back before each transaction; whose server
ended it has something to read, and one that was in use a moment ago and has nothing to read is taken without asking."""

from __future__ import annotations

import select
import time
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Engine

TRUSTED = timedelta(seconds=5)
"""How long after its last use: a network that swallows everything says nothing to whoever listens."""

_LAID_DOWN = "laid down"


def watch(engine: Engine, trusted: timedelta = TRUSTED) -> None:
    """Give out no connection of this engine that was lost; all that lie beside a lost one are made anew."""

    def lay_down(_connection: object, record: Any, *_: object) -> None:
        record.info[_LAID_DOWN] = time.monotonic()

    def take(connection: Any, record: Any, *_: object) -> None:
        since = record.info.get(_LAID_DOWN)
        if since is None or (time.monotonic() - since < trusted.total_seconds() and _silent(connection)):
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise sa.exc.InvalidatePoolError("The connection was lost.") from error

    event.listen(engine, "checkin", lay_down)
    event.listen(engine, "checkout", take)


def _silent(connection: Any) -> bool:
    """Whether there is nothing to read: neither a farewell nor an end."""
    if connection.closed:
        return False
    listening = select.poll()
    listening.register(connection.fileno(), select.POLLIN)
    return not listening.poll(0)
