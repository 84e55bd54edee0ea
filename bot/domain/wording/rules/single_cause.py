"""The one cause, at which the search for the others ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.wording import patterns, replacing
from bot.domain.wording.finding import Hit, Rule
from bot.domain.wording.source import Source

_ROOT = patterns.rx(
    r"(?:\b(?:the|an?|its|our|this|that) )?(?:(?<![\w-])(?:one|single|main|primary|actual|real|true|underlying|only|sole) ){0,2}"
    r"(?<![\w-])root[- ]cause\b(?!s?[ -]analys|[ -]of[ -]failure)"
)
_ONLY = patterns.rx(r"\b(?:the|its|our) (?:sole|only|single|one|real|true) (?:underlying )?cause\b")
_DENIED = patterns.rx(r"\b(?:no|not|never|without|nor)(?: (?:a|the|one|just|any|single)){0,2} \Z")

_SUBJECT = patterns.rx(
    r"(?: (?:of|for|behind) [^.!?\n]{1,80}?)?,? (?:is|was|has|had|turned|seems|appears|remains|lies|lay|can|could|will|may|might)\b"
)


def find(source: Source) -> Iterator[Hit]:
    """`root cause` in the singular, `the only cause`; not where it is denied."""
    for pattern in (_ROOT, _ONLY):
        for found in pattern.finditer(source.read):
            if not _DENIED.search(source.read[max(0, found.start() - 24) : found.start()]):
                yield Hit(Rule.SINGLE_CAUSE, found.start(), found.end(), _instead(source.read, found))


def _instead(read: str, found: re.Match[str]) -> tuple[str, ...]:
    article = found[0].split()[0].casefold()
    if article in {"the", "a", "an", "its", "our"}:
        # A verb after it agrees with one of them only.
        both = _SUBJECT.match(read, found.end()) is not None
        second = "one of the contributing factors" if both else "the contributing factors"
        new: tuple[str, ...] = ("a contributing factor", second)
    elif article in {"this", "that"}:
        new = (f"{article} contributing factor",)
    else:
        new = ("contributing factor", "contributing factors")
    return tuple(replacing.like(found[0], each) for each in new)
