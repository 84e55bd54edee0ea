"""What is said of two post-mortems that become one, before it is done and after: which severity and times hold, how the
deadline moves, and what is not taken along. Plain sentences, the same in the form, the channels and the history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.domain import business_time, counted, leading, phrases, severity
from bot.domain.actions import ActionItem
from bot.domain.booking import Booking
from bot.domain.countdown import Change, Countdown
from bot.domain.postmortem import Postmortem
from bot.domain.timeline import Item

SUSPENDED = "suspended"
_OF_THE_MEETING = {"meeting_too_late", "meeting_could_move"}


def then(after: Postmortem, change: Change) -> str:
    """`SEV-1, ended Mon 23 Nov 14:40, last day Thu 26 Nov: the deadline was Wed 25 Nov`: the whole in one line."""
    end = after.times.resolved_at
    ended = "open again" if change.after.reopened else f"ended {_at(after, end)}" if end else "end not known yet"
    return f"{severity.label(after.severity)}, {ended}, {last_day(change.after)}: {_was(change)}"


def remarks(
    primary: Postmortem, other: Postmortem, after: Postmortem, change: Change, booking: Booking | None, theirs: Booking | None
) -> tuple[str, ...]:  # fmt: skip
    """What somebody who merges should know first. `booking` is the meeting of the primary, `theirs` that of the other one
    where it is called off."""
    return tuple(_remarks(primary, other, after, change, booking, theirs))


def outcome(before: Postmortem, after: Postmortem, change: Change) -> tuple[str, ...]:
    """What became another one, for the channel: what follows for the meeting is told beside it."""
    return tuple(_outcome(before, after, change))


def left(items: Sequence[Item], actions: Sequence[ActionItem], responders: int, name: str, *, brought: int = 0) -> str:
    """What was confirmed in the other one and is not taken along; `brought` lines of its timeline were."""
    lines = 0 if brought else sum(not item.removed for item in items)
    there = (
        (lines, "line of the timeline", "lines of the timeline"),
        (len(actions), "decision on a TODO", "decisions on TODOs"),
    )
    counts = [phrases.count(*each) for each in (*there, (responders, "responder", "responders")) if each[0]]
    came = f"{phrases.count(brought, 'line')} of its timeline came along, each with its message. " if brought else ""
    if not counts:
        return f"{came}What was written in {name} stays there." if came else f"Nothing was confirmed in {name} yet."
    stays = f"What {'else ' if came else ''}was confirmed in {name} stays there: {', '.join(counts)}, and all that was written."
    return f"{came}{stays} Bring over by hand what belongs here."


def last_day(count: Countdown) -> str:
    """`last day Thu 26 Nov`, and whether it holds."""
    if count.reopened:
        return "no deadline for now"
    day = phrases.day(count.deadline.last_day).rpartition(" ")[0]
    return f"last day {day}{' (provisional)' if count.deadline.provisional else ''}"


def deadlines(change: Change) -> tuple[str, str]:
    """The old and the new one for the history."""
    old, new = (
        SUSPENDED if each.in_force is None else each.deadline.due.isoformat() for each in (change.before, change.after)
    )
    return old, new


def moment(record: Postmortem, at: datetime | None) -> str:
    """A moment in the zone of the record; that it is not known."""
    return "not known" if at is None else _at(record, at)


def _was(change: Change) -> str:
    if change.before.reopened:
        return "there was no deadline, since the incident is open again"
    day = phrases.day(change.before.deadline.last_day).rpartition(" ")[0]
    return f"the deadline {'was' if change.moved else 'stays'} {day}"


def _at(record: Postmortem, at: datetime) -> str:
    local = at.astimezone(business_time.zone(record.business_tz))
    return f"{phrases.day(local.date()).rpartition(' ')[0]} {local:%H:%M} {counted.place(record.business_tz)}"


def _remarks(
    primary: Postmortem, other: Postmortem, after: Postmortem, change: Change, booking: Booking | None, theirs: Booking | None
) -> Iterator[str]:  # fmt: skip
    unknown = [each.name for each in (primary, other) if counted.anchor(each).provisional]
    if unknown:
        yield (
            f"The end of {' and '.join(unknown)} is not known yet: until somebody enters when it was all over, the deadline "
            "is provisional, counted from the last that is known."
        )
    if after.took_in[-1].opened:
        yield f"The incident of {other.name} is open again: so is this one then, and its deadline rests until it is over."
    if other.severity is None and primary.severity is not None:
        yield f"The severity of {other.name} was never set: {severity.label(primary.severity)} is kept. Set a worse one if it was."
    yield from (note.text for note in change.notes if note.code in _OF_THE_MEETING)
    yield from _before_the_end(after, booking)
    if theirs is not None:
        yield f"The meeting of {other.name}, {_at(other, theirs.start)}, is cancelled."


def _before_the_end(record: Postmortem, booking: Booking | None) -> Iterator[str]:
    end = record.times.resolved_at
    if booking is not None and booking.stands and end is not None and booking.start < end:
        yield f"The meeting is booked for {_at(record, booking.start)}, and that is before this end: book another time."


def _outcome(before: Postmortem, after: Postmortem, change: Change) -> Iterator[str]:
    old, new = before.times, after.times
    if before.severity != after.severity:
        yield f"Severity {severity.label(after.severity)}; it was {severity.label(before.severity)}."
    if old.started_at != new.started_at:
        yield f"Began {moment(after, new.started_at)}; it was {moment(before, old.started_at)}."
    if old.resolved_at != new.resolved_at:
        yield f"Ended {moment(after, new.resolved_at)}; it was {moment(before, old.resolved_at)}."
    if change.after.reopened is not change.before.reopened:
        yield "The incident is open again: the deadline rests." if change.after.reopened else "The deadline runs again."
    line = last_day(change.after)
    yield f"{line[0].upper()}{line[1:]}: {_was(change)}."
    if not leading.meeting_matters(after):
        yield from severity.liaison(before.severity, after.severity)
