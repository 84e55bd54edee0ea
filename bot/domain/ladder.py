"""The ladder of reminders (R-02, R-05, R-12): a pure function of a record's state and the policy. It says what is to be told
to whom and when, the whole way to the end; whoever sends asks it anew each time, so that nothing is said that no longer holds.
Times are those of people at work in their own zone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import islice

from bot.domain import business_time, leading, meeting, reminders
from bot.domain.booking import Booking, Outcome
from bot.domain.business_time import Calendar
from bot.domain.deadlines import Deadline
from bot.domain.external_message import ExternalMessage
from bot.domain.reminders import CHANNEL, LOUD, Nudge, Pace, Reminder, State
from bot.domain.status import Status

_ONE_DAY = timedelta(days=1)


def ladder(state: State, pace: Pace) -> tuple[Reminder, ...]:
    """Everything there is to say from now to the end as things stand, in order of time; snoozed ones after the snooze."""
    record = state.record
    if record.set_aside or record.status is Status.CLOSED:
        return ()
    found = [*_without_owner(state, pace), *_move_on(state, pace)]
    if leading.meeting_matters(record):
        found += [*_unbooked(state, pace), *_last_day(state, pace), *_overdue(state, pace), *_draft_check(state, pace)]
        found += _readiness(state)
    return tuple(sorted(_kept(state, found)))


def daily(calendar: Calendar, after: datetime, at: time | None = None) -> Iterator[datetime]:
    """The same local time on each working day after the day of `after`, without end: once a day, whatever clocks do. `at`
    is the opening when it is not given."""
    tomorrow = business_time.first_instant(business_time.local_date(after, calendar.tz) + _ONE_DAY, calendar.tz)
    return business_time.daily(calendar, at or calendar.hours[0], tomorrow - timedelta(microseconds=1))


def _without_owner(state: State, pace: Pace) -> Iterator[Reminder]:
    """R-05: nobody owns it an hour after the end of the incident, or after somebody gave it back, then hours later, then the
    next working morning."""
    record = state.record
    if record.owner is not None or state.pending or not leading.meeting_matters(record):
        return
    # Whoever gave it back did so with a word to the IC: the count begins there.
    base = max(
        record.times.resolved_at or record.created_at, record.created_at, record.owner_since or record.created_at
    )
    days = state.of(state.ic)
    times = [business_time.next_working_moment(days, base + wait) for wait in pace.no_owner]
    times.append(next(daily(days, times[-1] if times else base)))
    yield from _numbered(state.ic, Nudge.NO_OWNER, base.isoformat(), sorted(set(times)), pace)


def _unbooked(state: State, pace: Pace) -> Iterator[Reminder]:
    """R-02, R-12: the owner has booked nothing after some working hours, then daily until the deadline."""
    since, owner, booking = state.record.owner_since, state.owner, state.booking
    if owner is None or since is None or (booking is not None and booking.stands):
        return
    # Who has just cancelled it knows that there is none: the count begins anew.
    freed = (booking.cancelled_at or booking.outcome_at) if booking else None
    since = max(since, freed) if freed else since
    days = state.of(owner)
    first = business_time.next_working_moment(days, business_time.add_working_time(days, since, pace.unbooked_after))
    times = [first, *islice(daily(days, first), pace.most[Nudge.UNBOOKED])]
    times = [at for at in times if at < state.deadline.due]
    yield from _numbered(owner, Nudge.UNBOOKED, since.isoformat(), times, pace)


def _last_day(state: State, pace: Pace) -> Iterator[Reminder]:
    """R-02: the afternoon of the last working day before the deadline, while nothing keeps it."""
    if state.in_time:
        return
    for who in _leads(state):
        at = last_afternoon(state.deadline, state.of(who), pace.last_day_at)
        if at is not None and at > _known_to(state, who):
            yield Reminder(at, who, Nudge.LAST_DAY, 1, state.deadline.last_day.isoformat())


def last_afternoon(deadline: Deadline, calendar: Calendar, at: time) -> datetime | None:
    """That local time on the last working day on which it is still before the deadline; None without one in three weeks."""
    day: date = deadline.last_day
    for _ in range(21):
        if business_time.is_working_day(calendar, day):
            moment = business_time.instant_of(day, at, calendar.tz)
            if moment < deadline.due:
                return moment
        day -= _ONE_DAY
    return None


def _overdue(state: State, pace: Pace) -> Iterator[Reminder]:
    """R-02: from the first working minute after the deadline, daily, so many times; then only the digest speaks of it. Who
    came to it later, or was told of a severity that made it overdue, hears of it from the next working morning."""
    if state.in_time:
        return
    due, day = state.deadline.due, state.deadline.last_day.isoformat()
    for who in (CHANNEL, *_leads(state)):
        days, known = state.of(who), max(_known_to(state, who), state.severity_at or state.record.created_at)
        first = business_time.next_working_moment(days, due) if known < due else next(daily(days, known))
        times = [first, *islice(daily(days, first), pace.most[Nudge.OVERDUE] - 1)]
        about = day if known < due else f"{day} {known.isoformat()}"
        yield from _numbered(who, Nudge.OVERDUE, about, times, pace)


def _known_to(state: State, who: str) -> datetime:
    """Since when they have heard of it: the making of the record, for the owner when it became theirs."""
    record = state.record
    since = record.owner_since if who == record.owner else None
    return max(since, record.created_at) if since else record.created_at


def _draft_check(state: State, pace: Pace) -> Iterator[Reminder]:
    """R-02, R-40: two days before the meeting it is still a draft. Who booked it minutes ago is not asked."""
    booking, owner = state.booking, state.owner
    if owner is None or booking is None or not booking.stands or state.record.status is not Status.DRAFT:
        return
    days = state.of(owner)
    wanted = business_time.last_working_moment_before(days, booking.start - pace.draft_check)
    settled = business_time.add_working_time(days, booking.booked_at, timedelta(hours=2))
    at = business_time.next_working_moment(days, max(wanted, settled))
    # Where readers are asked at the same time or earlier, that is what the owner hears of.
    if at < _asked(state, booking):
        yield Reminder(at, owner, Nudge.DRAFT_CHECK, 1, str(booking.sequence))


def _readiness(state: State) -> Iterator[Reminder]:
    """R-40: when readers are asked for their review, the owner sees what is ready and what is missing."""
    booking, owner = state.booking, state.owner
    if owner is None or booking is None or not booking.stands:
        return
    at = business_time.next_working_moment(state.of(owner), _asked(state, booking))
    if at < booking.start:
        yield Reminder(at, owner, Nudge.READINESS, 1, str(booking.sequence))


def _asked(state: State, booking: Booking) -> datetime:
    return meeting.review_instant(booking.start, state.calendar, now=booking.booked_at).at


def _move_on(state: State, pace: Pace) -> Iterator[Reminder]:
    """The meeting is behind it, and it is not done: what was agreed on, changed or reviewed waits for somebody's next step."""
    owner, since = state.owner, _waits_since(state)
    if owner is None or since is None:
        return
    days = state.of(owner)
    first = business_time.next_working_moment(days, business_time.add_working_time(days, since, pace.move_on_after))
    times = [first, *islice(daily(days, first), pace.most[Nudge.MOVE_ON] - 1)]
    yield from _numbered(owner, Nudge.MOVE_ON, since.isoformat(), times, pace)


def _waits_since(state: State) -> datetime | None:
    """The answer that came of the meeting, or later, when it was sent back; of what is reviewed with no message to post, that."""
    record, booking = state.record, state.booking
    if record.status is Status.REVIEWED:
        return None if state.external is ExternalMessage.PRESENT else record.status_at
    if (
        booking is None
        or booking.outcome not in (Outcome.AGREED, Outcome.CHANGES)
        or not leading.meeting_matters(record)
    ):
        return None
    answered, back = booking.outcome_at, record.sent_back_at
    return max(answered, back) if answered and back else answered


def _leads(state: State) -> list[str]:
    return list(dict.fromkeys(who for who in (state.owner, state.ic) if who and who not in state.gone))


def _numbered(to: str, nudge: Nudge, about: str, times: Iterable[datetime], pace: Pace) -> Iterator[Reminder]:
    for number, at in enumerate(times, 1):
        if number <= pace.most.get(nudge, 1):
            yield Reminder(at, to, nudge, number, about)


def _kept(state: State, listed: Iterable[Reminder]) -> Iterator[Reminder]:
    """Not what is muted; and what is put off comes when the person is at work again, unless it is too late by then."""
    for each in listed:
        quiet = state.quiet.get(each.to)
        at = each.due_at if quiet is None else quiet.delayed(each.due_at, loud=each.nudge in LOUD)
        if at is not None and at != each.due_at:
            at = business_time.next_working_moment(state.of(each.to), at)
        if at is not None and (at == each.due_at or not reminders.lapsed(state, each.nudge, at)):
            yield replace(each, due_at=at)
