"""Emoji as Slack writes them, `:fire:`, where none can be drawn: they go where other words stay, and are words themselves where none do."""

from __future__ import annotations

import re
import unicodedata

from bot.domain import typed

# Not what stands between the colons of a time or of an address.
_CODE = re.compile(r"(?<![\w:]):(?=[^:\s]*[a-z]|[+-]1:)([a-z0-9+-][a-z0-9_+'-]*):(?::skin-tone-[2-6]:)?(?![\w:])")
# What is no letter but a picture, and what joins, colours or chooses pictures.
JOINTS = frozenset("\u200d\u20e3\ufe0e\ufe0f")


def without_codes(text: str) -> str:
    """The text on one line without short codes; where nothing else was said, what they are called."""
    left = typed.one_line(_CODE.sub(" ", text))
    if any(letter.isalnum() for letter in left):
        return left
    return typed.one_line(_CODE.sub(lambda found: found[1].replace("_", " "), text))


def is_picture(letter: str) -> bool:
    """Whether a character is an emoji, or a part of one."""
    return letter in JOINTS or "\U0001f3fb" <= letter <= "\U0001f3ff" or unicodedata.category(letter) == "So"
