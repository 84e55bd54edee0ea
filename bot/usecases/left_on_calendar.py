"""After another calendar was configured (R-13), meetings that are to come are brought to it; what the bot cannot take off the one before is
told to whoever can."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime

from bot.domain.calendar_event import KeptEvent
from bot.domain.policy import Policy
from bot.domain.topics import Topic
from bot.ports.store import Unit
from bot.usecases import rows


def tell(unit: Unit, record_id: str, address: str, policy: Policy, now: datetime) -> None:
    """Each administrator once, or the IC and the owner where none is named."""
    record = unit.records.get(record_id)
    if record is None:
        return
    told = policy.admins or {record.roles.ic, record.owner}
    for person in sorted(user for user in told if user):
        unit.outbox.put(rows.person_dm(record, person, Topic.CALENDAR_LEFT, _once(address), now, address=address))


def bring(unit: Unit, team_id: str, holds: Callable[[KeptEvent], bool], now: datetime) -> None:
    """`holds` says whether an event stands in the calendar that is configured now. Each other one is written once for that."""
    for record in unit.census.open(team_id):
        kept, booking = unit.calendar.get(record.id), unit.meetings.booking(record.id)
        if kept is None or not kept.known or holds(kept):
            continue
        if booking is not None and booking.stands and now < booking.end:
            unit.outbox.put(rows.calendar_brought(record, _once(kept.href), now))


def _once(address: str) -> str:
    return hashlib.sha256(address.encode("utf-8", "replace")).hexdigest()[:12]
