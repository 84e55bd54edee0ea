"""Things that go wrong on purpose: by method and by the number of the call."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass

HOWS = (
    "500",
    "503",
    "timeout",
    "timeout_after_effect",
    "reset",
    "reset_after_effect",
    "junk",
    "429",
    "hang",
    "hang_after_effect",
)


@dataclass
class Fault:
    """`method` may be "*"; `call` is the nth call of it from now on (from 1), None means every call; `times` how often it strikes;
    `chance` (0 to 1) lets it strike at random, by the seed."""

    method: str
    how: str
    call: int | None = None
    seconds: float = 30.0
    retry_after: int = 1
    times: int | None = None
    chance: float = 1.0
    struck: int = 0


class Faults:
    """The faults that wait, and the calls counted for each."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []
        self._counts: Counter[int] = Counter()

    def add(self, fault: Fault) -> None:
        """Let a fault wait. ValueError for an unknown kind."""
        if fault.how not in HOWS and not fault.how.startswith("error:"):
            raise ValueError(f"how must be one of {', '.join(HOWS)} or error:NAME")
        self.waiting.append(fault)

    def clear(self) -> None:
        """Let everything work again."""
        self.waiting.clear()
        self._counts.clear()

    def strike(self, method: str, rng: random.Random) -> Fault | None:
        """The fault that this call meets, if any; every fault counts the call."""
        hit: Fault | None = None
        for fault in self.waiting:
            if fault.method not in ("*", method):
                continue
            self._counts[id(fault)] += 1
            spent = fault.times is not None and fault.struck >= fault.times
            if hit is None and not spent and fault.call in (None, self._counts[id(fault)]) and _meant(fault, rng):
                hit = fault
        if hit:
            hit.struck += 1
        return hit


def _meant(fault: Fault, rng: random.Random) -> bool:
    return fault.chance >= 1 or rng.random() < fault.chance
