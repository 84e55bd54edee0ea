"""One clock for every rule of time, so that 3 seconds, 30 minutes and 5 minutes can pass at once when a test says so."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(order=True)
class Timer:
    """A callback that is due at `at`, seconds since the epoch of the sandbox's clock."""

    at: float
    order: int
    callback: Callable[[], None] = field(compare=False)
    cancelled: bool = field(default=False, compare=False)

    def cancel(self) -> None:
        """Forget the callback."""
        self.cancelled = True


class Clock:
    """`real` runs with the machine's clock, `manual` stands still; both can be advanced."""

    def __init__(self, *, manual: bool = False, start: float = 0.0) -> None:
        self.manual = manual
        self._still = start
        self._offset = 0.0
        self._timers: list[Timer] = []
        self._order = itertools.count()
        self._wake: asyncio.TimerHandle | None = None

    def set_still(self, at: float) -> None:
        """Where a manual clock stands before anything happens; a real one takes no notice."""
        self._still = at

    def now(self) -> float:
        """Seconds since the epoch."""
        return self._still if self.manual else time.time() + self._offset

    def call_later(self, seconds: float, callback: Callable[[], None]) -> Timer:
        """Run a callback after so many seconds of this clock."""
        timer = Timer(self.now() + seconds, next(self._order), callback)
        heapq.heappush(self._timers, timer)
        self._arm()
        return timer

    async def wait(self, future: asyncio.Future[Any], seconds: float) -> bool:
        """True when the future was done before so many seconds of this clock went by."""
        late: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        timer = self.call_later(seconds, lambda: None if late.done() else late.set_result(None))
        try:
            both: set[asyncio.Future[Any]] = {future, late}
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            timer.cancel()
        return future.done()

    async def advance(self, seconds: float, settle: Callable[[], Awaitable[None]]) -> None:
        """Move the clock on; each timer that falls due runs at its own time, and `settle` lets its effects land first."""
        target = self.now() + seconds
        await settle()
        while self._timers and self._timers[0].at <= target:
            timer = heapq.heappop(self._timers)
            if timer.cancelled:
                continue
            self._move(max(timer.at, self.now()))
            timer.callback()
            await settle()
        self._move(target)
        self._arm()

    def _move(self, to: float) -> None:
        if self.manual:
            self._still = to
        else:
            self._offset += max(0.0, to - self.now())

    def _arm(self) -> None:
        if self.manual:
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return
        if self._wake:
            self._wake.cancel()
            self._wake = None
        while self._timers and self._timers[0].cancelled:
            heapq.heappop(self._timers)
        if self._timers:
            self._wake = loop.call_later(max(0.0, self._timers[0].at - self.now()), self._fire)

    def _fire(self) -> None:
        while self._timers and self._timers[0].at <= self.now():
            timer = heapq.heappop(self._timers)
            if not timer.cancelled:
                timer.callback()
        self._arm()
