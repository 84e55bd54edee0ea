"""Which messages of a channel are worth a close look: those of its incidents with the days around them, and marked lines. Of all others
nobody would make a line of a timeline; they are heard and passed over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from bot.domain.harvest import declared, marked, sound, spots
from bot.domain.harvest.dialect import Dialect

_DAY = 86_400
BEFORE, AFTER = 3 * _DAY, 14 * _DAY
"""Seconds that belong to an incident before and after the talk that sounds of it: what led to it, and what was said of it later."""
_HOURS = 2 * 3600, 4 * 3600  # seconds before and after that talk in which people still talk of nothing else
_NEIGHBOURS = (3, 10)
_AROUND, _SOON = (3, 20), 2 * 3600
_TALK = 5
_AT_ONCE = 1000  # messages; most files hold a handful


@dataclass(frozen=True, slots=True)
class Run:
    """Messages (by their ts) that sound of an incident, and how much."""

    messages: tuple[str, ...]
    weight: float


@dataclass
class Heard:
    """A channel as it was heard, file by file: when each message was posted, in which thread, and what it weighs."""

    dialect: Dialect
    names: list[tuple[str, int]] = field(default_factory=list)
    ts: list[str] = field(default_factory=list)
    threads: list[str | None] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    said_so: list[int] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)

    def take(self, name: str, ts: Sequence[str], threads: Sequence[str | None], texts: Sequence[str]) -> None:
        """Take the messages of one file."""
        self.names.append((name, len(self.ts)))
        self.ts += ts
        self.threads += threads
        self.waiting += texts
        if len(self.waiting) >= _AT_ONCE:
            self._hear()

    def _hear(self) -> None:
        """Hear the messages that wait for it."""
        if not self.waiting:
            return
        said = spots.Said([self.dialect.read(each) for each in self.waiting] if self.dialect else self.waiting)
        before, weights = len(self.weights), sound.ear().hear(said.texts)
        self.marks += [before + place for place in marked.places(said)]
        self.said_so += [before + place for place in declared.places(said, weights)]
        self.weights += weights
        self.waiting = []

    def runs(self) -> list[Run]:
        """The talk that sounds of an incident, or in which it is said twice that there is one: in the channel as it goes, in each thread
        by itself, and around such words."""
        self._hear()
        seconds = [*map(float, self.ts)]
        found: list[tuple[Sequence[int], float]] = []
        found += ((run.places, run.weight) for run in sound.ear().runs(self.weights, seconds))
        found += self._in_threads(seconds)
        known = {at for places, _ in found for at in places}
        for first, second in zip(self.said_so, self.said_so[1:], strict=False):
            close = second - first <= _AROUND[1] and abs(seconds[second] - seconds[first]) <= _SOON
            if close and not {first, second} <= known:
                near = range(max(0, first - _AROUND[0]), min(len(self.ts), second + _AROUND[1] + 1))
                places = [each for each in near if abs(seconds[each] - seconds[first]) <= 2 * _SOON]
                found.append((places, sound.ear().least))
                known.update(places)
        return [Run(tuple(self.ts[at] for at in places), weight) for places, weight in found]

    def _in_threads(self, seconds: Sequence[float]) -> list[tuple[Sequence[int], float]]:
        rooms: dict[str, list[int]] = {}
        for at, thread in enumerate(self.threads):
            if thread:
                rooms.setdefault(thread, []).append(at)
        found: list[tuple[Sequence[int], float]] = []
        for room in rooms.values():
            if len(room) >= _TALK:
                runs = sound.ear().runs([self.weights[at] for at in room], [seconds[at] for at in room])
                found += [(room[run.places.start : run.places.stop], run.weight) for run in runs]
        return found

    def around(self, runs: Iterable[Run]) -> frozenset[str]:
        """The messages of these incidents: of their days, and of threads that begin in them."""
        return self._within(runs, BEFORE, AFTER)

    def talk(self, runs: Iterable[Run]) -> frozenset[str]:
        """The talk of the incidents themselves: of their hours, and of threads that begin in them. On the days around people chat, too."""
        return self._within(runs, *_HOURS)

    def _within(self, runs: Iterable[Run], before: int, after: int) -> frozenset[str]:
        times = [[*map(float, run.messages)] for run in runs]
        spans = [(min(each) - before, max(each) + after) for each in times]
        if not spans:
            return frozenset()
        inside = {ts for ts in self.ts if any(low <= float(ts) <= high for low, high in spans)}
        replies = (ts for ts, thread in zip(self.ts, self.threads, strict=True) if thread in inside)
        return frozenset(chain(inside, replies))

    def beside_marks(self) -> frozenset[str]:
        """Marked messages, and those around them, which may say that it is done."""
        self._hear()
        before, after = _NEIGHBOURS
        near = {ts for mark in self.marks for ts in self.ts[max(0, mark - before) : mark + after + 1]}
        rooms = {self.threads[mark] or self.ts[mark] for mark in self.marks}
        return frozenset(near | {ts for ts, thread in zip(self.ts, self.threads, strict=True) if thread in rooms})

    def files(self, wanted: frozenset[str]) -> frozenset[str]:
        """The files in which one of these messages stands."""
        ends = [*(first for _, first in self.names[1:]), len(self.ts)]
        return frozenset(
            name
            for (name, first), end in zip(self.names, ends, strict=True)
            if not wanted.isdisjoint(self.ts[first:end])
        )
