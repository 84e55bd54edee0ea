"""The meeting: which slot is proposed, which start is accepted, how long it may be, and when the link goes out for
review. Slots are proposed in working hours; a deadline is a deadline at night as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import islice

from bot.domain import business_time, deadlines, errors, phrases
from bot.domain.business_time import Calendar
from bot.domain.deadlines import Deadline
from bot.domain.errors import Reason

DURATIONS = tuple(timedelta(minutes=minutes) for minutes in (15, 20, 25, 30))
DEFAULT_DURATION = timedelta(minutes=30)
LONGEST_DURATION = timedelta(minutes=60)
REVIEW_NOTICE = timedelta(hours=24)
_QUARTER = timedelta(minutes=15)
_DAYS_TO_LOOK_AT = 7


class SlotKind(StrEnum):
    """Inside working hours and in time; in time but outside working hours; in working hours but late."""

    WORKING = "working"
    OUTSIDE_HOURS = "outside_hours"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Slot:
    """A possible meeting, in UTC."""

    start: datetime
    end: datetime
    kind: SlotKind

    @property
    def needs_reason(self) -> bool:
        """A late meeting needs a recorded reason, approved by the IC."""
        return self.kind is SlotKind.LATE


@dataclass(frozen=True, slots=True)
class Proposal:
    """The slot to start from, or none and the alternatives, with the sentence that goes with it."""

    slot: Slot | None
    alternatives: tuple[Slot, ...]
    text: str


@dataclass(frozen=True, slots=True)
class ReviewInstant:
    """When the link is posted for review (UTC), and whether people get less than 24 hours for it."""

    at: datetime
    short_notice: bool


@dataclass(frozen=True, slots=True)
class CheckedMeeting:
    """An accepted booking. `late`: it was booked after the deadline with a reason, and the IC must be told."""

    start: datetime
    end: datetime
    late: bool
    warnings: tuple[Reason, ...]


Taken = Sequence[tuple[datetime, datetime]]


def propose_slot(
    deadline: Deadline,
    calendar: Calendar,
    *,
    now: datetime,
    duration: timedelta = DEFAULT_DURATION,
    taken: Taken = (),
) -> Proposal:
    """The latest working-hours slot inside the window that is still to come (R-11), at none of the times that are `taken` where there
    is another. When there is none: a slot in the window outside working hours, where there is time for one, and the first working slot
    after it."""
    moment = business_time.to_utc(now, "now")
    check_duration(duration)
    slot = _latest_working_slot(deadline, calendar, moment, duration, taken)
    if slot is None and taken:
        # Meeting beside something else is better than meeting late.
        slot = _latest_working_slot(deadline, calendar, moment, duration)
    if slot is not None:
        return Proposal(slot, (), f"Proposed: {phrases.moment(slot.start, calendar.tz)}.")
    found = (
        _outside_hours_slot(deadline, calendar, moment, duration),
        _late_slot(deadline, calendar, moment, duration),
    )
    alternatives = tuple(slot for slot in found if slot is not None)
    text = f"There is no slot in working hours before the deadline ({deadlines.describe(deadline, calendar)})."
    offers = " ".join(_offer(slot, calendar) for slot in alternatives)
    return Proposal(None, alternatives, f"{text} {offers}".strip())


def review_instant(meeting_start: datetime, calendar: Calendar, *, now: datetime) -> ReviewInstant:
    """24 hours before the meeting (R-40); outside working hours, the last working hour before that; when that is past,
    now. `short_notice` tells that fewer than 24 hours are left, which the post then says."""
    start = business_time.to_utc(meeting_start, "meeting_start")
    moment = business_time.to_utc(now, "now")
    wanted = business_time.last_working_moment_before(calendar, start - REVIEW_NOTICE)
    at = max(wanted, moment)
    return ReviewInstant(at, short_notice=start - at < REVIEW_NOTICE)


def check_duration(duration: timedelta) -> Reason | None:
    """R-16: 15 to 30 minutes; up to 60 with the warning that is returned; anything else raises BadInput."""
    minutes = duration // timedelta(minutes=1)
    if duration != timedelta(minutes=minutes) or not DURATIONS[0] <= duration <= LONGEST_DURATION:
        text = "The meeting must last 15 to 60 whole minutes: 15 to 30 is what the process asks for."
        raise errors.bad_input("bad_duration", text)
    if duration > DURATIONS[-1]:
        text = f"{minutes} minutes is long: 15 to 30 are enough when everybody has read it before."
        return Reason("long_meeting", text)
    return None


def check_meeting(
    start: datetime,
    deadline: Deadline | None,
    calendar: Calendar,
    *,
    now: datetime,
    duration: timedelta = DEFAULT_DURATION,
    resolved_at: datetime | None = None,
    late_reason: str = "",
) -> CheckedMeeting:
    """Accept a start or raise BadInput (R-11): not past, not before the end of the incident, and before `due` unless a
    reason to be late is given. `deadline` is None while it is suspended. Naive times: ValueError."""
    begins, moment = business_time.to_utc(start, "start"), business_time.to_utc(now, "now")
    long_meeting = check_duration(duration)
    if begins < moment:
        raise errors.bad_input("meeting_past", "That time is past: choose one that is still to come.")
    if resolved_at is not None and begins < business_time.to_utc(resolved_at, "resolved_at"):
        end = phrases.moment(resolved_at, calendar.tz)
        raise errors.bad_input("meeting_before_end", f"The incident ended {end}: choose a time after that.")
    late = deadline is not None and not deadline.met_by(begins)
    if deadline is not None and late and not late_reason.strip():
        told = deadlines.describe(deadline, calendar)
        text = f"The meeting is due {told}: choose an earlier time, or book it late with a reason; the IC is told."
        raise errors.bad_input("meeting_late", text)
    return CheckedMeeting(begins, begins + duration, late, (long_meeting,) if long_meeting else ())


def _latest_working_slot(
    deadline: Deadline, calendar: Calendar, now: datetime, duration: timedelta, taken: Taken = ()
) -> Slot | None:
    for opens, closes in business_time.spans_from(calendar, deadline.last_day, backwards=True):
        start = _free_before(closes - duration, opens, duration, taken)
        if max(start, closes - duration) < now:
            return None
        if opens <= start < deadline.due and start >= now:
            return Slot(start, start + duration, SlotKind.WORKING)
    return None


def _free_before(start: datetime, opens: datetime, duration: timedelta, taken: Taken) -> datetime:
    """The latest start at or before this one at which nothing else is, on a quarter of an hour; before `opens` where the day is full."""
    while start >= opens:
        beside = [begins for begins, ends in taken if begins < start + duration and start < ends]
        if not beside:
            return start
        start = _quarter_before(min(beside) - duration)
    return start


def _outside_hours_slot(deadline: Deadline, calendar: Calendar, now: datetime, duration: timedelta) -> Slot | None:
    closes = business_time.instant_of(deadline.last_day, calendar.hours[1], calendar.tz)
    start = closes - duration
    if start < now:
        start = _next_quarter(now)
        # Too little of the working day is left for the whole meeting: after it, not across its end.
        hours = business_time.working_hours(calendar, business_time.local_date(start, calendar.tz))
        start = hours[1] if hours and hours[0] <= start < hours[1] else start
    return Slot(start, start + duration, SlotKind.OUTSIDE_HOURS) if start < deadline.due else None


def _late_slot(deadline: Deadline, calendar: Calendar, now: datetime, duration: timedelta) -> Slot | None:
    earliest = max(deadline.due, _next_quarter(now))
    spans = business_time.spans_from(calendar, business_time.local_date(earliest, calendar.tz))
    # Where a working day is shorter than the meeting, no later day is any better.
    for opens, closes in islice(spans, _DAYS_TO_LOOK_AT):
        start = max(opens, earliest)
        if start + duration <= closes:
            return Slot(start, start + duration, SlotKind.LATE)
    return None


def _next_quarter(at: datetime) -> datetime:
    past = timedelta(minutes=at.minute % 15, seconds=at.second, microseconds=at.microsecond)
    return at if not past else at - past + _QUARTER


def _quarter_before(at: datetime) -> datetime:
    return at - timedelta(minutes=at.minute % 15, seconds=at.second, microseconds=at.microsecond)


def _offer(slot: Slot, calendar: Calendar) -> str:
    when = phrases.moment(slot.start, calendar.tz)
    if slot.kind is SlotKind.OUTSIDE_HOURS:
        return f"In time, but outside working hours: {when}."
    return f"The first working slot after it: {when}; that needs a reason, approved by the IC."
