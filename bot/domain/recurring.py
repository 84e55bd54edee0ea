"""What several incidents have in common: a service that is named in two or more, and contributing factors that are alike. Two texts are
alike when they share at least two words that say something, and these are at least half of those of the shorter one: a rule that a
person can check by reading both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.domain import similar
from bot.domain.postmortem import Postmortem

_LEAST, _SHARE = 2, 0.5


@dataclass(frozen=True, slots=True)
class Recurring:
    """`name` is the service, or the oldest of the texts that are alike; `words` are those that they share with it. `records` are the
    incidents behind it, each once, the oldest first."""

    name: str
    records: tuple[Postmortem, ...]
    words: tuple[str, ...] = ()


@dataclass(slots=True)
class _Group:
    text: str
    words: dict[str, str]
    records: list[Postmortem] = field(default_factory=list)
    shared: set[str] = field(default_factory=set)


def services(records: Iterable[Postmortem]) -> tuple[Recurring, ...]:
    """Services of two or more incidents, those of the most incidents first; their names are one whatever their case."""
    found: dict[str, tuple[str, list[Postmortem]]] = {}
    for record in records:
        for folded, name in {each.strip().casefold(): each.strip() for each in record.services}.items():
            if folded:
                found.setdefault(folded, (name, []))[1].append(record)
    return _ordered(Recurring(name, tuple(those)) for name, those in found.values())


def alike(texts: Iterable[tuple[Postmortem, str]]) -> tuple[Recurring, ...]:
    """Texts of two or more incidents that are alike, those of the most incidents first. A text joins the first group whose oldest text
    it is like, so that a chain of half-likenesses makes no group."""
    groups: list[_Group] = []
    # Which groups have a word: nobody waits until each text was held beside each other one.
    having: dict[str, list[int]] = {}
    for record, text in texts:
        words = _words(text)
        group = _first(groups, having, words)
        if group is None:
            for word in words:
                having.setdefault(word, []).append(len(groups))
            groups.append(_Group(text, words, [record]))
            continue
        group.shared |= _common(group.words, words)
        if all(each.id != record.id for each in group.records):
            group.records.append(record)
    return _ordered(
        Recurring(each.text, tuple(each.records), tuple(word for key, word in each.words.items() if key in each.shared))
        for each in groups
    )


def _first(groups: list[_Group], having: dict[str, list[int]], words: dict[str, str]) -> _Group | None:
    """The first group whose oldest text is like these words."""
    shared = Counter(place for word in words for place in having.get(word, ()))
    alike = (place for place, times in shared.items() if times >= _LEAST and _common(groups[place].words, words))
    return groups[place] if (place := min(alike, default=None)) is not None else None


def _ordered(found: Iterable[Recurring]) -> tuple[Recurring, ...]:
    several = (each for each in found if len(each.records) > 1)
    return tuple(sorted(several, key=lambda each: (-len(each.records), each.name.casefold())))


def _common(one: dict[str, str], other: dict[str, str]) -> set[str]:
    """The words of both, where there are enough of them."""
    both = set(one) & set(other)
    return both if len(both) >= _LEAST and len(both) >= _SHARE * min(len(one), len(other)) else set()


def _words(text: str) -> dict[str, str]:
    """By their stem: with and without the s of the plural it is the same word."""
    found = similar.significant(text)
    return {key[:-1] if len(key) > 3 and key.endswith("s") else key: word for key, word in found.items()}


def of(records: Sequence[Postmortem]) -> str:
    """`PM-4, PM-7`: the incidents by their numbers."""
    return ", ".join(each.name for each in records)
