"""Comparisons with a norm that is not named: inadequate, insufficient, incorrectly, poorly."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.wording import patterns
from bot.domain.wording.finding import Hit, Rule
from bot.domain.wording.source import Source

_WEAK = patterns.rx(
    r"\b(?:inadequate(?:ly)?|insufficiently|improper(?:ly)?|incorrectly|wrongly|poorly"
    # A permission or a disk that does not suffice is what the machine said, to the letter.
    r"|insufficient(?! (?:permissions?|privileges?|scope|memory|disk|space|storage|funds|balance|quota|entropy)\b))\b"
)


def find(source: Source) -> Iterator[Hit]:
    """Each such word; what to write instead only the author knows."""
    for found in _WEAK.finditer(source.read):
        yield Hit(Rule.WEAK_NORM, found.start(), found.end())
