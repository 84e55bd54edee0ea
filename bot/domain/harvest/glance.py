"""What a message weighs at a glance: its words and what stands around it, added up without the names by which the weighing tells what
it saw. It is never less than what the weighing finds before rules and signs, so what is too light here needs no closer look; the
rest is weighed as ever. In ordinary talk that is one message in three."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import repeat

from bot.domain.harvest import features, senses, sign_lifts, sound
from bot.domain.harvest.heaviest import LIGHTEST
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.weights import ROUNDING, Scale, shipped

EVENT = -0.25
"""What a line of the timeline weighs at a glance."""


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


def enough_happens(ctx: Context, screen: Screen) -> bool:
    """Whether enough messages of a conversation are lines of a timeline, as far as a glance tells: of labelled channels and of ordinary
    talk as many are taken for an incident by this as by all rules."""
    return sound.enough_happens(len(ctx.notes), sum(screen.at(note).timeline >= EVENT for note in ctx.notes))


def glance(note: Note, ctx: Context) -> Glance:
    """At most what the heaviest of its sentences weighs."""
    table = _table()
    told, wanted = table.around(features.around(note, ctx))
    each = [table.sentence(words, note, ctx) for words in _sentences(note)]
    if not each:
        return Glance(told + ROUNDING, LIGHTEST)
    return Glance(
        told + max(weight for weight, _ in each) + ROUNDING,
        wanted + max(weight for _, weight in each) + ROUNDING if note.human else LIGHTEST,
    )


def _sentences(note: Note) -> Iterator[list[str]]:
    for line in note.talk if note.human else note.lines:
        for said in features.sentences(line.said[:1500], note):
            yield features.tokens(said)


class _Table:
    """The weights for the timeline and for the follow-ups side by side."""

    def __init__(self, told: Scale, wanted: Scale) -> None:
        self._scales = told, wanted
        self._more = {word: self._is(word) for word in features.KNOWN}
        self._lengths = [self._sum((features.length(size),)) for size in range(features.MOST + 1)]
        self.around = lru_cache(maxsize=4096)(self._around)
        self._meant = lru_cache(maxsize=4096)(self._means)
        self._placed = lru_cache(maxsize=20_000)(self._place)
        self._also = lru_cache(maxsize=20_000)(self._outside)

    def sentence(self, words: Sequence[str], note: Note, ctx: Context) -> tuple[float, float]:
        """At most what a sentence of a message weighs, with the words outside it."""
        told, wanted = self.words(words)
        for word in features.outside(words, note, ctx):
            more = self._also(word)
            told, wanted = told + more[0], wanted + more[1]
        return told, wanted

    def words(self, words: Sequence[str]) -> tuple[float, float]:
        """At most what the words of a sentence weigh."""
        seen = {*words, *map(" ".join, zip(("^", *words), (*words, "$"), strict=True))}
        told, wanted = self._lengths[len(words)]
        for place, word in enumerate(words[: features.OPENING]):
            one, other = self._placed(word, place)
            told, wanted = told + one, wanted + other
        for word in features.KNOWN.intersection(words):
            one, other = self._more[word]
            told, wanted = told + one, wanted + other
        wanted += sign_lifts.in_front(words) + self._meant(senses.names(words))
        if not features.LINKS.isdisjoint(words):
            wanted += self._sum(features.given(words))[1]
        of_told, of_wanted = (scale.weights.get for scale in self._scales)
        return told + sum(map(of_told, seen, repeat(0.0))), wanted + sum(map(of_wanted, seen, repeat(0.0)))

    def _is(self, word: str) -> tuple[float, float]:
        """What is added at most for what a word is; once in a sentence, here for each of them."""
        told, wanted = (
            sum(max(0.0, scale.weights.get(name, 0.0)) for name in features.kinds(word)) for scale in self._scales
        )
        return told, wanted

    def _outside(self, word: str) -> tuple[float, float]:
        return self._sum((f"~also:{word}",))

    def _means(self, names: tuple[str, ...]) -> float:
        return sum(self._scales[1].weights.get(name, 0.0) for name in names)

    def _around(self, names: tuple[str, ...]) -> tuple[float, float]:
        told, wanted = self._sum(names)
        return self._scales[0].start + told, self._scales[1].start + wanted

    def _place(self, word: str, place: int) -> tuple[float, float]:
        return self._sum(features.of_place(word, place))

    def _sum(self, names: Iterable[str]) -> tuple[float, float]:
        seen = set(names)
        told, wanted = (sum(scale.weights.get(name, 0.0) for name in seen) for scale in self._scales)
        return told, wanted


@cache
def _table() -> _Table:
    return _Table(shipped("timeline"), shipped("follow_ups"))
