"""Points in time as people type them: `14:02 UTC`, `yesterday 23:10`, `2026-11-23 14:02`, `2:02 pm`, `about 14:02`. What could
mean two things is refused with a sentence, since a wrong time in a timeline is worse than none."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from dateutil import parser

from bot.domain import business_time, errors

_SKEW = timedelta(minutes=2)
_NEAR, _REACH = timedelta(hours=1), timedelta(hours=6)
_CLOCK = re.compile(r"\d{1,2}:\d{2}|\d\s*[ap]\.?m\b", re.IGNORECASE)
_RELATIVE = re.compile(r"\A(today|yesterday)\b[\s,]*(?:at\b)?|[\s,]*\b(today|yesterday)\Z", re.IGNORECASE)
_IANA = re.compile(r"\b([A-Za-z]+(?:/[A-Za-z_+-]+){1,2})\Z")
_DAY_OR_MONTH = r"(?:0?[1-9]|1[0-2])"
_TWO_WAYS = re.compile(rf"\b{_DAY_OR_MONTH}(?:[/.-]{_DAY_OR_MONTH}[/.-]\d{{2,4}}|/{_DAY_OR_MONTH})(?![\d/])")
_ABOUT = re.compile(r"\A(?:~|≈|(?:about|around|approx(?:imately)?|roughly|circa|ca)\b\.?)\s*", re.IGNORECASE)
_LAST_WORD = re.compile(r"[A-Za-z]+\Z")
_EAST = re.compile(r"(?<![A-Za-z])(?:UTC|GMT)\s*([+-])\s?(\d{1,2}(?::?\d{2})?)\Z", re.IGNORECASE)
_HOURS = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "JST": 9, "AEST": 10,
    "EDT": -4, "EST": -5, "CDT": -5, "CST": -6, "MDT": -6, "MST": -7, "PDT": -7, "PST": -8,
}  # fmt: skip
_CLOCKS = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")
# An offset that is one: `14:02-14:10` is a beginning and an end to people, and fourteen hours west to dateutil.
_OFFSET = re.compile(r"(?:\s?\+|\s-|(?<=\d)T.*[+-])\d{1,2}(?::?\d{2})?\Z", re.IGNORECASE)
_UNTIL = re.compile(r"\d:\d{2}\s?[-–—]")
# Numbers that could be several dates, or none: `26-11-24`, `5.11.`
_SHORT_DATE = re.compile(r"(?<![\d:.])(?:\d{1,2}([/.-])\d{1,2}\1\d{1,2}(?!\d)|\d{1,2}\.\d{1,2}\.?(?=\s|\Z))")
ONE = "Enter one time, that of the event; a zone comes after a space: 14:02 -05:00."
_DATE = "Write the date as 2026-11-23, so that day and month cannot be mistaken."
_HOW = "Enter a time such as 14:02 UTC, yesterday 23:10 or 2026-11-23 14:02."


def about(text: str) -> tuple[str, bool]:
    """What was typed without `~`, `about` or `around`, and whether one of them was there."""
    typed = " ".join(text.split())
    rest = _ABOUT.sub("", typed, count=1)
    return rest, rest != typed


def parse(text: str, *, zone: str, now: datetime, window: tuple[datetime, datetime]) -> datetime:
    """The instant in UTC. `zone` is that of the person, for times without one; `window` are aware instants between which a time
    without a date most likely lies: it is given the date that puts it there, or within a few hours of it, else that of the
    first. Raises BadInput."""
    typed, here = _normal(text), business_time.zone(zone)
    named = _IANA.search(typed)
    if named:
        here, typed = business_time.zone(named[1]), typed[: named.start()].strip()
    relative = _RELATIVE.search(typed)
    if relative:
        typed = (typed[: relative.start()] + typed[relative.end() :]).strip()
    if not _CLOCK.search(typed):
        raise errors.bad_input("no_time", _HOW)
    _check_single(typed)
    if relative:
        back = timedelta(days=(relative[1] or relative[2]).lower() == "yesterday")
        # Today is that of the zone in which the time is given, which may not be the person's own.
        there = _read(typed, now.astimezone(here).date() - back, here).tzinfo
        return _checked(_once(_read(typed, now.astimezone(there).date() - back, here)), now)
    start, end = window
    days = [start.astimezone(here).date() + timedelta(days=each) for each in (0, 1, 2, 3, -1)]
    found = [_read(typed, day, here) for day in days]
    away = [max(start - at, at - end, timedelta()) for at in map(business_time.to_utc, found)]
    nearest = next((at for at, far in zip(found, away, strict=True) if far <= _NEAR), found[away.index(min(away))])
    return _checked(_once(nearest if min(away) <= _REACH else found[0]), now)


def _check_single(typed: str) -> None:
    """Raises BadInput for what is more than one time, and for a date that could be another."""
    rest = _OFFSET.sub("", typed)
    if len(_CLOCKS.findall(rest)) > 1 or _UNTIL.search(rest):
        raise errors.bad_input("several", ONE)
    if _CLOCKS.search(rest) and _SHORT_DATE.search(rest):
        raise errors.bad_input("two_ways", _DATE)


def _normal(text: str) -> str:
    """The forms of hour and minute that people use, as the one that is read."""
    typed = re.sub(r"\Aat\s+", "", about(text)[0], flags=re.IGNORECASE)
    if _TWO_WAYS.search(typed):
        raise errors.bad_input("two_ways", _DATE)
    typed = _LAST_WORD.sub(lambda word: word[0].upper() if word[0].upper() in _HOURS else word[0], typed)
    # "UTC+1" is east of Greenwich to people; POSIX, and dateutil with it, reads it the other way round.
    typed = _EAST.sub(r" \1\2", typed)
    typed = re.sub(r"\b([ap])\.\s?m\.?(?=\s|\Z)", r"\1m", typed, flags=re.IGNORECASE)
    typed = re.sub(r"\A([01]\d|2[0-3])([0-5]\d)(?=\s|Z|\Z)", r"\1:\2", typed)
    return re.sub(r"\A(\d{1,2})[.h]([0-5]\d)(?=\s|Z|\Z)", r"\1:\2", typed)


def _read(typed: str, day: date, here: tzinfo) -> datetime:
    unknown: list[str] = []

    def known(name: str | None, offset: int | None) -> tzinfo | None:
        if offset is not None and (not name or name.upper() in ("UTC", "GMT", "Z")):
            return timezone(timedelta(seconds=offset))
        if offset is not None:
            unknown.append(f"{name} with an offset")
        if name and name.upper() in _HOURS:
            return timezone(timedelta(hours=_HOURS[name.upper()]))
        if name:
            unknown.append(name)
        return None

    try:
        found = parser.parse(typed, default=datetime(day.year, day.month, day.day), tzinfos=known)  # noqa: DTZ001
    except (parser.ParserError, OverflowError, ValueError) as error:
        raise errors.bad_input("no_time", _HOW) from error
    if unknown:
        why = f"The time zone {unknown[0]} is not known here: write UTC, +02:00 or Europe/Berlin."
        raise errors.bad_input("unknown_zone", why)
    aware = found if found.tzinfo else found.replace(tzinfo=here)
    business_time.to_utc(aware)
    return aware


def _once(at: datetime) -> datetime:
    """The instant in UTC. Raises BadInput for a time that the clocks of its zone jump over, or show twice."""
    first, second = at.replace(fold=0).astimezone(UTC), at.replace(fold=1).astimezone(UTC)
    if first == second:
        return first
    shown, day = f"{at:%H:%M}", f"{at:%Y-%m-%d}"
    if first.astimezone(at.tzinfo).replace(tzinfo=None) != at.replace(tzinfo=None):
        why = f"There was no {shown} on {day} in {at.tzinfo}: the clocks were put forward. Write the time in UTC."
        raise errors.bad_input("no_such_time", why)
    why = (
        f"There was {shown} twice on {day} in {at.tzinfo}, when the clocks were put back: write {first:%H:%M} UTC or "
        f"{second:%H:%M} UTC."
    )
    raise errors.bad_input("twice", why)


def _checked(at: datetime, now: datetime) -> datetime:
    if at > now + _SKEW:
        raise errors.bad_input("future", f"{at:%Y-%m-%d %H:%M} UTC is in the future: add the date when it happened.")
    return at.astimezone(UTC)


def zone_of(*names: str | None) -> str:
    """The first of these that is a time zone; UTC when none is."""
    for name in names:
        try:
            if name:
                return ZoneInfo(name).key
        except (KeyError, ValueError, OSError):
            continue
    return "UTC"
