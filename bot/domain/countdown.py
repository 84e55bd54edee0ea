"""What happens to a deadline when the facts under it change. A change is returned whole: the old and the new deadline
for the audit, and the sentences that people must be told. Nothing is extended or shortened silently. The sentences are
for records whose meeting is still to come: what is over is not overdue, and the use case leaves them out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain import business_time, deadlines, phrases
from bot.domain.actors import Role
from bot.domain.business_time import Calendar
from bot.domain.deadlines import Anchor, AnchorSource, Deadline, Roll

_PING = (Role.OWNER, Role.IC)


@dataclass(frozen=True, slots=True)
class Countdown:
    """What a record's deadline follows from. `deadline` is kept while the incident is re-opened, but not in force."""

    severity: int | None
    anchor: Anchor
    calendar: Calendar
    roll: Roll
    deadline: Deadline
    reopened: bool = False

    @property
    def in_force(self) -> Deadline | None:
        """The deadline to remind of; None while the incident is open again."""
        return None if self.reopened else self.deadline


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence that must be said in the channel; it pings the people in `to`, nobody when that is empty."""

    code: str
    text: str
    to: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One line of the audit (R-61): the field, and its old and new value as text."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """The countdown before and after, and what must be said."""

    before: Countdown
    after: Countdown
    notes: tuple[Note, ...]

    @property
    def moved(self) -> bool:
        """Whether the deadline is another one, or is suspended or in force again."""
        old, new = self.before.in_force, self.after.in_force
        return (old and old.due) != (new and new.due)

    @property
    def fields(self) -> tuple[FieldChange, ...]:
        """What changed, for the audit."""
        pairs = zip(_values(self.before).items(), _values(self.after).values(), strict=True)
        return tuple(FieldChange(name, old, new) for (name, old), new in pairs if old != new)


def start(severity: int | None, anchor: Anchor, calendar: Calendar, *, roll: Roll = Roll.NONE) -> Countdown:
    """The countdown of a new record. The calendar is frozen with it."""
    deadline = deadlines.meeting_deadline(severity, anchor.at, calendar, roll=roll, provisional=anchor.provisional)
    return Countdown(severity, anchor, calendar, roll, deadline)


def owner_changed(current: Countdown, *, now: datetime) -> Change:
    """A late or a new owner does not move the deadline (R-09); the owner is told how much of it is left."""
    return Change(current, current, (Note("time_left", time_left(current, now=now), (Role.OWNER,)),))


def severity_changed(
    current: Countdown,
    severity: int,
    *,
    now: datetime,
    meeting_start: datetime | None = None,
    anchor: Anchor | None = None,
) -> Change:
    """R-62: recomputed from the same anchor, unless leaving SEV-2 is itself the best known end: then `anchor`. Worse may be
    overdue at once; milder keeps the booked meeting; below SEV-2 still has a post-mortem."""
    after = _recomputed(replace(current, severity=severity, anchor=anchor or current.anchor))
    notes = [*_moved_notes(current, after, now)]
    if severity > 2:
        text = f"SEV-{severity}: the post-mortem still takes place, with the deadline of a SEV-2."
        notes.append(Note("still_needed", text))
    if meeting_start is not None and not after.reopened:
        notes += _meeting_notes(current.deadline, after, meeting_start, now)
    return Change(current, after, tuple(notes))


def resolved_at_corrected(current: Countdown, resolved_at: datetime, *, now: datetime) -> Change:
    """Somebody entered or corrected the real end of the incident. It does not end a re-opening: that is
    `resolved_again`."""
    anchor = Anchor(resolved_at, AnchorSource.RESOLVED_AT, provisional=False)
    after = _recomputed(replace(current, anchor=anchor))
    return Change(current, after, _moved_notes(current, after, now))


def reopened(current: Countdown) -> Change:
    """The incident goes on: no deadline, no reminders until it is resolved again."""
    note = Note("suspended", "The incident is open again: the deadline is suspended until it is resolved.")
    return Change(current, replace(current, reopened=True), (note,))


def resolved_again(current: Countdown, resolved_at: datetime, *, now: datetime) -> Change:
    """The end of a re-opening: the count starts anew from the new end."""
    anchor = Anchor(resolved_at, AnchorSource.RESOLVED_AT, provisional=False)
    after = _recomputed(replace(current, anchor=anchor, reopened=False))
    note = Note("running_again", f"Resolved again: the meeting is due {_told(after)}.")
    return Change(current, after, (note, *_overdue(current, after, now)))


def merged(
    primary: Countdown, others: Iterable[Countdown], *, now: datetime, meeting_start: datetime | None = None
) -> Change:
    """Incidents grouped under the primary: the latest end and the highest severity of all; the primary's calendar.
    While one of them is open again, or its end not known, the same is true of the whole: then the latest of what is known
    of each is counted from, so that nobody has less time than before. The booked meeting stays."""
    group = (primary, *others)
    latest = max((item.anchor for item in group), key=lambda anchor: anchor.at)
    anchor = replace(latest, provisional=any(item.anchor.provisional for item in group))
    after = replace(
        primary,
        severity=_highest([item.severity for item in group]),
        anchor=anchor,
        reopened=any(item.reopened for item in group),
    )
    after = _recomputed(after)
    notes = [*_moved_notes(primary, after, now)]
    if meeting_start is not None and not after.reopened:
        notes += _meeting_notes(primary.deadline, after, meeting_start, now)
    return Change(primary, after, tuple(notes))


def parted(current: Countdown, alone: Countdown, *, now: datetime, meeting_start: datetime | None = None) -> Change:
    """A merge was taken back: the count is that of the primary alone again. The booked meeting stays."""
    notes = [*_moved_notes(current, alone, now)]
    if current.reopened and not alone.reopened:
        notes = [Note("running_again", f"The meeting is due {_told(alone)}."), *_overdue(current, alone, now)]
    if meeting_start is not None and not alone.reopened:
        notes += _meeting_notes(current.deadline, alone, meeting_start, now)
    return Change(current, alone, tuple(notes))


def holidays_changed(
    current: Countdown, holidays: frozenset[date], *, now: datetime, meeting_start: datetime | None = None
) -> Change:
    """New holidays move a deadline only when it counts business days and is still to come; they are kept for later
    computations in any case."""
    moment = business_time.to_utc(now, "now")
    after = replace(current, calendar=replace(current.calendar, holidays=holidays))
    if not deadlines.uses_calendar_days(current.severity) and not current.reopened and moment < current.deadline.due:
        after = _recomputed(after)
    notes = [*_moved_notes(current, after, now)]
    if notes and meeting_start is not None:
        notes += _meeting_notes(current.deadline, after, meeting_start, now)
    return Change(current, after, tuple(notes))


def business_tz_changed(current: Countdown) -> Change:
    """Another business zone in the settings is for new records: an existing one keeps the zone it was made with."""
    return Change(current, current, ())


def time_left(current: Countdown, *, now: datetime) -> str:
    """`41 h left, …`, or since when it is overdue, as a sentence; while suspended, that."""
    moment = business_time.to_utc(now, "now")
    if current.reopened:
        return "No deadline at the moment: the incident is open again."
    due = current.deadline.due
    if moment >= due:
        return f"Already overdue since {phrases.moment(due, current.calendar.tz)}: it was due {_told(current)}."
    return f"{phrases.span(due - moment)} left: the meeting is due {_told(current)}."


def _recomputed(item: Countdown) -> Countdown:
    fresh = start(item.severity, item.anchor, item.calendar, roll=item.roll)
    return replace(item, deadline=fresh.deadline)


def _moved_notes(before: Countdown, after: Countdown, now: datetime) -> tuple[Note, ...]:
    moment = business_time.to_utc(now, "now")
    if after.reopened or before.deadline.due == after.deadline.due:
        return ()
    later = after.deadline.due > before.deadline.due
    text = f"The deadline moved {'later' if later else 'earlier'}: from {_told(before)} to {_told(after)}."
    return (Note("deadline_later" if later else "deadline_earlier", text), *_overdue(before, after, moment))


def _overdue(before: Countdown, after: Countdown, now: datetime) -> tuple[Note, ...]:
    moment = business_time.to_utc(now, "now")
    if after.reopened or moment < after.deadline.due:
        return ()
    was = before.in_force is not None and moment >= before.deadline.due
    code = "still_overdue" if was else "overdue_at_once"
    return (Note(code, time_left(after, now=moment), _PING),)


def _meeting_notes(old: Deadline, after: Countdown, meeting_start: datetime, now: datetime) -> list[Note]:
    start = business_time.to_utc(meeting_start, "meeting_start")
    if start < business_time.to_utc(now, "now"):
        return []
    when = phrases.moment(start, after.calendar.tz)
    # A meeting that was already booked late, with its reason, is not complained about once more.
    if old.met_by(start) and not after.deadline.met_by(start):
        text = f"The meeting is booked for {when}, and that is after the deadline: book an earlier one."
        return [Note("meeting_too_late", text, _PING)]
    if after.deadline.due > old.due:
        text = f"The meeting stays booked for {when}; it could move to {_told(after)}."
        return [Note("meeting_could_move", text, (Role.OWNER,))]
    return []


def _highest(severities: list[int | None]) -> int | None:
    # What nobody has set does not unsay what somebody has: whoever merges is told, and sets a worse one where it was.
    return min((severity for severity in severities if severity is not None), default=None)


def _told(item: Countdown) -> str:
    return deadlines.describe(item.deadline, item.calendar)


def _values(item: Countdown) -> dict[str, str]:
    return {
        "severity": "unknown" if item.severity is None else f"SEV-{item.severity}",
        "anchor": f"{item.anchor.at.isoformat()} ({item.anchor.source})",
        "deadline": "suspended" if item.reopened else item.deadline.due.isoformat(),
        "provisional": str(item.deadline.provisional).lower(),
        "holidays": ", ".join(sorted(day.isoformat() for day in item.calendar.holidays)),
    }
