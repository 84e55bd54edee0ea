"""How long an incident was SEV-1 and SEV-2, from the history of its severity (R-62): computed, so that nobody has to add
up minutes, and editable, since the history is only as good as what was entered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

Change = tuple[datetime, int]
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """From an aware instant to another it had this severity."""

    start: datetime
    end: datetime
    severity: int


def stretches(
    entered: Iterable[Change], said: Iterable[Change], final: int | None, start: datetime | None, end: datetime | None
) -> tuple[Stretch, ...]:
    """The incident cut at each change of severity. `entered` are the changes that people recorded, `said` those that the
    channel named; changes that were entered while it lasted go before what was said, and where there are neither, all of it
    had the `final` severity. Empty while its times or its severity are not known."""
    if start is None or end is None or end <= start:
        return ()
    for known in (sorted(entered), sorted(said)):
        changes = _cut(known, start, end)
        if changes:
            ends = [at for at, _ in changes[1:]] + [end]
            return _merged(
                Stretch(at, until, severity) for (at, severity), until in zip(changes, ends, strict=True) if until > at
            )
    return () if final is None else (Stretch(start, end, final),)


def minutes(parts: Iterable[Stretch], severity: int) -> int:
    """Whole minutes at this severity, rounded."""
    total = sum((part.end - part.start for part in parts if part.severity == severity), timedelta())
    return round(total / _MINUTE)


def _merged(parts: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """What was said again is no change."""
    merged: list[Stretch] = []
    for part in parts:
        if merged and merged[-1].severity == part.severity:
            part = Stretch(merged.pop().start, part.end, part.severity)
        merged.append(part)
    return tuple(merged)


def _cut(changes: list[Change], start: datetime, end: datetime) -> list[Change]:
    """Those within the incident; what held at its beginning counts from its beginning. Empty when none is within."""
    within = [change for change in changes if start < change[0] < end]
    before = [severity for at, severity in changes if at <= start]
    if not within and not before:
        return []
    first = before[-1] if before else within[0][1]
    return [(start, first), *within]
