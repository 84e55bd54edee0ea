"""Which messages of a channel are worth a close look: those of its incidents with the days around them, and marked lines. Of all others
nobody would make a line of a timeline; they are heard and passed over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from bot.domain.harvest import marked, sound
from bot.domain.harvest.dialect import Dialect
from bot.domain.harvest.sound import Run

_DAY = 86_400
BEFORE, AFTER = 3 * _DAY, 14 * _DAY
"""Seconds that belong to an incident before and after the talk that sounds of it: what led to it, and what was said of it later."""
_NEIGHBOURS = (3, 10)


@dataclass
class Heard:
    """A channel as it was heard, file by file: when each message was posted, in which thread, and what it weighs."""

    dialect: Dialect
    names: list[tuple[str, int]] = field(default_factory=list)
    ts: list[str] = field(default_factory=list)
    threads: list[str | None] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)

    def take(self, name: str, ts: Sequence[str], threads: Sequence[str | None], texts: Sequence[str]) -> None:
        """Hear the messages of one file."""
        said = [self.dialect.read(each) for each in texts] if self.dialect else texts
        self.marks += [len(self.ts) + place for place in marked.places(said)]
        self.names.append((name, len(self.ts)))
        self.ts += ts
        self.threads += threads
        self.weights += sound.ear().hear(said)

    def runs(self) -> list[Run]:
        """The talk that sounds of an incident."""
        return sound.ear().runs(self.weights, [*map(float, self.ts)])

    def around(self, runs: Iterable[Run]) -> frozenset[str]:
        """The messages of these incidents: of their days, and of threads that begin in them."""
        spans = [(float(self.ts[run.places[0]]) - BEFORE, float(self.ts[run.places[-1]]) + AFTER) for run in runs]
        if not spans:
            return frozenset()
        inside = {ts for ts in self.ts if any(low <= float(ts) <= high for low, high in spans)}
        replies = (ts for ts, thread in zip(self.ts, self.threads, strict=True) if thread in inside)
        return frozenset(chain(inside, replies))

    def beside_marks(self) -> frozenset[str]:
        """Marked messages, and those around them, which may say that it is done."""
        before, after = _NEIGHBOURS
        near = {
            self.ts[at]
            for mark in self.marks
            for at in range(max(0, mark - before), min(len(self.ts), mark + after + 1))
        }
        rooms = {self.threads[mark] or self.ts[mark] for mark in self.marks}
        return (
            frozenset(near | {ts for ts, thread in zip(self.ts, self.threads, strict=True) if thread in rooms})
            if near
            else frozenset()
        )

    def of(self, places: range) -> frozenset[str]:
        """The messages at these places."""
        return frozenset(self.ts[places.start : places.stop])

    def files(self, wanted: frozenset[str]) -> frozenset[str]:
        """The files in which one of these messages stands."""
        ends = [*(first for _, first in self.names[1:]), len(self.ts)]
        return frozenset(
            name
            for (name, first), end in zip(self.names, ends, strict=True)
            if not wanted.isdisjoint(self.ts[first:end])
        )
