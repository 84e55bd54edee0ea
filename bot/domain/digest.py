"""The week at a glance (R-02, X-1): what is overdue, what is due, which meetings come, what waits for support, and action
items past their date. For the ICs, and for a channel of the managers' choice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.domain import business_time, home, triage
from bot.domain.actions import ActionItem, Decision
from bot.domain.business_time import Calendar
from bot.domain.external_message import ExternalMessage
from bot.domain.home import Line
from bot.domain.noticed import Noticed
from bot.domain.status import Status

WEEK = timedelta(days=7)
# Whether a ticket is done its tracker knows: once the post-mortem is closed it is named for so long, and then no more.
NAMED_FOR = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class Late:
    """Action items of one post-mortem that are past their date: tickets, whose state is in the tracker, and topics that
    nobody has decided on. `days` says since when the oldest is."""

    line: Line
    tickets: int
    topics: int
    days: int


@dataclass(frozen=True, slots=True)
class Digest:
    """Each post-mortem stands in the first group that fits it; `unrecorded` are incidents that have none (R-01). `merged` are parts
    of another one, where their work goes on."""

    overdue: tuple[Line, ...] = ()
    due: tuple[Line, ...] = ()
    meetings: tuple[Line, ...] = ()
    with_support: tuple[Line, ...] = ()
    late: tuple[Late, ...] = ()
    others: int = 0
    merged: int = 0
    unrecorded: tuple[Noticed, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing that anybody would have to do."""
        return not (self.overdue or self.due or self.meetings or self.with_support or self.late or self.unrecorded)


def build(
    lines: Iterable[Line],
    closed: Iterable[Line],
    actions: Mapping[str, Sequence[ActionItem]],
    days: tuple[int, int],
    now: datetime,
    unrecorded: Iterable[Noticed] = (),
) -> Digest:
    """`lines` are open, `closed` recently closed and `unrecorded` without one, as far as the reader may see them; `days` are the
    terms of action items."""
    groups: dict[str, list[Line]] = {"overdue": [], "due": [], "meetings": [], "with_support": [], "others": []}
    parts: list[Line] = []
    open_lines = sorted(lines, key=lambda line: (line.deadline.due, line.record.number))
    for line in open_lines:
        (parts if line.record.merged else groups[_group(line, now)]).append(line)
    late = (_late(line, actions.get(line.record.id, ()), days, now) for line in (*open_lines, *closed))
    return Digest(
        overdue=tuple(groups["overdue"]),
        due=tuple(groups["due"]),
        meetings=tuple(groups["meetings"]),
        with_support=tuple(groups["with_support"]),
        late=tuple(sorted((each for each in late if each), key=lambda each: -each.days)),
        others=len(groups["others"]),
        merged=len(parts),
        unrecorded=tuple(unrecorded),
    )


def instant(calendar: Calendar, weekday: int, at: time, after: datetime) -> datetime:
    """The next such local time after `after` (UTC): once a week, whatever clocks do."""
    day = business_time.local_date(after, calendar.tz)
    for ahead in range(9):
        there = day + timedelta(days=ahead)
        moment = business_time.instant_of(there, at, calendar.tz)
        if there.weekday() == weekday and moment > after:
            return moment
    raise AssertionError("unreachable: nine days hold every weekday")


def _group(line: Line, now: datetime) -> str:
    record, booking = line.record, line.booking
    if record.set_aside:
        return "others"
    if home.overdue(line, now):
        return "overdue"
    if record.status is Status.REVIEWED and line.external is ExternalMessage.PRESENT:
        return "with_support"
    if booking is not None and booking.stands and now <= booking.start < now + WEEK:
        return "meetings"
    coming = record.status in (Status.DRAFT, Status.IN_REVIEW) and line.deadline.due < now + WEEK
    return "due" if coming and (booking is None or not booking.stands) else "others"


def _late(line: Line, actions: Sequence[ActionItem], days: tuple[int, int], now: datetime) -> Late | None:
    record = line.record
    # A topic has no day of its own: it is to be decided as soon as the first tickets are due.
    late = [(due, each) for each in actions if _counts(each) and (due := triage.due_at(each, record, days)) <= now]
    if not late or record.set_aside:
        return None
    first, last = min(due for due, _ in late), max(due for due, _ in late)
    if record.status is Status.CLOSED and now >= last + NAMED_FOR:
        return None
    topics = sum(each.undecided for _, each in late)
    return Late(line, len(late) - topics, topics, (now - first).days)


def _counts(each: ActionItem) -> bool:
    return each.decision is Decision.TICKET or each.undecided
