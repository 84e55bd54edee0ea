"""How the rules' expressions are written: a space stands for what separates two words of one sentence. Every repetition is
bounded or possessive, so that no text takes more than time in proportion to its length."""

from __future__ import annotations

import re
from collections.abc import Iterable

_GAP = r"(?:[^\S\n]{1,3}|[^\S\n]{0,2}\n[^\S\n]{0,3})"


def rx(source: str) -> re.Pattern[str]:
    """Compiled without regard to case; each space matches one to three blanks, or one line end with its blanks. The class
    `[- ]` is a hyphen or such a space; no other class may hold one."""
    return re.compile(source.replace("[- ]", "(?:-| )").replace("[ -]", "(?:-| )").replace(" ", _GAP), re.IGNORECASE)


def words(listed: str) -> str:
    """`a | b` out of a list of words, the longest first, as one group."""
    return alternatives(each.replace("_", " ") for each in listed.split())


def alternatives(each: Iterable[str]) -> str:
    """One group of alternatives, the longest first."""
    return f"(?:{'|'.join(sorted(each, key=lambda one: (-len(one), one)))})"
