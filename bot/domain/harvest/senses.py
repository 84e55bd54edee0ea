"""What the words of a sentence mean, as plain names: how something is wished for, of whom, what is to be kept, and when. Two of them
together tell more than each: `should` and something to keep, `could` and a question."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations

from bot.domain.harvest.vocabulary import (
    AT_ONCE,
    AT_PRESENT,
    DOING_VERBS,
    DONE_VERBS,
    KEEPING,
    LASTING,
    LATER,
    MANNER,
    SUBJECT,
)

_SENSES = (
    ("lasting", LASTING),
    ("step", AT_ONCE),
    ("done", DONE_VERBS),
    ("doing", DOING_VERBS),
    ("keeping", KEEPING),
    ("later", LATER),
    ("present", AT_PRESENT),
    ("question", frozenset("?")),
    *MANNER.items(),
    *SUBJECT.items(),
)
_HEARD = frozenset[str]().union(*(group for _, group in _SENSES))


def names(words: Sequence[str]) -> tuple[str, ...]:
    """The names for each sense of a sentence's words, and for each two."""
    return _names(_HEARD.intersection(words))


@lru_cache(maxsize=20_000)
def _names(heard: frozenset[str]) -> tuple[str, ...]:
    found = sorted(name for name, group in _SENSES if not group.isdisjoint(heard))
    return (*(f"~means:{name}" for name in found), *(f"~means:{one}+{other}" for one, other in combinations(found, 2)))
