"""What the signs of a follow-up can add at most to the weight of a sentence, known from the words without which they cannot be there.
Looking for the signs themselves takes most of the time, and seldom changes anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from bot.domain.harvest import followup, proposal_signs
from bot.domain.harvest.rules import h22_commitment
from bot.domain.harvest.weights import shipped

SIGNS = (*proposal_signs.SIGNS, *h22_commitment.SIGNS)


def anywhere(words: frozenset[str]) -> float:
    """What they add to a message with these words; those left out that have to open a sentence."""
    return _of(_heard() & words)


def in_front(words: Sequence[str]) -> float:
    """What those add that have to open a sentence of these words."""
    return _openings().get(followup.opening(words), 0.0)


@lru_cache(maxsize=4096)
def _of(heard: frozenset[str]) -> float:
    return sum(more for several, more in _adding() if any(not each.opens and each.can_be_in(heard) for each in several))


@cache
def _heard() -> frozenset[str]:
    return frozenset[str]().union(*(each.cues | each.along for several, _ in _adding() for each in several))


@cache
def _openings() -> Mapping[str, float]:
    """Of each word that can open one what is added."""
    adds: dict[str, float] = {}
    for several, more in _adding():
        for word in frozenset[str]().union(*(each.cues for each in several if each.opens)):
            adds[word] = adds.get(word, 0.0) + more
    return adds


@cache
def _adding() -> Sequence[tuple[Sequence[followup.Sign], float]]:
    """The signs that speak for a follow-up, by their names, with the weights of these; two may have one name."""
    weights = shipped("follow_ups").weights
    named: dict[str, list[followup.Sign]] = {}
    refusals = (followup.Sign(name, 0.0, wording) for name, wording in followup.REFUSALS)
    for each in (*SIGNS, *followup.AGAINST, *refusals):
        named.setdefault(each.name, []).append(each)
    return [(several, more) for name, several in named.items() if (more := weights.get(f"~sign: {name}", 0.0)) > 0]
