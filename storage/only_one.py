"""One process on a SQLite file: a lock that the operating system drops with the process, however it ends."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


class Taken(Exception):
    """Another process serves from this database."""


class OnlyOne:
    """Held from `take` until `release`, or the end of the process."""

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(f"{database.name}.lock")
        self._handle: int | None = None

    def take(self) -> None:
        """Raises `Taken` when somebody else holds it."""
        handle = os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
            raise Taken(f"Another process is serving from {self._path.with_suffix('').name} already.") from None
        self._handle = handle

    def release(self) -> None:
        """Let another process in."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
