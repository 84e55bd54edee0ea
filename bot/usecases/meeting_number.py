"""Under which number the meeting goes out (R-13): one for all ways, given with the record locked, so that no two ways number the same
meeting differently."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain import invitation_mail, meeting_version
from bot.domain.calendar_event import KeptEvent
from bot.domain.invitation import Event
from bot.domain.kept_mail import Purpose
from bot.domain.postmortem import Postmortem
from bot.ports.errors import Outdated
from bot.ports.store import Unit
from bot.usecases import rows


def numbered(unit: Unit, record: Postmortem, event: Event) -> Event:
    """The event under the number of its version, and its people at the mailboxes at which they were invited before. The record is
    locked."""
    mails = unit.mails.of_record(record.id, Purpose.INVITATION)
    event = invitation_mail.reachable(event, mails)
    kept = unit.calendar.get(record.id) or KeptEvent(record.id)
    out = max(kept.sequence, kept.there or -1, *(invitation_mail.number(each) for each in mails))
    last = unit.calendar.version(record.id)
    version = meeting_version.after(last, event, record.id, out)
    if version != last:
        unit.calendar.put_version(version)
    return replace(event, sequence=version.sequence)


def raised(unit: Unit, record_id: str, event: Event, sequence: int, now: datetime) -> Event:
    """The event under at least that number, which the other ways follow. Raises Outdated where it is another one by now."""
    record, last = unit.records.get(record_id, lock=True), unit.calendar.version(record_id)
    version = meeting_version.raised(last, event, sequence) if last else None
    if record is None or version is None:
        raise Outdated("The meeting is another one by now.")
    if version != last:
        unit.calendar.put_version(version)
        unit.outbox.put(rows.calendar(record, now), rows.calendar_mail(record, now))
    return replace(event, sequence=version.sequence)
