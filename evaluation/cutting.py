"""From which weight on what is weighed is proposed: how much is right and how much is found at each cut."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

SETTLED = 99.0
"""The weight of what rules settle by themselves."""


def cuts(pairs: Iterable[tuple[float, bool]]) -> list[tuple[float, float, float, float]]:
    """(weight, precision, recall, F1) at each cut."""
    ordered = sorted(pairs, reverse=True)
    every = max(1, sum(there for _, there in ordered))
    right, rows = 0, []
    for count, (weight, there) in enumerate(ordered, 1):
        right += there
        precision, recall = right / count, right / every
        rows.append((weight, precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0))
    return rows


def right_often(rows: Sequence[tuple[float, float, float, float]], precision: float) -> float:
    """The least weight from which so many are right."""
    return min(row[0] for row in rows if row[0] < SETTLED and row[1] >= precision)


def even(rows: Sequence[tuple[float, float, float, float]]) -> float:
    """The weight at which as much is wrong as is missed."""
    return min((row for row in rows if row[0] < SETTLED), key=lambda row: abs(row[1] - row[2]))[0]
