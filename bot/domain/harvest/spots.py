"""Where some words stand in many messages, found in all of them at once."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import accumulate


class Said:
    """The texts of many messages, joined once for all that is looked for in them."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self._all = "\n".join(texts)
        self._lower = self._all.lower()
        self._ends = [*accumulate(len(each) + 1 for each in texts)]

    def places(self, folded: Sequence[str], exact: Sequence[str] = ()) -> list[int]:
        """The messages that hold one of some words: `folded` in whatever case, `exact` as they are. Where a letter has no small one of
        its own length, all messages."""
        if len(self._lower) != len(self._all):
            return [*range(len(self.texts))]
        found = [at for word in folded for at in _spots(word, self._lower)]
        found += [at for word in exact for at in _spots(word, self._all)]
        return sorted({bisect(self._ends, at) for at in found})


def _spots(word: str, said: str) -> Iterator[int]:
    at = said.find(word)
    while at >= 0:
        yield at
        at = said.find(word, at + 1)
