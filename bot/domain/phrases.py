"""Dates, spans and lists as short English text, the same on every machine: strftime follows the process's locale, and
a refusal that names a deadline has to read the same in a log, a card and a test."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def day(value: date) -> str:
    """`Thu 26 Nov 2026`."""
    return f"{_DAYS[value.weekday()]} {value.day} {_MONTHS[value.month - 1]} {value.year}"


def moment(at: datetime, tz: str) -> str:
    """An aware instant in a zone, with its date and the zone's name: `Thu 26 Nov 2026 16:30 (America/New_York)`."""
    local = at.astimezone(ZoneInfo(tz))
    return f"{day(local.date())} {local:%H:%M} ({tz})"


def span(length: timedelta) -> str:
    """A length of time in its largest fitting unit, rounded down: `3 s`, `5 min`, `41 h`, `3 days`. Hours go up to 72,
    because people plan a three-day window in hours."""
    seconds = int(max(length, timedelta()).total_seconds())
    if seconds < _MINUTE:
        return f"{seconds} s"
    if seconds < _HOUR:
        return f"{seconds // _MINUTE} min"
    if seconds <= 3 * _DAY:
        return f"{seconds // _HOUR} h"
    return f"{seconds // _DAY} days"


def count(number: int, singular: str, plural: str | None = None) -> str:
    """`1 finding`, `3 findings`."""
    return f"{number} {singular if number == 1 else plural or singular + 's'}"


def listing(names: Sequence[str], *, most: int = 5) -> str:
    """Names in a row, cut after `most` with the number of those left out: `a, b and 4 more`."""
    shown = list(names[:most])
    rest = len(names) - len(shown)
    if rest:
        return f"{', '.join(shown)} and {rest} more"
    return ", ".join(shown)
