"""Which errors of a database mean "not now, nothing was saved", and which are bugs: the one place that reads codes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exc

from bot.ports.errors import Busy, Unsure

AGAIN = "nothing was saved, trying again is safe"
_SQLITE = {
    sqlite3.SQLITE_BUSY: "another process is writing to the database",
    sqlite3.SQLITE_LOCKED: "another process is writing to the database",
    sqlite3.SQLITE_FULL: "the disk of the database is full",
    sqlite3.SQLITE_IOERR: "the disk of the database cannot be read or written",
    sqlite3.SQLITE_CANTOPEN: "the database file cannot be opened",
}
_POSTGRES = {
    "08": "the connection to the database was lost",
    "25P": "the database ended a transaction that took too long",
    "40": "somebody else was changing the same rows",
    "53": "the database has no disk, memory or connections left",
    "55P03": "somebody else was changing the same rows",
    "57": "the database took too long, or is being restarted",
}


@contextmanager
def told(*, saving: bool = False) -> Iterator[None]:
    """Raise `Busy` in place of a database error that passes by itself; `Unsure` when it hit the commit (`saving`).

    Every other error passes as it is: it is a bug, or a constraint that a repository knows how to name.
    """
    try:
        yield
    except exc.TimeoutError as error:
        raise Busy(f"All connections to the database are in use: {AGAIN}.") from error
    except exc.DBAPIError as error:
        raise _named(error, saving=saving) from error


def _named(error: exc.DBAPIError, *, saving: bool) -> Exception:
    if saving and error.connection_invalidated:
        return Unsure("The connection to the database was lost while saving: it may or may not be saved.")
    why = _why(error)
    return error if why is None else Busy(f"{why[0].upper()}{why[1:]}: {AGAIN}.")


def _why(error: exc.DBAPIError) -> str | None:
    original = error.orig
    if isinstance(original, sqlite3.Error):
        return _SQLITE.get((getattr(original, "sqlite_errorcode", None) or 0) & 0xFF)
    state = getattr(original, "sqlstate", None)
    if state is None:
        lost = error.connection_invalidated or isinstance(error, exc.OperationalError)
        return _POSTGRES["08"] if lost else None
    return next((why for start, why in _POSTGRES.items() if state.startswith(start)), None)
