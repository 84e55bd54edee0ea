"""Reminders as values: what is reminded of, to whom, when, and what of it is to be said now. The ladder that makes them is in
ladder.py. What has fallen due several times is said once, by the latest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum

from bot.domain import business_time
from bot.domain.booking import Booking
from bot.domain.business_time import Calendar
from bot.domain.deadlines import Deadline
from bot.domain.external_message import ExternalMessage
from bot.domain.postmortem import Postmortem
from bot.domain.quiet import Quiet

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
    is the organisation's; `pending` while a proposed owner waits for an answer; `gone` are people without an account;
    `severity_at` is when the severity was last set, which everybody concerned was told."""

    record: Postmortem
    deadline: Deadline
    calendar: Calendar
    booking: Booking | None = None
    external: ExternalMessage = ExternalMessage.UNDECIDED
    pending: bool = False
    calendars: Mapping[str, Calendar] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    quiet: Mapping[str, Quiet] = field(default_factory=dict)
    severity_at: datetime | None = None

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
