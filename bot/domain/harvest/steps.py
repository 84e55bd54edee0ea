"""A message that tells of several times, one after the other: "14:02 errors began, 14:05 rolled back, 14:09 all good", in one line or
on lines of their own. Whoever writes so writes a timeline, so that each time is that of what stands behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.harvest import clock, present, text
from bot.domain.harvest.clock import Where
from bot.domain.harvest.late import late

_CLOCK = r"(?P<hour>[01]?\d|2[0-3])[:.h](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?"
_ZONE = rf"(?:(?!\sZ)\s?{clock.ZONE}(?!\w))?"  # a z behind a blank is a name
_TIME = rf"~?{_CLOCK}(?:\s?Uhr\b|\s?{clock.HALF})?{_ZONE}[\])]?(?:\s?[-–—:=,]+\s|\s)\s*(?=[^\W\d])"
_HEAD = late(
    r"\W{0,3}(?:(?:so|ok|the|our|short|quick|rough|full) )*(?:timeline|recap|summary|sequence|chronology|history|what "
    r"happened|order of events)\b[^:\n\d]{0,40}[:–—-]\s",
    re.I,
)
_OPENS = late(rf"[\[(]?{_TIME}", re.I)
_STEP = late(rf"(?:^|[,;.→|/•]\s+|\s(?:->|=>|→|[-–—|/])\s|,? (?:and |then |and then )(?:at )?){_TIME}", re.I)
_SECOND = late(
    rf"(?:[,;→]|\s(?:->|=>|[-–—])|,? and(?: then)?|,? then)\s+(?P<said>[^\W\d][^,;\d]*?),? (?:(?:at|@|um|à) )?~?{_CLOCK}{_ZONE}\s?[.!]?$",
    re.I,
)
_FEW = 3  # times in one line make a list of steps, two where both tell of what has happened; of lines with one each
_LINES = 2
_FAR = timedelta(hours=3)  # ahead: what is told in the past was on the day before


@dataclass(frozen=True, slots=True)
class Step:
    """What happened `at`; `line` is its number in the message."""

    at: datetime
    said: str
    line: int


@dataclass(frozen=True, slots=True)
class _Told:
    clock: clock.Clock
    said: str
    line: int


def of(lines: Sequence[text.Line], written: datetime, where: Where) -> list[Step]:
    """The steps that a message lists; none where it lists none, or tells of what is to come."""
    told = [each for line in lines for each in _inside(line)] or _each_its_own(lines)
    zone = next((each.clock.zone for each in told if each.clock.zone), None)
    read = ((each, where.read(replace(each.clock, zone=each.clock.zone or zone), written)) for each in told)
    return _in_order([Step(at, each.said, each.line) for each, at in read if at], written)


def of_last_night(at: datetime, said: str, written: datetime) -> datetime:
    """A time that seems to lie far ahead, on the day before where the words tell of what has happened: in the morning "22:15" is of last
    night."""
    return at - timedelta(days=1) if at > written + _FAR and present.past(said) else at


def _inside(line: text.Line) -> Iterator[_Told]:
    head = _HEAD.match(line.said)
    said = line.said[head.end() :] if head else line.said
    hits = list(_STEP.finditer(said))
    if not hits or hits[0].start() > 0:
        return
    if len(hits) < _FEW:
        yield from _two(line, said, hits)
        return
    ends = [*(hit.start() for hit in hits[1:]), len(said)]
    for place, (hit, end) in enumerate(zip(hits, ends, strict=True), 1):
        meant = clock.of(hit.groupdict())
        if meant:
            yield _Told(meant, said[hit.end() : end].rstrip(" ,;"), line.number + text.APART * place)


def _two(line: text.Line, said: str, hits: Sequence[re.Match[str]]) -> Iterator[_Told]:
    """What happened at two times, of which the first opens the line: "15:01 first page, acked 15:02"."""
    first, *more = hits
    second = more[0] if more else _SECOND.search(said, first.end())
    if second is None:
        return
    tells = said[first.end() : second.start()], second["said"] if not more else said[second.end() :]
    meant = clock.of(first.groupdict()), clock.of(second.groupdict())
    if all(map(present.past, tells)):
        for place, (each, at) in enumerate(zip(tells, meant, strict=True), 1):
            if at:
                yield _Told(at, each.strip(" ,;"), line.number + text.APART * place)


def _each_its_own(lines: Sequence[text.Line]) -> list[_Told]:
    hits = [(line, hit) for line in lines if (hit := _OPENS.match(line.said))]
    if len(hits) < _LINES:
        return []
    read = ((line, hit, clock.of(hit.groupdict())) for line, hit in hits)
    return [_Told(meant, line.said[hit.end() :], line.number) for line, hit, meant in read if meant]


def _in_order(steps: Sequence[Step], written: datetime) -> list[Step]:
    """With each step before the next: what seems to lie ahead was on the day before, as in a night. None where the last is still to
    come."""
    if not steps:
        return []
    if of_last_night(steps[-1].at, " ".join(each.said for each in steps), written) > written + clock.SLACK:
        return []
    ordered: list[Step] = []
    for step in reversed(steps):
        ahead = step.at > written + clock.SLACK or (ordered and step.at > ordered[0].at and step.at > written)
        ordered.insert(0, replace(step, at=step.at - timedelta(days=1)) if ahead else step)
    return ordered
