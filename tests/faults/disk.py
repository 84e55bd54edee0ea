"""A database that can be made as new in a moment: one engine serves many runs, so that statements are compiled once."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.engine import Engine

from storage.engine import make_engine
from tests.faults.faults import CommitFault


class Disk:
    """A SQLite file with the schema. `engine` is the product's own; `commits` can end the process at one of its commits."""

    def __init__(self, folder: Path, template: Path) -> None:
        self._file, self._template = folder / "faults.db", template
        shutil.copy(template, self._file)
        self.engine: Engine = make_engine(f"sqlite:///{self._file}")
        # The machine never loses power here, so nothing need wait for its disk.
        event.listen(self.engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF").close())
        self.commits = CommitFault(self.engine)

    def fresh(self) -> Disk:
        """As on the first day."""
        return self.holding(self._template.read_bytes())

    def holding(self, image: bytes) -> Disk:
        """As it was when the image was taken; whoever had it open is gone."""
        self.engine.dispose()
        for tail in ("-wal", "-shm"):
            Path(f"{self._file}{tail}").unlink(missing_ok=True)
        self._file.write_bytes(image)
        self.commits.clear()
        return self

    def image(self) -> bytes:
        """What a process that starts now would find: everything that was committed."""
        with closing(sqlite3.connect(self._file)) as reader:
            return reader.serialize()


class Server:
    """A Postgres database with the schema."""

    def __init__(self, url: str) -> None:
        self.engine: Engine = make_engine(url)
        self.commits = CommitFault(self.engine)
