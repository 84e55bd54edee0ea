"""What shows of a line with nothing around it, as in the minutes of a meeting, whether somebody is given work by it: what stands behind a
name that opens it. Nobody there is known; a name is what no usual word is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.domain.harvest import features
from bot.domain.harvest.late import late
from bot.domain.harvest.vocabulary import NO_NAMES, words

_NICK = r"@?[^\W\d_][\w|`^{}.'-]{0,24}[\w|`^{}-]"
_OPENS = late(
    rf"^\W{{0,3}}(?P<names>{_NICK}(?:(?:,? (?:and|&|or) |, ?| ?[/+&] ?){_NICK}){{0,4}})(?: ?\([^()]{{1,20}}\)\??)?"
    r"(?P<mark>[:,]|\s?->|\s?[-–—])?\s+(?P<rest>\S.*)$",
    re.S,
)
_ODD = late(r"[|_`^\d{}]|[a-z][A-Z]|[A-Z]{2,}[a-z]|-")
_NO_NICKS = NO_NAMES | words(
    "decision decided agreed vote topic info information note notes question questions answer link links status summary idea ideas "
    "proposal motion update impact cause fyi result results reason problem issue conclusion reminder apologies present regrets agenda "
    "item items"
)
_MARKS = {":": "colon", ",": "comma", None: "blank"}


def names(said: str, every: Sequence[str]) -> Iterator[str]:
    """The names for a line that stands alone: its words once more, which weigh otherwise there, and how it opens."""
    yield from (f"~lone:{word}" for word in every)
    yield from (f"~lone:{each}" for word in every for each in features.kinds(word))
    found = _OPENS.match(said)
    if found and _first(found["names"]) not in _NO_NICKS:
        yield from _opening(found)


def _first(names: str) -> str:
    return names.casefold().lstrip("@").split()[0].strip(",")


def _opening(found: re.Match[str]) -> Iterator[str]:
    """What kind of name it is, what stands between it and the rest, and how the rest begins."""
    mark = _MARKS.get(found["mark"], "dash")
    yield f"~opens:{mark} {'odd' if _ODD.search(found['names']) else 'name'}"
    for word in features.tokens(found["rest"][:200])[:1]:
        yield f"~opens:{mark} {word}"
        yield from (f"~opens:{mark} {each}" for each in features.of_place(word, 0))
