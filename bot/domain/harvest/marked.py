"""Finding the lines that somebody marked as TODO where nothing else is looked for, without reading every line."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import accumulate

from bot.domain.harvest import text
from bot.domain.harvest.rules import h01_todo

# One of these stands in every line that the rule takes, whatever its case; of the last ones only as they are.
_SIGNS = ("todo", "to-do", "to do", "action", "follow", "next steps", *text.OPEN_BOXES)
_CAPITALS = ("AI", "AP")


def places(texts: Sequence[str]) -> list[int]:
    """Which of these messages hold a marked line (H-01)."""
    return [place for place in _candidates(texts) if is_marked(texts[place])]


def is_marked(said: str) -> bool:
    """Whether a line of a message is marked, or the heading of a list."""
    return any(h01_todo.marks(line) for line in text.lines(said, text.no_names)[0])


def _candidates(texts: Sequence[str]) -> list[int]:
    every = "\n".join(texts)
    lower = every.lower()
    if len(lower) != len(every):  # a letter of few languages becomes two
        return [*range(len(texts))]
    found = [at for sign in _SIGNS for at in _all(sign, lower)] + [at for sign in _CAPITALS for at in _all(sign, every)]
    if not found:
        return []
    ends = [*accumulate(len(each) + 1 for each in texts)]
    return sorted({bisect(ends, at) for at in found})


def _all(sign: str, said: str) -> Iterator[int]:
    at = said.find(sign)
    while at >= 0:
        yield at
        at = said.find(sign, at + 1)
