"""What a message weighs at a glance: its words and what stands around it, added up without the names by which the weighing tells what
it saw. It is never less than what the weighing finds before rules and signs, so what is too light here needs no closer look; the
rest is weighed as ever. In ordinary talk that is one message in twenty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import repeat

from bot.domain.harvest import features, sign_lifts
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.weights import Scale, scales

NOTHING = -9.0  # of a message without words
# Sums of many numbers are right to far less than this.
_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Glance:
    """The most that a message can weigh, without what rules and signs add."""

    timeline: float
    follow_up: float


class Screen:
    """The glances at a conversation, each taken once."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._seen: dict[str, Glance] = {}

    def at(self, note: Note) -> Glance:
        """The glance at a message of this conversation."""
        seen = self._seen.get(note.message.ts)
        if seen is None:
            seen = self._seen[note.message.ts] = glance(note, self._ctx)
        return seen


def glance(note: Note, ctx: Context) -> Glance:
    """At most what the heaviest of its sentences weighs."""
    told, wanted = _bulk("timeline"), _bulk("follow_ups")
    around = features.around(note, ctx)
    heaviest = lightest = None
    for words in _sentences(note):
        seen, pairs = set(words), set(zip(("^", *words), (*words, "$"), strict=True))
        one, other = told.of(words, seen, pairs), wanted.of(words, seen, pairs) + wanted.given(words) + sign_lifts.in_front(words)
        heaviest = one if heaviest is None else max(heaviest, one)
        lightest = other if lightest is None else max(lightest, other)
    return Glance(
        told.around(around) + (heaviest or 0.0) + _ROUNDING,
        NOTHING if lightest is None or not note.human else wanted.around(around) + lightest + _ROUNDING,
    )


def _sentences(note: Note) -> Iterator[list[str]]:
    for line in note.talk if note.human else note.lines:
        for said in features.sentences(line.said[:1500], note):
            yield features.tokens(said)


class _Bulk:
    """A table of weights, taken apart by where a name comes from."""

    def __init__(self, scale: Scale) -> None:
        self._scale = scale
        plain = {name: weight for name, weight in scale.weights.items() if name[0] != "~"}
        self._words = {name: weight for name, weight in plain.items() if " " not in name}
        self._pairs = {_pair(name): weight for name, weight in plain.items() if " " in name}
        for word in features.KNOWN:  # what a word is adds to it once in a sentence; here for each of them
            more = sum(max(0.0, scale.weights.get(name, 0.0)) for name in features.kinds(word))
            self._words[word] = self._words.get(word, 0.0) + more
        self.around = lru_cache(maxsize=4096)(self._around)
        self._placed = lru_cache(maxsize=20_000)(self._place)

    def of(self, words: Sequence[str], seen: set[str], pairs: set[tuple[str, str]]) -> float:
        """At most what the words of a sentence weigh."""
        return (
            sum(map(self._words.get, seen, repeat(0.0)))
            + sum(map(self._pairs.get, pairs, repeat(0.0)))
            + self._scale.weights.get(features.length(len(words)), 0.0)
            + sum(map(self._placed, words[: features.OPENING], range(features.OPENING)))
        )

    def given(self, words: Sequence[str]) -> float:
        """What it weighs that somebody is named in front of work."""
        return self._sum(features.given(words))

    def _around(self, names: tuple[str, ...]) -> float:
        return self._scale.start + self._sum(names)

    def _place(self, word: str, place: int) -> float:
        return self._sum(features.of_place(word, place))

    def _sum(self, names: Iterator[str] | tuple[str, ...]) -> float:
        return sum(self._scale.weights.get(name, 0.0) for name in set(names))


def _pair(name: str) -> tuple[str, str]:
    first, _, second = name.partition(" ")
    return first, second


@cache
def _bulk(name: str) -> _Bulk:
    return _Bulk(scales()[name])
