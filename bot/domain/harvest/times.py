"""Times that people write. A scribe who writes "14:02 UTC - ..." at 14:20 means 14:02; a time with no zone is read in the
author's or in UTC, whichever they write, and of the days it could mean the one nearest to the message is taken."""

from __future__ import annotations

import re
from datetime import datetime

from bot.domain.harvest import ago, clock, happened, spoken
from bot.domain.harvest.clock import Where
from bot.domain.harvest.late import late

_CLOCK = (
    rf"(?P<hour>[01]?\d|2[0-3])(?:[:.h]|{clock.MILITARY})(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,]\d{{1,9}})?)?"
)
_SCRIBE = (
    r"(?:[\[(](?:notes?|scribe|minutes|bridge|call|log|timeline)[\])]:?|(?:notes?|scribe|minutes|bridge|log|timeline|decision):|"
    r"(?:minutes|timeline|decision))\s"
)
_LEADING = late(
    rf"(?P<scribe>{_SCRIBE})?(?P<opened>[\[(]?)[\[(~]{{0,2}}(?:{clock.DATE}[T ,]\s?)?{_CLOCK}\s?(?:(?P<uhr>Uhr\b)|{clock.HALF}?)"
    rf"\s?\(?(?:{clock.ZONE}(?![\w]))?(?P<shut>[\])]?)\s{{0,3}}"
    r"(?P<mark>[-–—:|,>]{1,2}(?=\s|$)|→)?\s*(?=\S)",
    re.IGNORECASE,
)
_OPENS = frozenset("0123456789[(~nsmbltdNSMBLTD")


def may_hold(line: str) -> bool:
    """Whether a line can hold a time at all."""
    return any(letter.isdigit() for letter in line) or " ago" in line or " hour" in line or spoken.may_hold(line)


def leading(line: str, written: datetime, where: Where = clock.IN_UTC) -> tuple[datetime, str] | None:
    """The time that a line opens with (UTC) and the rest of the line, or None. `written` is when it was posted."""
    if line[:1] not in _OPENS:
        return None
    found = _LEADING.match(line)
    if found is None:
        return None
    boxed = found["opened"] and found["shut"]
    if not (found["zone"] or found["mark"] or found["year"] or found["scribe"] or found["uhr"] or boxed):
        return None
    bare = not (found["zone"] or found["half"] or found["year"] or found["scribe"])
    if bare and len(found["hour"]) < 2 and found["mark"] == ":":
        return None
    meant = clock.of(found.groupdict())
    at = where.read(meant, written) if meant else None
    return (at, line[found.end() :]) if at else None


def ahead(at: datetime, written: datetime) -> bool:
    """Whether a time lies after the message that has it, so that it is none of an event."""
    return at > written + clock.SLACK


def mentioned(line: str, written: datetime, where: Where = clock.IN_UTC, *, begins: bool = True) -> datetime | None:
    """A time that a line tells of ("since ~08:30 UTC", "20 minutes ago"), UTC, or None. Never in the future. `begins`: the line
    says when it began."""
    back = ago.span(line, begins=begins)
    if back is not None:
        return written - back
    return happened.event(line, written, where, begins=begins)
