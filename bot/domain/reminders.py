"""The ladder of reminders (R-02, R-05, R-12): a pure function of a record's state and the policy. It says what is to be told
to whom and when, the whole way to the end; whoever sends asks it anew each time, so that nothing is said that no longer holds.

Times are those of people at work in their own zone. What has fallen due several times is said once, by the latest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice

from bot.domain import business_time, leading, meeting
from bot.domain.booking import Booking, Outcome
from bot.domain.business_time import Calendar
from bot.domain.deadlines import Deadline
from bot.domain.external_message import ExternalMessage
from bot.domain.postmortem import Postmortem
from bot.domain.quiet import Quiet
from bot.domain.status import Status

_ONE_DAY = timedelta(days=1)
_LATE = timedelta(hours=1)
CHANNEL = "channel"


class Nudge(StrEnum):
    """What is reminded of, the most pressing first: that is said when several are due at once."""

    OVERDUE = "overdue"
    LAST_DAY = "last_day"
    NO_OWNER = "no_owner"
    UNBOOKED = "unbooked"
    READINESS = "readiness"
    DRAFT_CHECK = "draft_check"
    MOVE_ON = "move_on"


# What nobody can mute: the deadline itself.
LOUD = frozenset({Nudge.OVERDUE, Nudge.LAST_DAY})


@dataclass(frozen=True, slots=True)
class Pace:
    """How often and when. `no_owner` is counted from the end of the incident, `unbooked_after` and `move_on_after` are working
    time, `draft_check` is before the meeting, `last_day_at` local time. The numbers of `most` bound each nudge."""

    no_owner: tuple[timedelta, ...] = (timedelta(hours=1), timedelta(hours=4))
    unbooked_after: timedelta = timedelta(hours=4)
    draft_check: timedelta = timedelta(hours=48)
    last_day_at: time = time(15)
    move_on_after: timedelta = timedelta(hours=8)
    most: Mapping[Nudge, int] = field(
        default_factory=lambda: {Nudge.OVERDUE: 5, Nudge.UNBOOKED: 5, Nudge.NO_OWNER: 3, Nudge.MOVE_ON: 3}
    )


@dataclass(frozen=True, slots=True, order=True)
class Reminder:
    """One thing to be said: the instant (UTC), to whom (a user id, or CHANNEL), what, for which time, from 1, and about which
    occasion: another deadline, owner or meeting is another one."""

    due_at: datetime
    to: str
    nudge: Nudge
    number: int
    about: str

    @property
    def key(self) -> Told:
        """What makes it the same one again, whenever it is due."""
        return (self.to, self.nudge, self.about, self.number)


Told = tuple[str, Nudge, str, int]


@dataclass(frozen=True, slots=True)
class State:
    """What the ladder follows from. `calendars` are people's own (their zone, the organisation's days and hours), `calendar`
    is the organisation's; `pending` while a proposed owner waits for an answer; `gone` are people without an account."""

    record: Postmortem
    deadline: Deadline
    calendar: Calendar
    booking: Booking | None = None
    external: ExternalMessage = ExternalMessage.UNDECIDED
    pending: bool = False
    calendars: Mapping[str, Calendar] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    quiet: Mapping[str, Quiet] = field(default_factory=dict)

    @property
    def ic(self) -> str:
        """Who answers for it: the IC, else who opened it."""
        return self.record.roles.ic or self.record.created_by

    @property
    def owner(self) -> str | None:
        """The owner; the IC in the place of one whose account is gone (R-09)."""
        owner = self.record.owner
        return self.ic if owner in self.gone else owner

    @property
    def in_time(self) -> bool:
        """Whether a meeting stands that keeps the deadline, or was booked late with the IC's knowledge."""
        booking = self.booking
        return booking is not None and booking.stands and (
            self.deadline.met_by(booking.start) or bool(booking.late_reason)
        )  # fmt: skip

    def of(self, who: str) -> Calendar:
        """When this person works; the organisation's calendar where their zone is not known, and for the channel."""
        return self.calendars.get(who, self.calendar)


def ladder(state: State, pace: Pace) -> tuple[Reminder, ...]:
    """Everything there is to say from now to the end as things stand, in order of time; snoozed ones after the snooze."""
    record = state.record
    if record.waiver is not None or record.status is Status.CLOSED:
        return ()
    found = [*_without_owner(state, pace), *_move_on(state, pace)]
    if leading.meeting_matters(record):
        found += [*_unbooked(state, pace), *_last_day(state, pace), *_overdue(state, pace), *_draft_check(state, pace)]
        found += _readiness(state)
    return tuple(sorted(_kept(state, found)))


def due(reminders: Iterable[Reminder], told: Collection[Told], now: datetime) -> dict[str, tuple[Reminder, ...]]:
    """Recipient -> what is to be said to them now, the most pressing first. Of one nudge only its latest time counts: what
    was missed while nobody sent is not made up for."""
    latest: dict[tuple[str, Nudge], Reminder] = {}
    for each in sorted(reminders):
        if each.due_at <= now:
            latest[each.to, each.nudge] = each
    found: dict[str, list[Reminder]] = {}
    for each in latest.values():
        if each.key not in told:
            found.setdefault(each.to, []).append(each)
    order = list(Nudge)
    return {to: tuple(sorted(those, key=lambda said: order.index(said.nudge))) for to, those in found.items()}


def next_due(reminders: Iterable[Reminder], now: datetime) -> datetime | None:
    """When there is something to say again, after now; None when there is nothing left."""
    return min((each.due_at for each in reminders if each.due_at > now), default=None)


def sayable(calendar: Calendar, due_at: datetime, now: datetime) -> datetime:
    """When what was due then may be said: now; but what is late, since nobody could send, waits until people are at work."""
    return now if now - due_at < _LATE else business_time.next_working_moment(calendar, now)


def lapsed(state: State, nudge: Nudge, at: datetime) -> bool:
    """Whether it would be said too late: after the deadline, or the meeting, that it speaks of as something to come."""
    if nudge in (Nudge.LAST_DAY, Nudge.UNBOOKED):
        return at >= state.deadline.due
    return nudge in (Nudge.DRAFT_CHECK, Nudge.READINESS) and (state.booking is None or at >= state.booking.start)


def daily(calendar: Calendar, after: datetime, at: time | None = None) -> Iterator[datetime]:
    """The same local time on each working day after the day of `after`, without end: once a day, whatever clocks do. `at`
    is the opening when it is not given."""
    tomorrow = business_time.first_instant(business_time.local_date(after, calendar.tz) + _ONE_DAY, calendar.tz)
    return business_time.daily(calendar, at or calendar.hours[0], tomorrow - timedelta(microseconds=1))


def _without_owner(state: State, pace: Pace) -> Iterator[Reminder]:
    """R-05: nobody owns it an hour after the end of the incident, then hours later, then the next working morning."""
    record = state.record
    if record.owner is not None or state.pending or not leading.meeting_matters(record):
        return
    base = max(record.times.resolved_at or record.created_at, record.created_at)
    days = state.of(state.ic)
    times = [business_time.next_working_moment(days, base + wait) for wait in pace.no_owner]
    times.append(next(daily(days, times[-1] if times else base)))
    yield from _numbered(state.ic, Nudge.NO_OWNER, base.isoformat(), sorted(set(times)), pace)


def _unbooked(state: State, pace: Pace) -> Iterator[Reminder]:
    """R-02, R-12: the owner has booked nothing after some working hours, then daily until the deadline."""
    since, owner = state.record.owner_since, state.owner
    if owner is None or since is None or (state.booking is not None and state.booking.stands):
        return
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
        if at is not None and at > state.record.created_at:
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
    """R-02: from the first working minute after the deadline, daily, so many times; then only the digest speaks of it."""
    if state.in_time:
        return
    for who in (CHANNEL, *_leads(state)):
        days = state.of(who)
        first = business_time.next_working_moment(days, state.deadline.due)
        times = [first, *islice(daily(days, first), pace.most[Nudge.OVERDUE] - 1)]
        yield from _numbered(who, Nudge.OVERDUE, state.deadline.last_day.isoformat(), times, pace)


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
    """Agreed on and still In Review, or reviewed with no message to post and still not Closed: somebody forgot a button."""
    record, booking, owner = state.record, state.booking, state.owner
    agreed = booking is not None and booking.outcome is Outcome.AGREED and record.status is Status.IN_REVIEW
    reviewed = record.status is Status.REVIEWED and state.external is not ExternalMessage.PRESENT
    since = booking.outcome_at if agreed and booking else record.status_at if reviewed else None
    if owner is None or since is None:
        return
    days = state.of(owner)
    first = business_time.next_working_moment(days, business_time.add_working_time(days, since, pace.move_on_after))
    times = [first, *islice(daily(days, first), pace.most[Nudge.MOVE_ON] - 1)]
    yield from _numbered(owner, Nudge.MOVE_ON, since.isoformat(), times, pace)


def _leads(state: State) -> list[str]:
    return list(dict.fromkeys(who for who in (state.owner, state.ic) if who and who not in state.gone))


def _numbered(to: str, nudge: Nudge, about: str, times: Iterable[datetime], pace: Pace) -> Iterator[Reminder]:
    for number, at in enumerate(times, 1):
        if number <= pace.most.get(nudge, 1):
            yield Reminder(at, to, nudge, number, about)


def _kept(state: State, reminders: Iterable[Reminder]) -> Iterator[Reminder]:
    """Not what is muted; and what is put off comes when the person is at work again, unless it is too late by then."""
    for each in reminders:
        quiet = state.quiet.get(each.to)
        at = each.due_at if quiet is None else quiet.delayed(each.due_at, loud=each.nudge in LOUD)
        if at is not None and at != each.due_at:
            at = business_time.next_working_moment(state.of(each.to), at)
        if at is not None and (at == each.due_at or not lapsed(state, each.nudge, at)):
            yield replace(each, due_at=at)
