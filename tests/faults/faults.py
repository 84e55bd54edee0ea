"""What can go wrong, and exactly where: at the n-th call that leaves the bot, or at the n-th commit of its memory."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from datetime import timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

from bot.ports.errors import IntegrationError, RateLimited
from storage import engine as engines

WAIT = timedelta(seconds=30)


class Crash(BaseException):
    """The end of the process: nothing in the product may catch it."""


class How(StrEnum):
    """Ways for a call to go wrong."""

    CRASH_BEFORE = "the process ends before the call takes effect"
    CRASH_AFTER = "the process ends after the call took effect"
    LOST_BEFORE = "the call is lost on its way out"
    LOST_AFTER = "the answer is lost on its way back"
    LIMITED = "the service asks to wait"
    REFUSED = "the service refuses for good"


# A lost request and one that has to wait come back to the same step as a crash before it: with long stories they are for `make torture`.
_OF_LONG_STORIES = (How.CRASH_BEFORE, How.CRASH_AFTER, How.LOST_AFTER)


def of_long_stories() -> list[How]:
    """What a long story is disturbed by at each of its calls; a refusal for good ends it otherwise, and is asked about apart."""
    every = [how for how in How if how is not How.REFUSED]
    return every if os.environ.get("EVERY_FAULT") else list(_OF_LONG_STORIES)


class FaultyChat:
    """Hands every call on, and spoils the one with the number `at` (from 1). `fired` names its method. `only`: calls of
    other methods do not count."""

    def __init__(self, chat: Any, engine: Engine, only: Collection[str] = ()) -> None:
        self.chat = chat
        self.only = only
        self.number = 0
        self.at: int | None = None
        self.how = How.CRASH_BEFORE
        self.fired: str | None = None
        self.called: Callable[[], None] = lambda: None
        self._engine = engine

    def __getattr__(self, method: str) -> Any:
        real = getattr(self.chat, method)

        def call(*args: Any, **named: Any) -> Any:
            assert self._engine.pool.checkedout() == 0, f"{method} is called inside a transaction"  # type: ignore[attr-defined]
            counts = not self.only or method in self.only
            self.number += counts
            if not counts or self.number != self.at or self.fired:
                answer = real(*args, **named)
                self.called()
                return answer
            self.fired = method
            return self._spoil(method, lambda: real(*args, **named))

        return call

    def _spoil(self, method: str, real: Callable[[], Any]) -> Any:
        if self.how in (How.CRASH_AFTER, How.LOST_AFTER):
            real()
        match self.how:
            case How.CRASH_BEFORE | How.CRASH_AFTER:
                raise Crash(method)
            case How.LOST_BEFORE | How.LOST_AFTER:
                raise IntegrationError("No answer came.", name="TimeoutError", retryable=True, unknown=True)
            case How.LIMITED:
                raise RateLimited(method, WAIT)
            case How.REFUSED:
                raise IntegrationError("It will not have it.", name="refused_for_good", retryable=False)


class CommitFault:
    """Ends the process right before or right after the commit with the number `at` (from 1) of a writing transaction."""

    def __init__(self, engine: Engine) -> None:
        self.clear()
        event.listen(engine, "commit", self._before)
        self._commit = engine.dialect.do_commit
        engine.dialect.do_commit = self._committed  # type: ignore[method-assign]

    def clear(self) -> None:
        """Nothing goes wrong, and the count begins anew."""
        self.number = 0
        self.at: int | None = None
        self.after = self.fired = self._armed = self._writing = False
        self.committed: Callable[[], None] = lambda: None

    def _before(self, conn: Connection) -> None:
        options = conn.get_execution_options()
        self._writing = not (options.get(engines.READ_ONLY) or options.get("postgresql_readonly"))
        if not self._writing:
            return
        self.number += 1
        if self.number != self.at or self.fired:
            return
        self.fired = True
        if not self.after:
            raise Crash(f"before commit {self.number}")
        self._armed = True

    def _committed(self, connection: Any) -> None:
        self._commit(connection)
        if self._writing:
            self._writing = False
            self.committed()
        if self._armed:
            self._armed = False
            raise Crash(f"after commit {self.number}")
