"""How a message stands in its conversation: how much of what it says was never said before, how much of it is what everybody
talks about, and how much its author says. What is to be done later is mostly said in words that were heard before."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

# How many messages on either side are the conversation: a channel may go on for years.
_AROUND = 100
_SHORT, _LONG = 3, 5  # letters of a word that may be new, and of one that may be the subject
_OFTEN = 3


@dataclass(frozen=True, slots=True)
class Stand:
    """`new` words that were not said before, `known` ones that are said often, `share` is the author's part of the messages."""

    new: int
    known: int
    share: float


class Conversation:
    """Where each word is said, and by whom most is."""

    def __init__(self, messages: Sequence[tuple[frozenset[str], str | None]]) -> None:
        """The words of each message, and its author."""
        self._messages = messages
        self._said: dict[str, list[int]] = defaultdict(list)
        self._by: dict[str | None, list[int]] = defaultdict(list)
        for place, (words, author) in enumerate(messages):
            self._by[author].append(place)
            for word in words:
                if len(word) >= _SHORT:
                    self._said[word].append(place)

    def stand(self, place: int) -> Stand:
        """Of the message at this place."""
        words, author = self._messages[place]
        new = known = 0
        for word in words:
            if len(word) >= _SHORT:
                said = self._said[word]
                new += said[0] == place or not _some(said, place - _AROUND, place)
                known += len(word) >= _LONG and len(said) >= _OFTEN and _many(said, place) >= _OFTEN
        near = min(len(self._messages), place + _AROUND) - max(0, place - _AROUND)
        return Stand(new, known, _many(self._by[author], place) / near)


def _some(places: Sequence[int], since: int, before: int) -> bool:
    found = bisect.bisect_left(places, before)
    return found > 0 and places[found - 1] >= since


def _many(places: Sequence[int], place: int) -> int:
    if len(places) == 1:
        return 1
    return bisect.bisect_left(places, place + _AROUND) - bisect.bisect_left(places, place - _AROUND)
