"""Small decision trees that are added up, as they stand in a table: each looks at a few values of a message, one after another, and
ends with a number. A value that is not known (nan) goes the way that its step says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from bot.domain.harvest import weights

_LEAF = -1


@dataclass(frozen=True, slots=True)
class Forest:
    """`trees`: rows of (value, bound, unknown goes left, left, right), where a leaf is (-1, number, 0, 0, 0). A message whose first weight
    is below `gate` is not looked at again; from `least` on the sum is enough, from `sure` on it is sure. `keeps` is what share of the sum
    is the first weight, which is the first of the values: where channels are less like those that the trees know, words still tell. `reads`
    is what share the close reading has."""

    start: float
    trees: Sequence[Sequence[Sequence[float]]]
    gate: float
    least: float
    sure: float
    keeps: float = 0.0
    reads: float = 0.0

    def of_words(self, least: float) -> Forest:
        """The same without the trees: what weighs `least` at first is read closely, and nothing else is asked."""
        return replace(self, start=0.0, trees=(), keeps=1.0, gate=least)

    def add_up(self, values: Sequence[float]) -> float:
        """The sum of all trees, and of the first weight as far as it is kept."""
        total = self.start
        for rows in self.trees:
            value, bound, unknown, left, right = rows[0]
            while value != _LEAF:
                seen = values[int(value)]
                goes = seen <= bound if seen == seen else unknown  # nan is unlike itself
                value, bound, unknown, left, right = rows[int(left if goes else right)]
            total += bound
        return total + self.keeps * (values[0] - total) if self.keeps else total


def shipped(name: str) -> Forest | None:
    """The shipped trees for "timeline" or "follow_ups"; None where there are none yet, as while the first weights are learnt."""
    return of("second", name)


@cache
def of(table: str, name: str) -> Forest | None:
    """The trees of a shipped table by their name; None where there are none yet."""
    found: Any = weights.read(table).get(name)
    return Forest(**found) if found else None
