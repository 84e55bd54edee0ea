"""How the demo speaks: calm lines with a label in front, and a list of what did not go as expected."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TextIO

_WIDTH = 18


@dataclass(slots=True)
class Teller:
    """Writes to `out`, a line at once, and keeps what went wrong."""

    out: TextIO
    problems: list[str] = field(default_factory=list)

    def heading(self, text: str) -> None:
        """A new part begins."""
        self._write(f"\n{text}\n")

    def line(self, label: str, text: str) -> None:
        """One thing that happened, and who it was."""
        self._write(f"  {label}{' ' * (_WIDTH - _columns(label))} {text}\n")

    def more(self, rows: Iterable[str], label: str = "") -> None:
        """Several rows; the label stands before the first of them."""
        for number, row in enumerate(rows):
            self.line("" if number else label, row)

    def expect(self, true: object, otherwise: str) -> None:
        """Something that must be so; if not, it is said at once and again at the end."""
        if not true:
            self.problems.append(otherwise)
            self.line("NOT EXPECTED", otherwise)

    def _write(self, text: str) -> None:
        # A terminal that cannot show an emoji gets a question mark, not an error.
        encoding = self.out.encoding or "utf-8"
        self.out.write(text.encode(encoding, "replace").decode(encoding))
        self.out.flush()


def _columns(text: str) -> int:
    """How wide a terminal shows it: an emoji takes two places."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def count(number: int, one: str, many: str = "") -> str:
    """`1 thread`, `6 threads`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
