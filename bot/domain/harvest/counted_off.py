"""Things that a line counts off: "1) the disk 2) the alert", "(a) ... (b) ...", "first, ...; second, ..."."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain.harvest.late import late

_BRACKET = late(r"(?:^|(?<=[\s:,;]))\(?(?P<place>\d{1,2}|[a-i])\)\s*(?=[^\W\d]|@)", re.I)
_ORDINAL = late(
    r"(?:^|(?<=[:;.,–—-] ))(?:and )?(?:(?:first|second|third|fourth|fifth|last)(?:ly| of all)?|finally)[,:] (?:and )?",
    re.I,
)
_OR, _AND = late(r"\b(?:or|vs\.?|versus)$", re.I), late(r"[,;]? (?:and|then|also|plus)$", re.I)
_CHOICE = late(r"\b(?:options?|either|choices?|alternatives?|variants?|plan)\W*$", re.I)
_ORDINALS = ("first", "second", "third", "fourth", "fifth")
_LAST = ("last", "finally")


def parts(said: str) -> tuple[str, Sequence[str]]:
    """What is said before the first thing, and the things, two at least; no things where they are not counted in order, or are ways
    to do one: "(a) a queue or (b) a retry"."""
    for pattern, in_order in ((_BRACKET, _count), (_ORDINAL, _rank)):
        found = list(pattern.finditer(said)) if ")" in said or pattern is _ORDINAL else []
        if len(found) > 1 and in_order(found):
            ends = [*(each.start() for each in found[1:]), len(said)]
            each = [said[one.end() : end].strip(" ,;.") for one, end in zip(found, ends, strict=True)]
            choice = _CHOICE.search(said[: found[0].start()]) or any(_OR.search(part) for part in each[:-1])
            if all(each) and not choice:
                return said[: found[0].start()], [_AND.sub("", part) for part in each]
    return said, ()


def _count(found: Sequence[re.Match[str]]) -> bool:
    """Whether they are 1, 2, 3 or a, b, c."""
    places = [each["place"].lower() for each in found]
    return places in ([str(number) for number in range(1, len(places) + 1)], list("abcdefghi"[: len(places)]))


def _rank(found: Sequence[re.Match[str]]) -> bool:
    """Whether they are first, second, and so on; the last one may be "finally"."""
    said = [each[0].lower().removeprefix("and ") for each in found]
    return all(
        word.startswith(rank) or (place > 0 and word.startswith(_LAST))
        for place, (word, rank) in enumerate(zip(said, _ORDINALS, strict=False))
    )
