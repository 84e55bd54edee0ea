"""R-37: "outage" says that everything was down. Where only a part was, there are better words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.wording import patterns, replacing
from bot.domain.wording.finding import Hit, Rule
from bot.domain.wording.source import Source

_OUTAGE = patterns.rx(
    r"(?:(?<![\w-])(?P<article>an?) )?(?<![\w./#@])(?P<power>power )?(?P<hash>#)?(?P<word>outage(?P<many>s)?)(?![\w@]|[./]\w)"
)
_MARK = re.compile(r"[*_~]")
_CHANNEL = re.compile(r"-\w")


def find(source: Source) -> Iterator[Hit]:
    """Each `outage`, `outages` and `#outage`, with its article when it has one."""
    for found in _OUTAGE.finditer(source.read):
        # "#outage-2024" is the name of a channel.
        if found["hash"] and _CHANNEL.match(source.read, found.end()):
            continue
        torn = source.text[found.start() : found.end()] != found[0] and _MARK.search(source.text, *found.span())
        if found["article"] and torn:  # "an *outage*": the mark stays, and "an" fits the first word only
            start = next(found.start(group) for group in ("power", "hash", "word") if found[group])
            yield Hit(Rule.OUTAGE, start, found.end(), _instead(found, article="")[:1])
        else:
            yield Hit(Rule.OUTAGE, found.start(), found.end(), _instead(found, article=found["article"] or ""))


def _instead(found: re.Match[str], *, article: str) -> tuple[str, ...]:
    many = "s" if found["many"] else ""
    if found["hash"]:
        return (f"{article}{' ' if article else ''}#{replacing.like(found['word'], f'incident{many}')}",)
    power = (("a ", "power failure"), ("a ", "power cut"))
    pairs = power if found["power"] else (("an ", "incident"), ("a ", "service degradation"))
    old = f"{article} {found['word']}".strip()
    return tuple(replacing.like(old, f"{an if article else ''}{word}{many}") for an, word in pairs)
