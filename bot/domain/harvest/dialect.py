"""A team's own words, put into those that the harvest knows. What people read stays as it was typed; only the rules and the weighing
read the other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

# A verb of the team's is read as one of its kind.
KINDS = {"lasting": "document", "step": "restart", "done": "restarted", "doing": "restarting"}
_MOST, _LONGEST = 2_000, 80


class BadVocabulary(ValueError):
    """The file makes no sense; the text says where, and what to write."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """Own words (folded) to known ones; empty is plain English."""

    same: Mapping[str, str] = field(default_factory=dict)
    _wanted: re.Pattern[str] | None = field(default=None, compare=False)

    def __bool__(self) -> bool:
        return bool(self.same)

    def read(self, said: str) -> str:
        """The words of a text as the harvest knows them."""
        return self._wanted.sub(lambda found: self.same[found[0].casefold()], said) if self._wanted else said


def of(table: Mapping[str, object]) -> Dialect:
    """A team's vocabulary: `[same]` says which word is like which, `[verbs]` lists verbs by kind. Raises BadVocabulary."""
    unknown = sorted(table.keys() - {"same", "verbs"})
    if unknown:
        raise BadVocabulary(f"[{unknown[0]}] is no part of a vocabulary: write [same] or [verbs].")
    same = {_own(key): _known(key, value) for key, value in _part(table, "same").items()}
    for kind, listed in _part(table, "verbs").items():
        if kind not in KINDS:
            raise BadVocabulary(f"{kind!r} is no kind of verb: write one of {', '.join(KINDS)}.")
        if not isinstance(listed, list):
            raise BadVocabulary(f'The verbs of {kind} are a list: {kind} = ["word", "word"].')
        same |= {_own(each): KINDS[kind] for each in listed}
    if len(same) > _MOST:
        raise BadVocabulary(f"A vocabulary has at most {_MOST:,} words of your own; this one has {len(same):,}.")
    return Dialect(same, _pattern(same) if same else None)


def _part(table: Mapping[str, object], name: str) -> Mapping[str, object]:
    part = table.get(name, {})
    if not isinstance(part, Mapping):
        raise BadVocabulary(f"[{name}] is a table of its own: write [{name}] on a line, and its words below.")
    return part


def _own(word: object) -> str:
    if not isinstance(word, str) or not word.strip() or len(word) > _LONGEST or "\n" in word:
        raise BadVocabulary(f"A word of your own is a text of 1 to {_LONGEST} characters, not {str(word)[:40]!r}.")
    return word.strip().casefold()


def _known(word: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST or "\n" in value:
        raise BadVocabulary(f'Say in one word or a few what {word[:40]!r} is like: "{word[:40]}" = "alert".')
    return value.strip()


def _pattern(same: Mapping[str, str]) -> re.Pattern[str]:
    ordered = sorted(same, key=lambda word: (-len(word), word))
    return re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in ordered), re.IGNORECASE)
