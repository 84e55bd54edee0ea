"""The tables of weights, and how they are used: what speaks for and against, added up. They are data (tables/*.json), made from
labelled channels by `python -m evaluation.learn`; nothing is learnt while the bot runs."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import msgspec

ROUNDING = 1e-6  # sums of many numbers are right to far less than this


@dataclass(frozen=True, slots=True)
class Scale:
    """`start` is what a sentence weighs with nothing known of it; above 0 is more likely than not. `least` is the weight from which
    it is proposed, `sure` that from which it is sure; `alone` is the least for a message with nothing around it."""

    start: float
    weights: Mapping[str, float]
    least: float = 0.0
    sure: float = 2.0
    alone: float = 0.0

    def weigh(self, names: Iterable[str]) -> float:
        """The sum for what was seen, each name once. Exact, so that the order of a set, which differs from process to process, never
        decides of what lies on the border."""
        get = self.weights.get
        return math.fsum([self.start, *[get(name, 0.0) for name in set(names)]])

    def parts(self, names: Iterable[str]) -> list[tuple[str, float]]:
        """What was seen and weighs something, the heaviest first."""
        found = [(name, self.weights[name]) for name in set(names) if name in self.weights]
        return sorted(found, key=lambda pair: (-abs(pair[1]), pair[0]))


def likely(weight: float) -> float:
    """A weight as a chance, 0 to 1."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, weight))))


@cache
def shipped(name: str) -> Scale:
    """One of the shipped tables: "timeline", "follow_ups", "single_lines". Loaded when something is to be weighed by it."""
    table = read(name)
    return Scale(table["start"], table["weights"], table["least"], table["sure"], table["alone"])


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kinds of lines of a timeline, what each weighs with nothing seen, and what each name adds to which: place, weight, place, ..."""

    names: Sequence[str]
    starts: Sequence[float]
    weights: Mapping[str, Sequence[float]]


@cache
def kinds() -> Kinds:
    """The shipped table of kinds."""
    table = read("kinds")
    return Kinds(table["kinds"], table["starts"], table["weights"])


def read(name: str) -> Any:
    """What stands in a shipped file."""
    return msgspec.json.decode(_folder().joinpath(f"{name}.json").read_bytes())


def raw(name: str) -> bytes | None:
    """The bytes of a shipped file; None where it is not there."""
    file = _folder().joinpath(name)
    return file.read_bytes() if file.is_file() else None


def use(folder: Traversable) -> None:
    """Read the tables from another folder, before any was read: what `make learn` does to see how tables do on channels that they were
    not made from."""
    _other.append(folder)


_other: list[Traversable] = []


def _folder() -> Traversable:
    return _other[-1] if _other else resources.files(__package__).joinpath("tables")
