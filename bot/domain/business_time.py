"""Local days and working hours. Deadlines are counted in the organisation's days, never in multiples of 24 hours, so
everything that must know where a day begins, or whether people are at work, asks this module. All instants that go in
are aware and all that come out are in UTC."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.domain import errors

SATURDAY, SUNDAY = 5, 6
FIRST_YEAR, LAST_YEAR = 1970, 9000
# Longer than any closing of an office; a calendar without a working day in it is a mistake in the settings.
SEARCH_DAYS = 400
_ONE_DAY = timedelta(days=1)


@lru_cache(maxsize=512)
def zone(tz: str) -> ZoneInfo:
    """The zone of an IANA name. Raises BadInput for a name that does not exist."""
    try:
        return ZoneInfo(tz)
    except (KeyError, ValueError, OSError) as error:
        text = f"{tz!r} is not a time zone: give an IANA name such as Europe/London."
        raise errors.bad_input("unknown_zone", text) from error


def zone_or(tz: str | None, otherwise: str) -> str:
    """The name where it is one of a zone that this machine knows, else the other one."""
    try:
        return zone(tz).key if tz else otherwise
    except errors.BadInput:
        return otherwise


def to_utc(value: datetime, name: str = "the time") -> datetime:
    """The same instant in UTC. A naive value is a bug in the caller: ValueError. A year that no calendar of ours covers
    is somebody's typing mistake: BadInput."""
    if value.tzinfo is None or value.utcoffset() is None:
        raise ValueError(f"{name} must be an aware datetime, and it has no time zone")
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        text = f"The year {value.year} cannot be right: give a date after {FIRST_YEAR}."
        raise errors.bad_input("year_out_of_range", text)
    return value.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Calendar:
    """When the organisation works: IANA zone, weekend (Monday is 0), holidays as local dates, office hours as local
    times. It is frozen on a record when the record is made, so that a later setting does not move old deadlines."""

    tz: str = "UTC"
    weekend: frozenset[int] = frozenset({SATURDAY, SUNDAY})
    holidays: frozenset[date] = frozenset()
    hours: tuple[time, time] = (time(9), time(17))

    def __post_init__(self) -> None:
        zone(self.tz)
        opens, closes = self.hours
        if opens.tzinfo is not None or closes.tzinfo is not None or opens >= closes:
            raise errors.bad_input("bad_hours", "Working hours must be two local times, the earlier one first.")
        if not self.weekend <= set(range(7)) or len(self.weekend) == 7:
            raise errors.bad_input("bad_weekend", "The weekend must be days from 0 (Monday) to 6, and not all of them.")
        if any(isinstance(holiday, datetime) for holiday in self.holidays):
            raise ValueError("holidays must be dates; a datetime would never be equal to a day")


def local_date(at: datetime, tz: str) -> date:
    """The local day that an aware instant belongs to; midnight belongs to the new day."""
    return to_utc(at).astimezone(zone(tz)).date()


def instant_of(day: date, at: time, tz: str) -> datetime:
    """The first instant (UTC) at which the local clock of `tz` shows `at` on `day`, or later. Where clocks jump over
    that reading it is the instant of the jump; where they show it twice, it is the first time."""
    local_zone = zone(tz)
    # Of a reading that comes twice the first is meant, whatever the caller says.
    wanted = datetime.combine(day, at.replace(fold=0))
    candidate = wanted.replace(tzinfo=local_zone).astimezone(UTC)
    if candidate.astimezone(local_zone).replace(tzinfo=None) == wanted:
        return candidate
    # In a gap: fold=0 takes the offset before the jump, so the jump is at the candidate or up to a day before it.
    below, above = int((candidate - _ONE_DAY).timestamp()), int(candidate.timestamp())
    while above - below > 1:
        middle = (below + above) // 2
        reads = datetime.fromtimestamp(middle, local_zone).replace(tzinfo=None)
        below, above = (below, middle) if reads >= wanted else (middle, above)
    return datetime.fromtimestamp(above, UTC)


def first_instant(day: date, tz: str) -> datetime:
    """The first instant (UTC) of a local day: midnight, or later where the clocks jump over midnight (Santiago)."""
    return instant_of(day, time.min, tz)


def is_working_day(calendar: Calendar, day: date) -> bool:
    """Neither weekend nor holiday."""
    return day.weekday() not in calendar.weekend and day not in calendar.holidays


def working_hours(calendar: Calendar, day: date) -> tuple[datetime, datetime] | None:
    """Opening (inclusive) and closing (exclusive) of a local day in UTC; None when nobody works that day."""
    if not is_working_day(calendar, day):
        return None
    opens, closes = (instant_of(day, at, calendar.tz) for at in calendar.hours)
    return (opens, closes) if opens < closes else None


def is_working_moment(calendar: Calendar, at: datetime) -> bool:
    """Whether an aware instant is inside working hours."""
    moment = to_utc(at)
    hours = working_hours(calendar, local_date(moment, calendar.tz))
    return hours is not None and hours[0] <= moment < hours[1]


def no_working_day() -> errors.BadInput:
    """The refusal for a calendar in which nobody ever works."""
    text = f"There is no working day within {SEARCH_DAYS} days: check the weekend and the holidays in the settings."
    return errors.bad_input("no_working_day", text)


def spans_from(calendar: Calendar, day: date, *, backwards: bool = False) -> Iterator[tuple[datetime, datetime]]:
    """The working hours of `day` and of the days after it (or before it), working days only. Raises BadInput when the
    calendar has none for more than a year."""
    idle = 0
    while idle < SEARCH_DAYS:
        hours = working_hours(calendar, day)
        idle = 0 if hours else idle + 1
        if hours:
            yield hours
        day = day - _ONE_DAY if backwards else day + _ONE_DAY
    raise no_working_day()


def next_working_moment(calendar: Calendar, at: datetime) -> datetime:
    """The instant itself inside working hours, else the next opening, in UTC."""
    moment = to_utc(at)
    spans = spans_from(calendar, local_date(moment, calendar.tz))
    return next(max(opens, moment) for opens, closes in spans if moment < closes)


def last_working_moment_before(calendar: Calendar, at: datetime, *, lead: timedelta = timedelta(hours=1)) -> datetime:
    """The instant itself inside working hours, else the beginning of the last working hour (`lead` before closing) that
    is not after it, in UTC: what comes out leaves people some of the day to act."""
    moment = to_utc(at)
    if is_working_moment(calendar, moment):
        return moment
    for opens, closes in spans_from(calendar, local_date(moment, calendar.tz), backwards=True):
        if closes <= moment:
            return max(opens, closes - lead)
    raise AssertionError("unreachable: spans_from ends by raising")


def daily(calendar: Calendar, at: time, after: datetime) -> Iterator[datetime]:
    """The instants (UTC) after `after` for something that is done at the local time `at` on each working day: exactly one a
    local day, however the clocks change. A reading that clocks show twice counts the first time; one that they jump over is the
    jump, or the day's last second where the jump ends the day. Raises BadInput when there is no working day for a year."""
    moment = to_utc(after, "after")
    day, idle = local_date(moment, calendar.tz), 0
    while idle < SEARCH_DAYS:
        when = _once(calendar, day, at)
        idle = 0 if when else idle + 1
        if when and when > moment:
            yield when
        day += _ONE_DAY
    raise no_working_day()


def _once(calendar: Calendar, day: date, at: time) -> datetime | None:
    if not is_working_day(calendar, day):
        return None
    last = first_instant(day + _ONE_DAY, calendar.tz) - timedelta(seconds=1)
    when = min(instant_of(day, at, calendar.tz), last)
    # Where the calendar left a day out (Samoa 2011) nothing can be done on it.
    return when if local_date(when, calendar.tz) == day else None


def add_working_time(calendar: Calendar, start: datetime, amount: timedelta) -> datetime:
    """The earliest instant (UTC) by which `amount` of working time has passed since `start`. It may be exactly a
    closing time; what is to be sent to a person then goes through `next_working_moment`. Negative: ValueError."""
    if amount < timedelta():
        raise ValueError("amount must not be negative")
    moment = to_utc(start, "start")
    if not amount:
        return moment
    for opens, closes in spans_from(calendar, local_date(moment, calendar.tz)):
        begins = max(opens, moment)
        if begins >= closes:
            continue
        if amount <= closes - begins:
            return begins + amount
        amount -= closes - begins
    raise AssertionError("unreachable: spans_from ends by raising")
