"""Where some words stand in many messages, found in all of them at once."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import accumulate


def places(texts: Sequence[str], folded: Sequence[str], exact: Sequence[str] = ()) -> list[int]:
    """The messages that hold one of some words: `folded` in whatever case, `exact` as they are. Where a letter has no small one of its
    own length, all messages."""
    every = "\n".join(texts)
    lower = every.lower()
    if len(lower) != len(every):
        return [*range(len(texts))]
    found = [at for word in folded for at in _all(word, lower)] + [at for word in exact for at in _all(word, every)]
    if not found:
        return []
    ends = [*accumulate(len(each) + 1 for each in texts)]
    return sorted({bisect(ends, at) for at in found})


def _all(word: str, said: str) -> Iterator[int]:
    at = said.find(word)
    while at >= 0:
        yield at
        at = said.find(word, at + 1)
