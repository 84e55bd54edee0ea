"""Which of the times in a line tells when something happened. What is planned, expected or a deadline does not, nor what somebody
else is quoted with, nor from when on something was counted; a line full of times is a summary."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from bot.domain.harvest import clock, told
from bot.domain.harvest.clock import Where
from bot.domain.harvest.late import late
from bot.domain.harvest.told import Told

_COUNTED = late(
    r"\b(?:no (?:new|more|further|other)\b[^.;]*|how many\b[^.;]*|last|closing\b.*|calling it\b.*|[\d.,]*\dk? (?:\w+ )?(?:calls|tickets|"
    r"chats|contacts|e?-?mails|messages|texts|reports|complaints|bookings|orders|sent|created)|made|created|published|placed|issued|"
    r"orders|bookings|aware) since (?:about |around )?~?$",
    re.I,
)
_SUMMARY = late(
    r"\W*(?:(?:exec\w*|summary|update|recap|state|status(?! page))(?:(?: \w+){0,3}?:\s| (?:update )?\d)|for (?:those|anyone|everyone)\b)",
    re.I,
)
_RANGE = late(
    r"\s?(?:UTC)?\s?(?:-|–|—|→|to|and|till|until)\s?~?(?=\d{1,2}(?:[:h.]\d\d|(?:ish)?\s?(?:[ap]\.?m\b|local\b|my time|our time)))",
    re.I,
)
_LISTED = late(r"\W*(?:the )?(?:last|latest|recent|previous)\b", re.I)
_SIGHT = 200  # letters before a time that are looked at
_NEXT_TO = 40  # letters before a time that tell what it is of
# Not when people began, nor when they first knew.
_BEGINS = late(
    r"\b(?:first(?! (?:alert|alarm|page|call|noticed|saw|seen by|report|ticket|mail|customer|user|complaint|responder|look|message))|"
    r"began|begins?|since|onset|start(?:ed|s|ing)?"
    r"(?! (?:to |on |the |look|work|investigat|check|debug|digg|triag|roll|restart|fail(?:ing)? over)))\b[^,;.]*$",
    re.I,
)
_FEW = 8  # words of a line that only says from when to when
_SOME = 16  # words of a line that says from when to when something was down
_MANY = 3  # times make a summary
_SENTENCES = 3  # before a time are a tale of its own
_ENDS = late(r"[.!?]\s")
_LOOSE = late(
    r"\b(?:since|(?<!oldest is )(?<!earliest is )(?<!first is )from) (?:about |around )?~?$|\blast\b(?! (?:night|evening|week)\b)",
    re.I,
)
# "since the deploy at 13:50": the time is the one of something else.
_OF_ANOTHER = late(
    r"\b(?:since|after|before|until|till|following) (?:the |an? |our |my |your |their |last |that |this |yesterday's )?"
    r"(?:[\w/'.-]+ ){1,4}"
    r"(?:(?:at|of|from|around|about) )?~?$",
    re.I,
)
_BROKEN = late(
    r"\b(?:down|fail(?:s|ed|ing|ures?)?|broken|stuck|refus\w+|dead|unreachable|offline|timeouts?|timing out|errors?|5\d\ds?|"
    r"grow(?:s|ing)|drop(?:s|ped|ping)|fall(?:s|ing)|falling|degraded|gone|blocked|hang(?:s|ing)?)\b[^.;!?]{0,40} since ~?$",
    re.I,
)
# "all good now since 13:15": from when on it was so is when it got better. "No errors since" counts what came after.
_GOOD = late(
    r"\b(?:good|fine|ok|okay|green|back|up|healthy|working|recovered|normal|clean|zero|gone|stable|resolved)(?: now| again)* since "
    r"(?:about |around )?~?$",
    re.I,
)
_FROM = late(r"\b(?:from|between) (?:about |around )?~?$", re.I)
_DOWN = late(
    r"\b(?:down|out|dead|unavailable|unreachable|offline|outage|broken|stuck|blocked|frozen|failed|failing|degraded|timed out|timing out|"
    r"errors?|5\d\ds?|read[- ]only)\b",
    re.I,
)
_LONG, _LONGEST = timedelta(hours=6), timedelta(hours=16)  # further back a time without a day is not meant


def event(line: str, written: datetime, where: Where, *, begins: bool) -> datetime | None:
    """The first time in a line at which something had happened when it was written (UTC), or None. `begins`: the line says when it
    began, so that more can be meant."""
    every = [each for each in told.times(line) if not _quoted(line, each.start)]
    if not every or _SUMMARY.match(line) or (_full(every) and not _LISTED.match(line)):
        return None
    if begins and len(every) > 1:
        every.sort(key=lambda each: not _began(each, line))
    ends = {found.end() for found in _RANGE.finditer(line)}  # the second time of a span is none of its own
    for each in every:
        if each.ahead or told.plan(each, written, where.own) or each.start in ends or not _tells(each, line, begins):
            continue
        at = told.instant(each, written, where)
        most = _LONGEST if begins or _began(each, line) else _LONG
        if at and at <= written + clock.SLACK and (each.dated or written - at <= most):
            return at
    return None


def _began(each: Told, line: str) -> bool:
    """Whether the words before a time say that something began then."""
    return bool(_BEGINS.search(line, max(each.start - _NEXT_TO, 0), each.start))


def _full(every: list[Told]) -> bool:
    return len({(each.clock.hour, each.clock.minute) for each in every}) >= _MANY


def _tells(each: Told, line: str, begins: bool) -> bool:
    """Whether something happened then, by the words around it."""
    before = line[max(each.start - _SIGHT, 0) : each.start]
    if _COUNTED.search(before) or len(_ENDS.findall(before)) > _SENTENCES or "?" in line:
        return False
    if not (begins or _LISTED.match(line)) and _loosely(each, before):
        return False
    if _RANGE.match(line, each.end):
        words = len(line.split())
        return words <= _FEW or (words <= _SOME and bool(_DOWN.search(line)) and bool(_FROM.search(before)))
    return each.dated or not told.A_DAY.search(line)


def _loosely(each: Told, before: str) -> bool:
    """Whether the time is only one from which on something was so, or that of something else."""
    if _BROKEN.search(before) or _GOOD.search(before):
        return False
    loose = told.SINCE_A_DAY if each.dated else _LOOSE
    return bool(loose.search(before) or _OF_ANOTHER.search(before))


def _quoted(line: str, place: int) -> bool:
    """Whether a place lies in what somebody else said."""
    return sum(line.count(mark, 0, place) for mark in '"“”') % 2 == 1
