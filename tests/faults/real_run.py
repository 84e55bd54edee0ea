"""A run of the bot's real process against something outside that hangs at exactly one request, at which the process is killed with -9 and
another takes over."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Engine

from bot.ports.errors import Busy, Outdated
from storage.engine import make_engine
from storage.store import SqlStore, SqlUnit
from tests.faults.real import RealBot, RealSlack

LOCK = timedelta(seconds=20)


class RealRun(ABC):
    """`at` is the number of the request to die at, None for an undisturbed run; `after`: once it has taken its effect."""

    _slack: RealSlack
    _bot: RealBot

    def __init__(self, folder: Path, at: int | None = None, *, after: bool = False) -> None:
        self._folder, self._at, self._after = folder, at, after
        self._killed, self._started = False, 0

    @abstractmethod
    def _settings(self) -> dict[str, str]:
        """Where what is outside is found."""

    @abstractmethod
    def _heard(self) -> int:
        """How many requests it has had."""

    def _start(self) -> None:
        self._started += 1
        self._bot = RealBot(self._slack, self._folder, self._started, **self._settings())

    def _until(self, found: Callable[[], Any], patience: timedelta, what: str) -> None:
        end = time.monotonic() + patience.total_seconds()
        while not found():
            self._kill_if_hanging()
            assert time.monotonic() < end, f"{what} never came: {self._bot.log.read_text()[-2000:]}"
            time.sleep(0.05)

    def _kill_if_hanging(self) -> None:
        if self._at and self._heard() >= self._at and not self._killed:
            self._bot.kill()
            self._killed = True
            self._start()

    def _end(self) -> None:
        self._bot.kill()
        self._slack.stop()
        self._engine.dispose()

    @cached_property
    def _engine(self) -> Engine:
        """On the bot's file, which is asked again and again: opened anew for each question it would be more at work than the bot."""
        return make_engine(f"sqlite:///{self._folder}/bot.db")

    @cached_property
    def _store(self) -> SqlStore:
        return SqlStore(self._engine)

    def _written(self, write: Callable[[SqlUnit], None], what: str) -> None:
        """Beside the bot, which may hold the lock, or save first."""
        for _ in range(20):
            try:
                with self._store.transaction(LOCK) as unit:
                    write(unit)
                return
            except (Busy, Outdated):
                time.sleep(0.2)
        raise AssertionError(f"{what} could not be written down")

    def _found(self, unit: SqlUnit) -> str:
        """The id of the record of the incident's channel, "" while there is none."""
        found = unit.records.current(self._slack.client.team_id, self._slack.see.channel("incident")["id"])
        return found.id if found else ""

    def _record_id(self) -> str:
        with self._store.reading() as unit:
            return self._found(unit)
