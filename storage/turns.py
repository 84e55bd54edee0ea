"""Writers take turns in the order in which they came. A plain lock goes to whoever asks at the right moment: with many
writers some wait for seconds while others write again and again."""

from __future__ import annotations

import threading
from collections import deque
from datetime import timedelta


class Turns:
    """A lock that is handed from one to the next. Not re-entrant."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._taken = False
        self._waiting: deque[threading.Lock] = deque()

    def acquire(self, patience: timedelta) -> bool:
        """Wait for one's turn; False when it did not come in time."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=max(0.0, patience.total_seconds())):
            return True
        with self._guard:
            if mine not in self._waiting:
                return True  # it came at the last moment
            self._waiting.remove(mine)
            return False

    def release(self) -> None:
        """The turn of the next one, who waits no longer."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False
