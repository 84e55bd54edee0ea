"""What this process has done since its start, as numbers for whoever watches it: counts and durations, never names, ids or texts."""

from __future__ import annotations

import threading
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import accumulate

# Slack waits for three seconds.
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)


class Durations:
    """A histogram of seconds."""

    def __init__(self, bounds: Sequence[float] = BOUNDS) -> None:
        self.bounds = tuple(bounds)
        self._counts = [0] * (len(self.bounds) + 1)
        self._sum = 0.0
        self._lock = threading.Lock()

    def add(self, seconds: float) -> None:
        """Something took so long."""
        with self._lock:
            self._counts[bisect_left(self.bounds, seconds)] += 1
            self._sum += seconds

    @contextmanager
    def timed(self) -> Iterator[None]:
        """Add how long the block took, however it ends."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.add(time.perf_counter() - begun)

    def read(self) -> tuple[list[int], float]:
        """How many took at most each bound, the last one all of them; and the sum of seconds."""
        with self._lock:
            return list(accumulate(self._counts)), self._sum


class Tally:
    """How many rows of each kind came to which result."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()
        self._lock = threading.Lock()

    def add(self, kind: str, result: str) -> None:
        """One more."""
        with self._lock:
            self._counts[(kind, result)] += 1

    def read(self) -> Mapping[tuple[str, str], int]:
        """All counts by kind and result."""
        with self._lock:
            return dict(self._counts)


@dataclass(frozen=True, slots=True)
class Meter:
    """All that is counted."""

    acknowledged: Durations = field(default_factory=Durations)
    rows: Tally = field(default_factory=Tally)
