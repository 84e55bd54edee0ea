"""The meeting as people are told of it, under one number (RFC 5545, 3.8.7.4): whatever carries it, be it a file, the shared calendar or
mail, carries this SEQUENCE, and another one as soon as it is another meeting for those who are invited."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from bot.domain.invitation import Event


@dataclass(frozen=True, slots=True)
class Version:
    """What the invited were told last, as its `fingerprint`, and its number."""

    postmortem_id: str
    fingerprint: str
    sequence: int


def fingerprint(event: Event) -> str:
    """What makes it another meeting for the invited: not how it is worded, nor why somebody is invited."""
    people = sorted((each.address, each.optional) for each in event.attendees)
    told = (
        event.booking, event.start.isoformat(), event.end.isoformat(), event.summary, event.url, event.shared,
        event.organizer.address, event.cancelled, people,
    )  # fmt: skip
    return hashlib.sha256(repr(told).encode("utf-8", "replace")).hexdigest()


def after(last: Version | None, event: Event, record_id: str, out: int = -1) -> Version:
    """The version that the event is: the last one, or one with a higher number. `out` is the highest number that is known to be outside,
    also one that people made by changing it in the calendar."""
    told = fingerprint(event)
    if last is not None and last.fingerprint == told:
        return last
    before = max(out, last.sequence if last else -1)
    return Version(record_id, told, max(event.booking, before + 1))


def raised(last: Version, event: Event, sequence: int) -> Version | None:
    """The same version under at least that number; None where the event is not that version any more."""
    if last.fingerprint != fingerprint(event):
        return None
    return replace(last, sequence=max(last.sequence, sequence))
