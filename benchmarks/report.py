"""One line of the table: what was measured, against what, and whether the goal is met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

HEAD = ("goal", "what", "value", "floor", "ratio", "goal", "")


@dataclass(frozen=True, slots=True)
class Line:
    """`ratio` is what the goal limits: value by floor, or the value itself where `floor` is None. No `most`: for information."""

    name: str
    what: str
    value: float
    floor: float | None = None
    most: float | None = None
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        """Value by floor."""
        return self.value / self.floor if self.floor else self.value

    @property
    def ok(self) -> bool:
        """Whether the goal is met; a line without one always is."""
        return self.most is None or self.ratio <= self.most

    def cells(self) -> tuple[str, ...]:
        """The line as it is printed."""
        floor = "" if self.floor is None else _number(self.floor, self.unit)
        ratio = "" if self.floor is None else f"{self.ratio:.2f}x"
        goal = "" if self.most is None else f"<= {self.most:g}{'x' if self.floor is not None else ''}"
        verdict = "" if self.most is None else "ok" if self.ok else "OVER"
        return self.name, self.what, _number(self.value, self.unit), floor, ratio, goal, verdict


def _number(value: float, unit: str) -> str:
    return f"{value:,.0f} {unit}".strip() if value >= 100 or value == int(value) else f"{value:,.2f} {unit}".strip()


def table(lines: Sequence[Line]) -> str:
    """All lines, in columns."""
    rows = [HEAD, *(line.cells() for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )
