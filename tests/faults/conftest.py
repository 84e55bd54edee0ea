"""Databases that faults are tried on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults import job
from tests.faults.disk import Disk, Server


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory, _migrated_sqlite: Path) -> job.Recorded:
    """The main job undisturbed, and every moment of it."""
    disk = Disk(tmp_path_factory.mktemp("clean"), _migrated_sqlite)
    recorded = job.recorded(disk)
    disk.engine.dispose()
    return recorded


@pytest.fixture
def disk(tmp_path: Path, _migrated_sqlite: Path) -> Iterator[Disk]:
    """A SQLite file that can be taken back to any moment."""
    disk = Disk(tmp_path, _migrated_sqlite)
    yield disk
    disk.engine.dispose()


@pytest.fixture
def server(postgres_server: Any, request: pytest.FixtureRequest) -> Iterator[Callable[[], Server]]:
    """A Postgres database with the schema, as new at each call; the one before is taken away."""
    request.node.user_properties.append(("database", "postgres"))
    made: dict[str, Server] = {}
    in_use: list[str] = []

    def take_away() -> None:
        while in_use:
            made[in_use[-1]].engine.dispose()
            postgres_server.give_back(in_use.pop())

    def make() -> Server:
        take_away()
        url = postgres_server.migrated()
        in_use.append(url)
        if url not in made:
            made[url] = Server(url)
        made[url].commits.clear()
        return made[url]

    yield make
    take_away()
