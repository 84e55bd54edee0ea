"""A text as numbers of word pieces, for the network: words in small letters without accents, each cut into the longest pieces that the
network knows. What it has no piece for is one number for all."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

_LONG = 100  # letters; a longer word is none
_UNKNOWN = "[UNK]"


@dataclass(frozen=True, slots=True)
class Row:
    """`own` are the pieces of the message itself, with what opens and ends it; `around` those of its neighbours."""

    own: tuple[int, ...]
    around: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.own) + len(self.around)


class Pieces:
    """`known` are the pieces by number; those that go on within a word begin with ##. Raises KeyError where none stands for the unknown."""

    def __init__(self, known: Sequence[str]) -> None:
        self.known = known
        self._number = {piece: number for number, piece in enumerate(known)}
        self._unknown = self._number[_UNKNOWN]
        self._of_word = lru_cache(maxsize=20_000)(self._cut)

    def numbers(self, said: str) -> list[int]:
        """The pieces of a text."""
        return [number for word in _words(said) for number in self._of_word(word)]

    def number(self, piece: str) -> int:
        """One piece as it is written, like "[SEP]". Raises KeyError where it is none."""
        return self._number[piece]

    def _cut(self, word: str) -> tuple[int, ...]:
        if len(word) > _LONG:
            return (self._unknown,)
        found: list[int] = []
        start = 0
        while start < len(word):
            number, start = self._longest(word, start)
            if number is None:
                return (self._unknown,)
            found.append(number)
        return tuple(found)

    def _longest(self, word: str, start: int) -> tuple[int | None, int]:
        opening = "##" if start else ""
        for end in range(len(word), start, -1):
            number = self._number.get(opening + word[start:end])
            if number is not None:
                return number, end
        return None, start


def _words(said: str) -> Iterator[str]:
    for piece in _plain(said).split():
        yield from _parts(piece)


def _plain(said: str) -> str:
    """Small letters without accents; every kind of white space is one, and what cannot be seen is gone."""
    if said.isascii() and said.isprintable():
        return said.lower()
    apart = unicodedata.normalize("NFD", "".join(map(_seen, said)).lower())
    return "".join(each for each in apart if unicodedata.category(each) != "Mn")


def _seen(letter: str) -> str:
    if letter in "\t\n\r" or unicodedata.category(letter) == "Zs":
        return " "
    if letter in "\0\N{REPLACEMENT CHARACTER}" or unicodedata.category(letter).startswith("C"):
        return ""
    return f" {letter} " if _stands_alone(letter) else letter


def _stands_alone(letter: str) -> bool:
    """Letters of Chinese and the like are words."""
    return "\u4e00" <= letter <= "\u9fff" or "\u3400" <= letter <= "\u4dbf" or "\uf900" <= letter <= "\ufaff"


@lru_cache(maxsize=20_000)
def _parts(piece: str) -> tuple[str, ...]:
    """A mark is a word of its own."""
    found: list[str] = []
    fresh = True
    for letter in piece:
        if _is_mark(letter):
            found.append(letter)
            fresh = True
        elif fresh:
            found.append(letter)
            fresh = False
        else:
            found[-1] += letter
    return tuple(found)


def _is_mark(letter: str) -> bool:
    if letter.isascii():
        return not (letter.isalnum() or letter.isspace())
    return unicodedata.category(letter).startswith("P")
