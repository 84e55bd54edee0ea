"""Words from right to left for whoever sets letters from left to right: their letters joined as they are written, in the order in which
they stand."""

from __future__ import annotations

import re
import unicodedata

import arabic_reshaper
from bidi.algorithm import get_display

_LEADS = {"R", "AL", "AN"}
# What only says which way words go.
_DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def has(text: str) -> bool:
    """Whether some of it goes from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(letter) in _LEADS for letter in text)


def plain(text: str) -> str:
    """Without the signs of vowels that may be left out, and without what only says the direction."""
    if not has(text):
        return text
    return "".join(letter for letter in _DIRECTIONS.sub("", text) if not unicodedata.combining(letter))


def ordered(text: str) -> str:
    """As it is to be set; text that goes from left to right is given back as it is."""
    return str(get_display(arabic_reshaper.reshape(plain(text)))) if has(text) else text
