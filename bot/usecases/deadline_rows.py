"""What everybody is told when a deadline moved for another reason than the severity, and what is planned anew for an incident
whose end is known again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain import countdown, leading, phrases
from bot.domain.actors import Role
from bot.domain.countdown import Change, Note
from bot.domain.outgoing import Json, Kind
from bot.domain.policy import Policy
from bot.domain.postmortem import Audit, OwnerState, Postmortem
from bot.domain.topics import Topic
from bot.ports.store import Unit
from bot.usecases import meeting_rows, rows, standing

SUSPENDED = "suspended"


def corrected(unit: Unit, before: Postmortem, after: Postmortem, policy: Policy, by: str, now: datetime) -> None:
    """Another end of the incident was entered: where the meeting is still to come, the channel hears how that moves it."""
    end = after.times.resolved_at
    if end is None or before.times.resolved_at is None or not leading.meeting_matters(after):
        return
    change = countdown.resolved_at_corrected(standing.count(before, policy), end, now=now)
    if change.moved:
        moved(unit, after, change, by, f"corrected:{after.version}", "the end of the incident was corrected", now)


def moved(unit: Unit, record: Postmortem, change: Change, by: str, once: str, why: str, now: datetime) -> None:
    """The old and the new deadline for the history, and the sentences for the channel."""
    old, new = _told(change.before), _told(change.after)
    unit.ledger.note(Audit(record.id, now, by, "deadline", old, new, why))
    values: dict[str, Json] = {"why": why, "said": said(change.notes), "ping": pinged(record, change.notes, by)}
    unit.outbox.put(rows.channel_note(record, Topic.DEADLINE_MOVED, once, now, **values))


def rests(unit: Unit, record: Postmortem) -> None:
    """Nothing falls due while the incident is open again."""
    meeting_rows.unplan(unit, record, unit.meetings.booking(record.id))
    unit.outbox.cancel(record.id, [rows.owner_key(record, Kind.OWNER_SILENT)])


def runs_again(unit: Unit, before: Postmortem, after: Postmortem, policy: Policy, by: str, now: datetime) -> None:
    """It is over again: the new deadline is told, and what rested is planned anew."""
    end = after.times.resolved_at
    if end is None:
        return
    change = countdown.resolved_again(standing.count(before, policy), end, now=now)
    unit.ledger.note(Audit(after.id, now, by, "deadline", SUSPENDED, _told(change.after), "resolved again"))
    booking, notes = unit.meetings.booking(after.id), list(change.notes)
    if booking and booking.outcome_at is None:
        meeting_rows.plan(unit, after, booking, policy, now)
        if booking.stands and booking.start < end:
            when = phrases.moment(booking.start, after.business_tz)
            text = f"Its meeting is booked for {when}, and that is before this end: book another time."
            notes.append(Note("meeting_before_end", text, (Role.OWNER,)))
    if after.owner and after.owner_state is OwnerState.TOLD:
        due = standing.after_silence_of(unit, after, after.owner, policy, now)
        unit.outbox.put(replace(rows.owner_silent(after, due), again=True))
    values: dict[str, Json] = {"by": by, "end": end.isoformat(), "said": said(notes), "ping": pinged(after, notes, by)}
    unit.outbox.put(rows.channel_note(after, Topic.RESOLVED_AGAIN, f"{after.version}", now, **values))


def said(notes: Sequence[Note]) -> list[Json]:
    """The sentences alone."""
    return [note.text for note in notes]


def pinged(record: Postmortem, notes: Sequence[Note], by: str) -> list[Json]:
    """Whom they concern, but who did it knows already."""
    held = {Role.OWNER: record.owner, Role.IC: record.roles.ic or record.created_by}
    people = dict.fromkeys(held.get(role) for note in notes for role in note.to)
    return [user for user in people if user and user != by]


def _told(count: countdown.Countdown) -> str:
    return SUSPENDED if count.in_force is None else count.deadline.due.isoformat()
