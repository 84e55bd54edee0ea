"""What the signs of a follow-up can add at most to the weight of a sentence, known from the words without which they cannot be there.
Looking for the signs themselves takes most of the time, and seldom changes anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from bot.domain.harvest import followup, proposal_signs
from bot.domain.harvest.rules import h22_commitment
from bot.domain.harvest.weights import scales

SIGNS = (*proposal_signs.SIGNS, *h22_commitment.SIGNS)


def anywhere(words: frozenset[str]) -> float:
    """What they add to a message with these words; those left out that have to open a sentence."""
    return _of(frozenset(_cued()[0].keys() & words))


def in_front(words: Sequence[str]) -> float:
    """What those add that have to open a sentence of these words."""
    return _openings().get(followup.opening(words), 0.0)


@lru_cache(maxsize=4096)
def _of(heard: frozenset[str]) -> float:
    known, adds, always = _cued()
    return always + sum(adds[name] for name in frozenset[str]().union(*(known[word] for word in heard)))


@cache
def _cued() -> tuple[Mapping[str, frozenset[str]], Mapping[str, float], float]:
    """Of each cue the names of its signs, what each name adds, and what any message can have. Two signs may have one name."""
    adds = {name: weight for name, weight in _adding().items() if not all(each.opens for each in _named(name))}
    cues = {name: frozenset[str]().union(*(each.cues for each in _named(name))) for name in adds}
    free = {name for name in adds if not all(each.cues for each in _named(name))}
    known = {word: frozenset(name for name in adds if word in cues[name] and name not in free) for word in _all(cues)}
    return known, adds, sum(adds[name] for name in free)


@cache
def _openings() -> Mapping[str, float]:
    names = [name for name in _adding() if all(each.opens for each in _named(name))]
    cues = {name: frozenset[str]().union(*(each.cues for each in _named(name))) for name in names}
    return {word: sum(_adding()[name] for name in names if word in cues[name]) for word in _all(cues)}


@cache
def _adding() -> Mapping[str, float]:
    """The names of the signs that speak for a follow-up, with their weights."""
    weights = scales()["follow_ups"].weights
    return {each.name: more for each in SIGNS if (more := weights.get(f"~sign: {each.name}", 0.0)) > 0}


def _named(name: str) -> list[followup.Sign]:
    return [each for each in SIGNS if each.name == name]


def _all(cues: Mapping[str, frozenset[str]]) -> frozenset[str]:
    return frozenset[str]().union(*cues.values())
