"""From where the deadline of a record is counted, and that in one line: `resolved Fri 20 Nov 23:30 New York; 3 calendar
days; last day Mon 23 Nov`. Whoever doubts a date must be able to follow it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.domain import deadlines, due_line, phrases
from bot.domain.business_time import zone
from bot.domain.deadlines import Anchor, AnchorSource, Deadline
from bot.domain.postmortem import Postmortem

_SOURCES: Mapping[AnchorSource, str] = {
    AnchorSource.RESOLVED_AT: "resolved",
    AnchorSource.SEVERITY_END: "no longer a SEV-2",
    AnchorSource.CALL_END: "call over",
    AnchorSource.CREATED: "opened",
    AnchorSource.MERGED: "last heard of",
}


def anchor(record: Postmortem) -> Anchor:
    """The best known end of the incident; of one that took another in whose end is not known, the last that is known of both."""
    waits = [each.counted_from for each in record.took_in if each.counted_from is not None]
    if waits and record.times.resolved_at is None:
        return Anchor(max(waits), AnchorSource.MERGED, provisional=True)
    return deadlines.anchor(
        resolved_at=record.times.resolved_at,
        severity_ended_at=record.severity_ended_at,
        call_ended_at=record.end_of_call_at,
        created_at=record.created_at,
    )


def line(record: Postmortem, deadline: Deadline) -> str:
    """How the deadline of this record comes about, with what it waits for while it is provisional."""
    told = said(anchor(record), record.severity, deadline, record.business_tz) + together(record)
    return f"{told} (provisional until {due_line.waits_for(record)})" if deadline.provisional else told


def together(record: Postmortem) -> str:
    """`; the later of two ends, merged with PM-9`: what it took in, and whether its end is still the one that this gave it."""
    if not record.took_in:
        return ""
    names = phrases.listing([each.name for each in record.took_in])
    kept = record.times.resolved_at is not None and record.times.resolved_at == record.took_in[-1].after.resolved_at
    which = "the later of two ends, " if len(record.took_in) == 1 else "the latest of their ends, "
    return f"; {which if kept else ''}merged with {names}"


def said(start: Anchor, severity: int | None, deadline: Deadline, tz: str) -> str:
    """The same for any incident: from when, how many days of which kind, until which day."""
    at = start.at.astimezone(zone(tz))
    since = f"{_SOURCES[start.source]} {_day(at.date())} {at:%H:%M} {place(tz)}"
    if deadlines.uses_calendar_days(severity):
        days = f"{deadlines.SEV1_CALENDAR_DAYS} calendar days"
        last = at.date().toordinal() + deadlines.SEV1_CALENDAR_DAYS
        days += ", back to a working day" if deadline.last_day.toordinal() < last else ""
    else:
        days = f"{deadlines.SEV2_BUSINESS_DAYS} business days"
    return f"{since}; {days}; last day {_day(deadline.last_day)}"


def place(tz: str) -> str:
    """`New York`: the zone as people say it."""
    return tz.rpartition("/")[2].replace("_", " ") if "/" in tz and not tz.startswith("Etc/") else tz


def _day(value: date) -> str:
    return phrases.day(value).rpartition(" ")[0]
