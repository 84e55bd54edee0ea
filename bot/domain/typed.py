"""What people typed, made fit to be shown anywhere: no half characters, no text that runs over its neighbours, no
line that is longer than its place. Every renderer starts from here and then escapes for its own format."""

from __future__ import annotations

import re
import unicodedata

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# Embeddings, overrides and isolates: people may not open what our own text would have to close.
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_BROADCAST = re.compile(r"@(?=(?:channel|here|everyone)\b)", re.IGNORECASE)
WORD_JOINER = "\u2060"
ELLIPSIS = "…"


def clean(text: str) -> str:
    """The text without control characters (lone surrogates and NULs break databases and files) and direction marks."""
    if text.isascii() and text.isprintable():  # most texts are, and it is known at once
        return text
    return _DIRECTION.sub("", _CONTROL.sub("\ufffd", text))


def verbatim(text: str) -> str:
    """The text to the letter: only what no database keeps, NULs and lone surrogates, is shown as U+FFFD."""
    return _UNSTORABLE.sub("\ufffd", text)


def one_line(text: str) -> str:
    """The cleaned text with every run of white space, line ends included, as one space."""
    return " ".join(clean(text).split())


def isolate(text: str) -> str:
    """Text that is written from right to left, fenced in so that what stands beside it keeps its order."""
    if not text.isascii() and any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in text):
        return f"\u2068{text}\u2069"
    return text


def inert(text: str) -> str:
    """`@channel` and its kin with an invisible joint, so that no service takes them for a call to everybody (R-64)."""
    return _BROADCAST.sub("@" + WORD_JOINER, text)


def width(text: str) -> int:
    """The length in UTF-16 units: services count characters in different ways, and none counts more than this."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def clip(text: str, limit: int) -> str:
    """At most `limit` units of text, with a visible … where something was left out."""
    if width(text) <= limit:
        return text
    kept = text[: limit - 1]
    while (over := width(kept) - (limit - 1)) > 0:
        # A letter has at most two units, so that this never takes too much away.
        kept = kept[: -max(1, over // 2)]
    return kept.rstrip() + ELLIPSIS
