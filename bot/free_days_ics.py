"""Whole days out of a calendar file (RFC 5545): events whose beginning is a date, for as many days as they last, repeated
by their rules. Events with a time of day are meetings and not holidays: they are left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from dateutil import rrule

_ONE_DAY = timedelta(days=1)
_TOO_OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}
LONGEST = 400


def read(text: str, name: str, years: range) -> frozenset[date]:
    """The dates of all such events within `years`. Raises ValueError with a sentence that names the file."""
    import icalendar

    try:
        calendars = icalendar.Calendar.from_ical(text, multiple=True)
        events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
        return frozenset(_days(events, years))
    except _Refused as refusal:
        raise ValueError(f"The file {name} cannot be used: {refusal}") from None
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError) as error:
        raise ValueError(f"The file {name} cannot be read as a calendar: export it anew as .ics.") from error


class _Refused(Exception):
    """An event makes no sense as a holiday; the text says why."""


def _days(events: Iterable[Any], years: range) -> Iterator[date]:
    kept = [
        event for event in events if str(event.get("STATUS", "")).upper() != "CANCELLED" or "RECURRENCE-ID" in event
    ]
    moved = {
        (str(event.get("UID", "")), event["RECURRENCE-ID"].dt) for event in kept if "RECURRENCE-ID" in event
    }  # fmt: skip
    for event in kept:
        start = event["DTSTART"].dt if "DTSTART" in event else None
        cancelled = str(event.get("STATUS", "")).upper() == "CANCELLED"
        if start is None or isinstance(start, datetime) or cancelled:
            continue
        length = _length(event, start)
        taken = (
            {day for uid, day in moved if uid == str(event.get("UID", ""))} if "RECURRENCE-ID" not in event else set()
        )
        for first in _starts(event, start, years):
            if first not in taken:
                yield from (first + timedelta(days=each) for each in range(length))


def _length(event: Any, start: date) -> int:
    """In days; the end of an event is the first day that is free of it."""
    if "DTEND" in event:
        end = event["DTEND"].dt
        length = ((end.date() if isinstance(end, datetime) else end) - start).days
    else:
        length = event["DURATION"].dt.days if "DURATION" in event else 1
    if length > LONGEST:
        raise _Refused(f"the event of {start} lasts {length} days.")
    return max(length, 1)


def _starts(event: Any, start: date, years: range) -> Iterator[date]:
    """The first day of each occurrence. A day that repeats is followed through `years`, a single one is taken as it is."""
    left_out = set(_listed(event, "EXDATE"))
    found = {start, *_listed(event, "RDATE")}
    rules = event.get("RRULE", [])
    for rule in rules if isinstance(rules, list) else [rules]:
        found |= _repeated(rule, start, years)
    yield from sorted(found - left_out)


def _repeated(rule: Any, start: date, years: range) -> set[date]:
    if _TOO_OFTEN & {str(each).upper() for each in rule.get("FREQ", [])}:
        raise _Refused(f"the event of {start} repeats more often than daily.")
    told = rule.copy()
    # A whole day has no zone: neither has the end of its repetition.
    told["UNTIL"] = [each.date() if isinstance(each, datetime) else each for each in rule.get("UNTIL", [])]
    if not told["UNTIL"]:
        del told["UNTIL"]
    begin = datetime(start.year, start.month, start.day)  # noqa: DTZ001 - a day of the calendar, nowhere
    every = rrule.rrulestr(told.to_ical().decode(), dtstart=begin)
    window = (datetime(years[0], 1, 1), datetime(years[-1], 12, 31))  # noqa: DTZ001
    return {each.date() for each in every.between(*window, inc=True)}


def _listed(event: Any, name: str) -> Iterator[date]:
    values = event.get(name, [])
    for value in values if isinstance(values, list) else [values]:
        for each in value.dts:
            day = each.dt[0] if isinstance(each.dt, tuple) else each.dt
            yield day.date() if isinstance(day, datetime) else day
