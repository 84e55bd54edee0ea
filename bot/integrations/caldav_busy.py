"""When a calendar is taken, out of the VFREEBUSY that its server answers with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from icalendar import Calendar

from bot.domain.calendar_event import Span
from bot.integrations.caldav_errors import NONSENSE
from bot.ports.errors import IntegrationError


def read(content: str) -> list[Span]:
    """The times that are taken, in order; what is only tentative is taken too."""
    try:
        found = [span for entry in Calendar.from_ical(content).walk("VFREEBUSY") for span in _spans(entry)]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise IntegrationError(NONSENSE, name="bad_answer", retryable=True) from error
    return sorted(set(found), key=lambda span: (span.start, span.end))


def _spans(entry: Any) -> Iterator[Span]:
    listed = entry.get("FREEBUSY", [])
    for each in listed if isinstance(listed, list) else [listed]:
        if str(each.params.get("FBTYPE", "BUSY")).upper() != "FREE":
            yield Span(_utc(each.start), _utc(each.end))


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
