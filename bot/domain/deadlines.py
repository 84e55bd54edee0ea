"""When the meeting must have taken place, and when an action item is due. The guides give the two numbers and never say
how to count; the definition is here, written so that a person can follow the count line by line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain import business_time, errors, phrases
from bot.domain.business_time import Calendar

SEV1_CALENDAR_DAYS = 3
SEV2_BUSINESS_DAYS = 5
ACTION_ITEM_DAYS = (15, 30)
_ONE_DAY = timedelta(days=1)


class Roll(StrEnum):
    """What happens to a SEV-1 deadline whose last day is not a working day: nothing, or it is pulled back."""

    NONE = "none"
    BACK = "back"


class AnchorSource(StrEnum):
    """Where the start of the count comes from, in the order of preference."""

    RESOLVED_AT = "resolved_at"
    SEVERITY_END = "severity_end"
    CALL_END = "call_end"
    CREATED = "created"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Anchor:
    """The instant (UTC) that starts the count. Provisional until somebody enters when the incident really ended."""

    at: datetime
    source: AnchorSource
    provisional: bool

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", business_time.to_utc(self.at, "anchor"))


@dataclass(frozen=True, slots=True)
class Deadline:
    """`last_day` is the last local day that counts; `due` (UTC) is the first instant that is too late; `working` tells
    how it was counted, a line a step."""

    last_day: date
    due: datetime
    provisional: bool
    working: tuple[str, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "due", business_time.to_utc(self.due, "due"))

    def met_by(self, start: datetime) -> bool:
        """Whether a meeting that starts at `start` is in time: strictly before `due` (R-11)."""
        return business_time.to_utc(start, "start") < self.due


def anchor(
    *,
    created_at: datetime,
    resolved_at: datetime | None = None,
    severity_ended_at: datetime | None = None,
    call_ended_at: datetime | None = None,
) -> Anchor:
    """The best known end of the incident: resolved, else when it left SEV-2, else the end of the call, else the making
    of the record, which is provisional. Never the assignment: a new owner must not move the deadline."""
    for at, source in (
        (resolved_at, AnchorSource.RESOLVED_AT),
        (severity_ended_at, AnchorSource.SEVERITY_END),
        (call_ended_at, AnchorSource.CALL_END),
    ):
        if at is not None:
            return Anchor(at, source, provisional=False)
    return Anchor(created_at, AnchorSource.CREATED, provisional=True)


def uses_calendar_days(severity: int | None) -> bool:
    """SEV-1, and an unknown severity, count calendar days; everything below counts business days. Raises BadInput for a
    number that is no severity."""
    if severity is not None and severity < 1:
        raise errors.bad_input("bad_severity", "The severity must be 1 or higher: 1 is the worst.")
    return severity is None or severity == 1


def meeting_deadline(
    severity: int | None,
    anchor: datetime,
    calendar: Calendar,
    *,
    roll: Roll = Roll.NONE,
    provisional: bool = False,
) -> Deadline:
    """By when the meeting must start (R-11): 3 calendar days for SEV-1, 5 business days below it, the day of the anchor
    not counted. An unknown severity gets the stricter rule and is provisional. Naive anchor: ValueError."""
    start = business_time.local_date(anchor, calendar.tz)
    what = (
        "the post-mortem was opened, since the end of the incident is not known"
        if provisional
        else "the incident ended"
    )
    head = f"{phrases.day(start)}: {what}, not counted"
    if uses_calendar_days(severity):
        last_day, lines = _calendar_days(start, calendar, roll)
    else:
        last_day, lines = _business_days(start, calendar)
    due = business_time.first_instant(last_day + _ONE_DAY, calendar.tz)
    return Deadline(last_day, due, provisional or severity is None, (head, *lines))


def action_item_deadline(
    severity: int | None, anchor: datetime, calendar: Calendar, days: tuple[int, int] = ACTION_ITEM_DAYS
) -> Deadline:
    """When a ticket from this post-mortem is due: 15 calendar days after a SEV-1, 30 after the others, configurable as
    `days` (R-31). Naive anchor: ValueError."""
    length = days[0] if uses_calendar_days(severity) else days[1]
    if length < 1:
        raise errors.bad_input("bad_days", "Action items need at least one day: check the settings.")
    start = business_time.local_date(anchor, calendar.tz)
    last_day = start + timedelta(days=length)
    due = business_time.first_instant(last_day + _ONE_DAY, calendar.tz)
    return Deadline(last_day, due, severity is None, (f"{length} calendar days after {phrases.day(start)}",))


def describe(deadline: Deadline, calendar: Calendar) -> str:
    """How a person reads it: `Thu 26 Nov 2026, end of day, America/New_York`."""
    mark = " (provisional)" if deadline.provisional else ""
    return f"{phrases.day(deadline.last_day)}, end of day, {calendar.tz}{mark}"


def _calendar_days(start: date, calendar: Calendar, roll: Roll) -> tuple[date, list[str]]:
    days = [start + timedelta(days=n) for n in range(1, SEV1_CALENDAR_DAYS + 1)]
    lines = [f"{phrases.day(day)}: calendar day {n}" for n, day in enumerate(days, 1)]
    last_day = days[-1]
    if roll is Roll.NONE or business_time.is_working_day(calendar, last_day):
        return last_day, lines
    working = [day for day in days if business_time.is_working_day(calendar, day)]
    # Rolling back to the day of the incident, or before it, would leave no time at all.
    if not working:
        return last_day, [*lines, "No working day among them: not pulled back"]
    return working[-1], [*lines, f"Pulled back to the last working day, {phrases.day(working[-1])}"]


def _business_days(start: date, calendar: Calendar) -> tuple[date, list[str]]:
    lines: list[str] = []
    counted, idle, day = 0, 0, start
    while counted < SEV2_BUSINESS_DAYS:
        day += _ONE_DAY
        if business_time.is_working_day(calendar, day):
            counted, idle = counted + 1, 0
            lines.append(f"{phrases.day(day)}: business day {counted}")
            continue
        idle += 1
        if idle > business_time.SEARCH_DAYS:
            raise business_time.no_working_day()
        why = "weekend" if day.weekday() in calendar.weekend else "holiday"
        lines.append(f"{phrases.day(day)}: {why}, not counted")
    return day, lines
