"""Waiting, in one place: whoever waits here learns at once that a process died or that the demo was told to stop."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from types import FrameType
from typing import TypeVar

from demo.children import Children

T = TypeVar("T")
STEP = 0.05
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(Exception):
    """Ctrl-C, or a signal to end."""


class TooLate(Exception):
    """Something expected did not happen in time; the message says what."""


class Watch:
    """Listens to the signals from its making on. They only raise a flag: nothing is ever torn apart half-way."""

    def __init__(self, children: Children, tick: Callable[[], None] = lambda: None) -> None:
        self.tick = tick
        self._children = children
        self._asked = False
        # Under nohup the terminal may go without us.
        heard = [number for number in SIGNALS if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN]
        self._before = {number: signal.signal(number, self._stop) for number in heard}

    def close(self) -> None:
        """Leave the signals to whoever heard them before."""
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._asked = True

    def look(self) -> None:
        """Raises Stopped or ChildEnded when it is over; else does what is to be done at every step."""
        if self._asked:
            raise Stopped
        self._children.check()
        self.tick()

    def pause(self, seconds: float) -> None:
        """Wait so many seconds. Raises like `look`."""
        end = time.monotonic() + seconds
        self.look()
        while (left := end - time.monotonic()) > 0:
            time.sleep(min(STEP, left))
            self.look()

    def until(self, found: Callable[[], T | None], what: str, seconds: float) -> T:
        """Ask until the answer is true, and return it. Raises TooLate with `what` did not happen, and like `look`."""
        end = time.monotonic() + seconds
        while not (answer := found()):
            if time.monotonic() > end:
                raise TooLate(f"{what} did not happen within {seconds:g} s.")
            self.pause(STEP)
        return answer

    def forever(self) -> None:
        """Wait for the signal to end; raises Stopped then, or ChildEnded."""
        while True:
            self.pause(1.0)
