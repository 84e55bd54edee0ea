"""Which of the incident's own times tells of an event that every timeline should have."""

from __future__ import annotations

from datetime import datetime

from bot.domain.harvest.finding import TimelineKind
from bot.domain.postmortem import Times


def of(times: Times, kind: TimelineKind) -> datetime | None:
    """When the record says that it happened; None where it says nothing of that kind."""
    match kind:
        case TimelineKind.impact_start:
            return times.started_at
        case TimelineKind.page | TimelineKind.detection:
            return times.detected_at
        case TimelineKind.resolved:
            return times.resolved_at
        case _:
            return None
