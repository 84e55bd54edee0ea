"""Times that people write in front of a line. A scribe who writes "14:02 UTC - ..." at 14:20 means 14:02; a time with
no zone is read in the author's, and of the days it could mean the one nearest to the message is taken."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

_OFFSETS = {
    "utc": 0, "gmt": 0, "z": 0, "bst": 60, "cet": 60, "cest": 120, "eet": 120, "eest": 180, "msk": 180, "ist": 330,
    "jst": 540, "kst": 540, "aest": 600, "aedt": 660, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420,
    "mdt": -360, "pst": -480, "pdt": -420,
}  # fmt: skip
_ZONE = r"(?P<zone>UTC|GMT|Z|BST|CES?T|EES?T|MSK|IST|[JK]ST|AE[SD]T|[ECMP][SD]T|[+-]\d{2}:?\d{2})"
_CLOCK = r"(?P<hour>[01]?\d|2[0-3])[:.h](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,]\d{1,9})?)?"
_CLOCK += r"\s?(?P<half>[ap]\.?m\b\.?)?"
_DATE = r"(?P<year>20\d\d)-(?P<month>0\d|1[0-2])-(?P<day>[0-2]\d|3[01])"
_LEADING = re.compile(
    rf"[\[(~]{{0,2}}(?:{_DATE}[T ,]\s?)?{_CLOCK}\s?\(?(?:{_ZONE}(?![\w]))?[\])]?\s{{0,3}}"
    r"(?P<mark>[-–—:|,>]{1,2}(?=\s|$)|→)?\s*(?=\S)",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    rf"(?:\b(?:at|since|around|from|about|by|after)|~|@)\s?~?(?:{_DATE}[T ]\s?)?{_CLOCK}\s?(?:{_ZONE}(?![\w]))?", re.I
)
_AGO = re.compile(r"\b(?:about |around |~)?(?P<n>\d{1,3}|an?)\s?(?P<unit>min(?:ute)?s?|m|h(?:ou)?rs?|h)\s+ago\b", re.I)


_YESTERDAY = re.compile(r"\b(?:yesterday|last night)\b", re.I)


def zone(name: str | None) -> tzinfo:
    """The zone of an IANA name; UTC when there is none or it is unknown."""
    if not name:
        return UTC
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return UTC


def leading(line: str, written: datetime, tz: str | None = None) -> tuple[datetime, str] | None:
    """The time that a line opens with (UTC) and the rest of the line, or None. `written` is when it was posted."""
    if not line[:1].isdigit() and line[:1] not in "[(~":
        return None
    found = _LEADING.match(line)
    if found is None or not (found["zone"] or found["mark"] or found["year"]):
        return None
    if not (found["zone"] or found["half"] or found["year"]) and len(found["hour"]) < 2 and found["mark"] == ":":
        return None
    at = _resolve(found, written, tz)
    return (at, line[found.end() :]) if at else None


def mentioned(line: str, written: datetime, tz: str | None = None) -> datetime | None:
    """A time that a line tells of ("since ~08:30 UTC", "20 minutes ago"), UTC, or None. Never in the future."""
    ago = _AGO.search(line)
    if ago:
        count = 1 if ago["n"].lower().startswith("a") else int(ago["n"])
        return written - timedelta(minutes=count * (60 if ago["unit"].lower().startswith("h") else 1))
    found = _INSIDE.search(line)
    at = _resolve(found, written, tz) if found else None
    if at and found and not found["year"] and _YESTERDAY.search(line):
        return _on_the_day_before(at, written, tz)
    late = written + timedelta(minutes=5)
    if at and found and at > late and not found["year"]:
        at -= timedelta(days=1)
    return at if at and at <= late else None


def _on_the_day_before(at: datetime, written: datetime, tz: str | None) -> datetime:
    """The same time of day on the day before the message, as its author counts days."""
    where = zone(tz)
    clock, today = at.astimezone(where), written.astimezone(where)
    day = today.date() - timedelta(days=1)
    return datetime.combine(day, clock.timetz().replace(tzinfo=None), where).astimezone(UTC)


def _resolve(found: re.Match[str], written: datetime, tz: str | None) -> datetime | None:
    hour = int(found["hour"])
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"].lower().startswith("p") else 0)
    where = _offset(found["zone"]) if found["zone"] else zone(tz)
    clock = (hour, int(found["minute"]), int(found["second"] or 0))
    try:
        if found["year"]:
            day = (int(found["year"]), int(found["month"]), int(found["day"]))
            return datetime(*day, *clock, tzinfo=where).astimezone(UTC)
        return _nearest(clock, written, where)
    except (ValueError, OverflowError):
        return None


def _nearest(clock: tuple[int, int, int], written: datetime, where: tzinfo) -> datetime:
    local = written.astimezone(where)
    base = local.replace(hour=clock[0], minute=clock[1], second=clock[2], microsecond=0)
    days = (base + timedelta(days=shift) for shift in (-1, 0, 1))
    return min((day.astimezone(UTC) for day in days), key=lambda day: (abs(day - written), day))


def _offset(name: str) -> tzinfo:
    known = _OFFSETS.get(name.lower())
    if known is None:
        sign = -1 if name[0] == "-" else 1
        known = sign * (int(name[1:3]) * 60 + int(name[-2:]))
    return timezone(timedelta(minutes=known))
