"""A line of the timeline typed behind a command: a time in one of the forms in which people write it, and what happened then.
Only what can be nothing but a time is taken for one; the rest is text, to the letter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain import errors
from bot.domain.postmortem import Times
from bot.listeners import typed_times

NO_TIME = (
    "Begin with the time: `/postmortem timeline add 14:02 UTC checkout answers again`. It may have a date or a word before it, as "
    "in `2026-11-23 23:58`, `yesterday 23:58` or `about 14:02`."
)
NO_TEXT = "Say what happened after the time: `/postmortem timeline add 14:02 UTC checkout answers again`."
# A time without a date is the last one that there was: what lies near a window counts as in it, so a little less than a day.
_LAST = timedelta(hours=22)

_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_ISO, _WORD = r"\d{4}-\d{1,2}-\d{1,2}", "today|yesterday"
_DAY = (
    rf"(?:{_ISO}|\d{{1,2}}[./-]\d{{1,2}}(?:[./-]\d{{2,4}})?|\d{{1,2}}(?:st|nd|rd|th)?\.? {_MONTH}\.?(?: \d{{4}})?"
    rf"|{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?|{_WORD}"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?)"
)
_ABOUT = r"(?:~|≈|(?:about|around|approx(?:imately)?|roughly|circa|ca)\b\.?)"
# Those that typed_times knows by name, and others by what they stand for.
_ZONES = {
    "MSK": "+03:00", "IST": "+05:30", "KST": "+09:00", "AEDT": "+11:00",
    **dict.fromkeys((
        "WET", "BST", "CET", "CEST", "EET", "EEST", "JST", "AEST", "EDT", "EST", "CDT", "CST", "MDT", "MST", "PDT", "PST",
    ), ""),
}  # fmt: skip
_CLOCK = r"[0-2]?\d:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?"
_HALF = r"\s?[ap]\.?m\b\.?"
# `1402` and `14h02` are times where a zone stands behind them, and most often none where it does not.
_BARE = r"(?:\d{4}|\d{1,2}[.h]\d{2})(?=\s?(?:UTC|GMT|Z)\b)"
_ZONE = (
    r"\s?(?:UTC|GMT)(?:\s?[+-]\d{1,2}(?::?\d{2})?)?(?!\w)|\s?Z(?!\w)|(?:\s?\+|\s-)(?:0\d|1[0-4]):?\d{2}(?!\d|:)"
    rf"|\s(?-i:{'|'.join(_ZONES)})(?!\w)"
)
_PLACE = r"\s(?-i:[A-Z][A-Za-z]+(?:/[A-Z][A-Za-z_+-]+){1,2})(?![\w/])"
_TIME = re.compile(
    rf"(?P<about>{_ABOUT}\s*)?(?:(?:at|on)\s+)?[\[(]?(?:(?P<day>{_DAY})(?:T|,?\s+(?:at\s+)?(?P<there>{_ABOUT}\s*)?))?(?:at\s+)?"
    rf"(?P<clock>{_CLOCK}(?:{_HALF})?|\d{{1,2}}{_HALF}|{_BARE})(?P<zone>{_ZONE})?(?P<place>{_PLACE})?"
    rf"(?(day)|(?:,?\s(?P<after>{_ISO}|{_WORD}|(?<=\s)on\s{_DAY})(?!\w))?)[\])]?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:[-–—:|,>]{1,2}|→)?(?:\s+|\Z)|\s*→\s*")
_RANGE = re.compile(r"\s*(?:[-–—]|to|until|till)\s*\d{1,2}:\d{2}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TypedLine:
    """`time` is what was typed of the time, in a form that `typed_times` reads; `dated` and `zoned` say what it names itself."""

    time: str
    text: str
    approximate: bool
    dated: bool
    zoned: bool


def split(typed: str) -> TypedLine:
    """The time and the text. Raises BadInput for a line without either, and for two times."""
    line = typed.strip()
    found = _TIME.match(line)
    if found is None:
        raise errors.bad_input("no_time", NO_TIME)
    place = (found["place"] or "").strip()
    named = place if typed_times.zone_of(place) == place else ""
    # `CPU/memory` is no place: it is what happened.
    rest = line[found.end() if named or not place else found.start("place") :]
    if _RANGE.match(rest):
        raise errors.bad_input("several", typed_times.ONE)
    between = _BETWEEN.match(rest)
    if between is None:
        raise errors.bad_input("no_time", NO_TIME)
    text = rest[between.end() :].strip()
    if not text:
        raise errors.bad_input("no_text", NO_TEXT)
    day = found["day"] or re.sub(r"\Aon\s", "", found["after"] or "", flags=re.IGNORECASE)
    zone = (found["zone"] or "").strip()
    time = " ".join(filter(None, (day, found["clock"], _ZONES.get(zone) or zone, named)))
    about = bool(found["about"] or found["there"])
    return TypedLine(time, text, about, dated=bool(day), zoned=bool(zone or named))


def at(line: TypedLine, times: Times, opened: datetime, zone: str, now: datetime) -> datetime:
    """The instant, UTC. Without a date it is the last such time that is near the incident. Raises BadInput."""
    start = times.started_at or times.detected_at or opened
    end = min(times.resolved_at or now, now)
    return typed_times.parse(line.time, zone=zone, now=now, window=(max(min(start, end), end - _LAST), end))
