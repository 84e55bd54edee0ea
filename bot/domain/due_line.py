"""How the deadline is told to people: one short line with the day and the zone, and what it still waits for. Cards, DMs
and the document say it in the same words."""

from __future__ import annotations

from bot.domain import phrases
from bot.domain.deadlines import Deadline
from bot.domain.postmortem import Postmortem

THE_END = "the end of the incident is given"


def text(deadline: Deadline, tz: str, waits_for: str = THE_END) -> str:
    """`due Thu 26 Nov, end of day, America/New_York`, with a remark while it is provisional (R-11)."""
    weekday, number, month, _year = phrases.day(deadline.last_day).split(" ")
    line = f"due {weekday} {number} {month}, end of day, {tz}"
    return f"{line} (provisional until {waits_for})" if deadline.provisional else line


def waits_for(record: Postmortem) -> str:
    """What must be known before the deadline stands: the severity, the end of the incident, or both."""
    open_end = any(each.counted_from is not None for each in record.took_in)
    ended = record.times.resolved_at or (not open_end and (record.severity_ended_at or record.end_of_call_at))
    if record.severity is not None:
        return THE_END
    return "the severity is set" if ended else "the severity is set and " + THE_END
