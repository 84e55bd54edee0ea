"""A text as the rules read it: letter for letter as long as what was typed, but with code, addresses and quotations
blotted out, quote marks straight and emphasis marks as blanks."""

from __future__ import annotations

import re

BLOT = "\ufffc"

_STRAIGHT = str.maketrans("’‘‛ʼ′“”„‟″‐‑", "''''" + "'" + '"""""' + "--")
_BLOTTED = re.compile(
    r"""
    ```[\s\S]+?```                                          # code
    | `[^`\n]+`
    | <(?:https?|mailto|tel):[^<>|\s]*+\|?                  # a link; its label is left to read
    | <[\#!][^<>\n]{1,200}>                                 # channels, groups, dates
    | (?:https?|ftp)://[^\s<>|]++
    | (?<![\w.-])www\.[^\s<>|]++
    | (?<![\w.+-])[\w.+-]++@[\w-]++\.[\w.-]++               # e-mail
    | (?<![\w.-])[\w-]++(?:\.[\w-]++)++/[^\s<>|]*+          # status.example.com/outage
    | (?<![\w./~-])~?\.{0,2}/[\w./-]++                      # /var/log/outage.log
    | (?<![\w:]):[a-z0-9_+-]{1,60}:(?!\w)                   # an emoji
    | (?<!\w)"[^"\n]{1,1000}"
    | «[^»]{1,1000}»
    | (?<!\w)'(?=\S)(?:[^'\n]|(?<=\w)'(?=\w)){1,300}(?<!\s)'(?!\w)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CURLED = re.compile(r"[“„][^“”„]{1,1000}”")
_QUOTED_LINE = re.compile(r"^[^\S\n]{0,8}(?:>|&gt;)[^\n]*", re.MULTILINE)
_QUOTED_REST = re.compile(r"^[^\S\n]{0,8}(?:>>>|&gt;&gt;&gt;)[\s\S]*", re.MULTILINE)
_EMPHASIS = re.compile(r"[*~]|(?<![^\W_])_|_(?![^\W_])")
_LINE_END = re.compile(r"[^\n]")


def plain(text: str) -> str:
    """The text for the rules, exactly as long. What they must not read is a row of blots, which no rule's words match."""
    # Curly quotation marks know which side they are on, so they may hold several lines.
    read = _CURLED.sub(_blot, text).translate(_STRAIGHT)
    read = _QUOTED_REST.sub(_blot, _BLOTTED.sub(_blot, read))
    return _EMPHASIS.sub(" ", _QUOTED_LINE.sub(_blot, read))


def _blot(found: re.Match[str]) -> str:
    return _LINE_END.sub(BLOT, found[0])


def starts_sentence(read: str, at: int) -> bool:
    """Whether a word at this place begins a sentence or a line."""
    before = read[max(0, at - 12) : at].rstrip(" \t-•>#()")
    return not before or before[-1] in ".!?:\n"
