"""Where in a line a mark stands that does not open it: in brackets, behind a sentence, or behind another one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.harvest.late import late
from bot.domain.harvest.mark import NO_TASK, NOTED, PERSON, TAG
from bot.domain.harvest.rare_marks import TASK, WORK
from bot.domain.harvest.vocabulary import words

_ONE = r"(?i:todo|to-do|action(?: item)?|follow-?up)"
_AGAIN = late(
    rf"(?P<stop>;\s+|(?<=[.!?])\s+)(?={_ONE}s?\s?(?:\([^()\n]{{1,40}}\)\s?)?:|(?:AI|AP):\s|"
    r"(?:TODO|ACTION) (?:@|[^\W\d_][\w.'-]{1,30}:\s))|"
    r"(?P<comma>(?<=\w),\s+(?:and )?)(?=(?:TODO|todo|to-do):\s)|"
    r"(?P<mention>:\s+)(?=TODO @)|(?P<emoji>(?<=[.!?;])\s+)(?=:(?:todo|action)[-_a-z]*:\s+\w)|"
    rf"(?P<too>(?:(?<=[.!?])|[;,]|\s(?:[-–—/|+&]|and))\s+(?:and )?)(?=(?:TODO|ACTION)(?:\s?[@(]| [^\W\d_]| [-–—] )|{_ONE}:|(?:AI|AP):\s)"
)
"""Where a further mark begins in a line; `too` only where the line begins with one."""
_MAY_BE_AGAIN = late(r"(?:[.;!?,:|/&+–—-]|\band) :?(?:and )?(?:todo|to-do|action|follow|AI:|AP:)", re.I)

_FOR_IT = rf"(?:\s?\([^()\n]{{1,40}}\)| for [^:()\n]{{1,40}}|\s?{PERSON})?"
_THINGS = rf"(?:(?i:to-?dos?|action items?){_FOR_IT}:|FIXME:|TO-?DO\s?@)"
_CAPITALS = rf"(?:(?:ACTION|FOLLOW-?UP){_FOR_IT}:)"
_BARE = rf"(?:TO-?DO{NO_TASK}\s+[a-z][a-z'-]+ \S|(?:TO-?DO|todo|ACTION)\s+{WORK})"
_NO_ARTICLE = "".join(rf"(?<!\b{word})" for word in sorted(words("a an the this that one no of in from as to is")))
_BEHIND = late(
    r"(?:\s(?:[-–—]+|//+|[-=]+>|[^\x00-\x7f\w“”‘’\"]{1,3}|:[a-z][\w+-]+:|\|)\s*|(?:(?<=[.!?;…)])|,)\s+(?:and |so )?(?://+\s*)?)"
    rf"(?={_THINGS}|{_CAPITALS}|(?i:follow[- ]?up|f/u|to do|action(?: item)?){_FOR_IT}:\s|(?:AI|AP){_FOR_IT}:\s|{_BARE})|"
    rf":\s+(?={_THINGS})|(?<=[.!?;])\s+(?={NOTED})|(?<=\w)\.(?=TODO:)|(?<=\w)\s+(?=:(?:todo|to[-_]do|action[-_]item|follow[-_]?up)s?:\s)|"
    rf"{_NO_ARTICLE}\s+(?=TO-?DO{_FOR_IT}:\s+{WORK}|(?i:#{TAG}):?\s+{TASK})"
)
"""Where the first mark of a line stands behind other words."""
_MAY_BE_BEHIND = late(
    r"(?:[^\w\s]|\w )\s*(?:and |so |//)?\s*(?::?to[-_ ]?do|:?action|:?follow|fixme|f/u|AI\b|AP\b)", re.I
)
_INSIDE = r"[^()\[\]{}]*(?:[(\[][^()\[\]{}]*[)\]][^()\[\]{}]*)*"
_IN_BRACKETS = late(
    rf"[(\[{{]\s*(?P<said>(?:{_THINGS}|{_CAPITALS}|{_BARE}|(?i:action|follow[- ]?up|AI|AP){_FOR_IT}:\s*"
    rf"{TASK}){_INSIDE})[)\]}}]"
)
_WHOLE = late(rf"^[(\[{{](?P<said>{_INSIDE})[)\]}}][.!]*$")
_SOURCE = late(
    r"(?:\b(?:comments?|source|says?|said|reads|wrote|written|grep\w*)\b[^.!?;,]{0,30}|"
    r"\b(?:has|have|had|holds?|contains?|there's|there is|there are|see|saw)(?: (?:an?|the|one|this|that|only|still|just))*|[{}]\s*|"
    r"[=)}\]][^;]{0,20};\s*)$",
    re.I,
)
"""Where what stands in the code, or what somebody wrote, is told of."""


def unwrapped(said: str) -> str:
    """A line without the brackets around all of it: "[TODO: fix the limit]"."""
    found = _WHOLE.match(said)
    return found["said"].strip() if found and _IN_BRACKETS.match(said) else said


def in_brackets(said: str) -> Iterator[tuple[int, str]]:
    """What is marked within brackets, and where they begin: "it was worse (TODO: tighten the timeouts)"."""
    for found in _IN_BRACKETS.finditer(said):
        if not _is_told(said[: found.start()]):
            yield found.start(), found["said"].strip()


def cuts(said: str, *, marked: bool) -> Iterator[tuple[int, int, bool]]:
    """Where what may be marked ends, where the next such part begins, and whether it can be the first that is marked; the end of the line
    at last. `marked`: the line begins with a mark."""
    again = list(_AGAIN.finditer(said)) if _MAY_BE_AGAIN.search(said) else []
    found = [
        (*each.span(), not each["too"])
        for each in again
        if marked or not (each["too"] or _is_told(said[: each.start()]))
    ]
    if not marked and _MAY_BE_BEHIND.search(said):
        ends = {end for _, end, _ in found}
        found += [
            (*each.span(), True)
            for each in _BEHIND.finditer(said)
            if each.end() not in ends and not _is_told(said[: each.start()])
        ]
    yield from (each for each in sorted(found) if said.count("`", 0, each[0]) % 2 == 0)
    yield len(said), len(said), True


def _is_told(before: str) -> bool:
    """Whether the words before a mark say that it stands somewhere else, or it is quoted."""
    return bool(_SOURCE.search(before[-80:])) or any(before.count(mark) % 2 for mark in '"“`')
