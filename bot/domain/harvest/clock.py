"""A time of day as people write it, and the instant that it means. Where no zone stands beside it, it can be the author's own or
UTC: the reading that lies a little before the message is likelier than one that lies ahead, or half a day back."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

_OFFSETS = {
    "utc": 0, "gmt": 0, "z": 0, "bst": 60, "cet": 60, "cest": 120, "eet": 120, "eest": 180, "msk": 180, "ist": 330,
    "jst": 540, "kst": 540, "aest": 600, "aedt": 660, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420,
    "mdt": -360, "pst": -480, "pdt": -420,
}  # fmt: skip
_SHARED = frozenset({"IST", "CST"})  # what several zones are called: who lives in one of them means it
_PLACES = {"et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver", "pt": "America/Los_Angeles"}
ZONE = r"(?P<zone>UTC|GMT|Z|BST|CES?T|EES?T|MSK|IST|[JK]ST|AE[SD]T|[ECMP][SD]?T|[+-]\d{2}:?\d{2})"
HALF = r"(?P<half>[ap]\.?m\b\.?)"
DATE = r"(?P<year>20\d\d)-(?P<month>0\d|1[0-2])-(?P<day>[0-2]\d|3[01])"
MILITARY = r"(?<=\d\d)(?=\d\d\s?(?:Z|UTC|GMT)\b)"  # between hour and minute of "0912Z"
SLACK = timedelta(minutes=5)  # clocks differ, and people round
# Minutes before the message, and how likely such a time is.
_LIKELY = ((10, 0.0), (45, -0.4), (120, -0.9), (300, -1.6), (720, -2.4))
_TELLS = 0.8  # by so much UTC has to be likelier than the zone of the author
_JUST = timedelta(minutes=15)  # a reading in UTC so little before the message is meant,
_THEIRS = -3.0  # unless they wrote their own zone again and again
_UNLIKELY, _AHEAD = -3.2, -3.2

Day = Callable[[date], date | None]


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day. `zone` is the one written beside it; `halved`: with am or pm, as nobody writes UTC; `day` gives the date that
    is meant, of the date of the message; `twice`: it is the hour of a dial, so of the two the one last before the message is meant."""

    hour: int
    minute: int
    second: int = 0
    zone: tzinfo | None = None
    halved: bool = False
    day: Day | None = None
    twice: bool = False

    def at(self, written: datetime, where: tzinfo) -> datetime | None:
        """The instant (UTC) if read in a zone; of the days it could mean the nearest. None where there is no such day."""
        where = self._where(where, written)
        local = written.astimezone(where)
        try:
            base = local.replace(hour=self.hour, minute=self.minute, second=self.second, microsecond=0)
            if self.day:
                meant = self.day(local.date())
                return (
                    base.replace(year=meant.year, month=meant.month, day=meant.day).astimezone(UTC) if meant else None
                )
            days = [(base + timedelta(days=shift)).astimezone(UTC) for shift in (-1, 0, 1)]
        except (ValueError, OverflowError):
            return None
        if self.twice:
            days += [day + timedelta(hours=12) for day in days]
            return max(day for day in days if day <= written + SLACK)
        return min(days, key=lambda day: (abs(day - written), day))

    def _where(self, own: tzinfo, written: datetime) -> tzinfo:
        """The zone that is written; `own` where none is, or where it is called the same."""
        if self.zone is None:
            return own
        name = self.zone.tzname(None)
        return own if name in _SHARED and name in _names(own, written.year) else self.zone


@dataclass(frozen=True, slots=True)
class Where:
    """How times without a zone are read: in the author's zone or in UTC. `lean` is what else they wrote: above zero it speaks
    for UTC, below for their own zone. `known` are times of day, in UTC, that somebody wrote with a zone."""

    own: tzinfo = UTC
    lean: float = 0.0
    known: Collection[tuple[int, int]] = ()

    def read(self, clock: Clock, written: datetime) -> datetime | None:
        """The instant that is meant, UTC."""
        own, utc = clock.at(written, self.own), clock.at(written, UTC)
        if own is None or utc is None or own == utc or clock.halved or clock.zone:
            return own or utc
        if timedelta(0) <= written - utc <= _JUST and self.lean > _THEIRS:
            return utc
        return utc if self.lean + self.speaks(own, utc, written) > _TELLS else own

    def speaks(self, own: datetime, utc: datetime, written: datetime) -> float:
        """Of two readings, how much likelier the one in UTC is by itself; below zero the other."""
        told = ((utc.hour, utc.minute) in self.known) - ((own.hour, own.minute) in self.known)
        return likely(utc, written) - likely(own, written) + told


IN_UTC = Where()


def likely(at: datetime, written: datetime) -> float:
    """How likely it is that a message tells of this instant, 0 at best."""
    before = (written - at).total_seconds() / 60
    if before < -SLACK.total_seconds() / 60:
        return _AHEAD
    return next((weight for most, weight in _LIKELY if before <= most), _UNLIKELY)


def zone(name: str | None) -> tzinfo:
    """The zone of an IANA name; UTC when there is none or it is unknown."""
    if not name:
        return UTC
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return UTC


def of(part: Mapping[str, str | None], day: Day | None = None) -> Clock | None:
    """The time of day that a pattern with the groups of this module has found. None where there is no such time."""
    hour, half = int(part["hour"] or 0), part.get("half")
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.lower().startswith("p") else 0)
    named = part.get("zone")
    return Clock(
        hour,
        int(part.get("minute") or 0),
        int(part.get("second") or 0),
        _named(named) if named else None,
        bool(half),
        _written_day(part) if part.get("year") else day,
    )


def _written_day(part: Mapping[str, str | None]) -> Day:
    year, month, number = (int(part[name] or 0) for name in ("year", "month", "day"))
    return lambda _: date(year, month, number) if number <= monthrange(year, month)[1] else None


def _named(name: str) -> tzinfo:
    name = name.lower()
    if name in _PLACES:
        return zone(_PLACES[name])
    known = _OFFSETS.get(name)
    if known is None:
        sign = -1 if name[0] == "-" else 1
        known = sign * (int(name[1:3]) * 60 + int(name[-2:]))
    return timezone(timedelta(minutes=known), name.upper())


@lru_cache(maxsize=256)
def _names(zone: tzinfo, year: int) -> frozenset[str | None]:
    """What a zone is called in winter and in summer."""
    return frozenset(datetime(year, month, 1, tzinfo=zone).tzname() for month in (1, 7))
