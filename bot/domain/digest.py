"""The week at a glance (R-02, X-1): what is overdue, what is due, which meetings come, what waits for support, and action
items past their date. For the ICs, and for a channel of the managers' choice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.domain import business_time, home, triage
from bot.domain.actions import ActionItem, Decision
from bot.domain.business_time import Calendar
from bot.domain.external_message import ExternalMessage
from bot.domain.home import Line
from bot.domain.noticed import Noticed
from bot.domain.postmortem import Postmortem
from bot.domain.recurring import Recurring
from bot.domain.report import Report
from bot.domain.report_case import Kept
from bot.domain.status import Status
from bot.domain.tickets import KeptTicket

WEEK = timedelta(days=7)
# Whether a ticket is done its tracker knows: once the post-mortem is closed it is named for so long, and then no more, unless its
# status is read back.
NAMED_FOR = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class Late:
    """Action items of one post-mortem that are past their date: tickets that the tracker does not call done, and topics that
    nobody has decided on. `days` are those since the day on which the oldest was due, as a calendar counts them; `known` are the
    tickets as they were last read."""

    line: Line
    tickets: int
    topics: int
    days: int
    known: tuple[KeptTicket, ...] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    """Each post-mortem stands in the first group that fits it; `unrecorded` are incidents that have none (R-01). `merged` are parts
    of another one, where their work goes on. `again` is what came back in this week's incidents, `unclear` are open ones of which
    nobody knows whether their meeting kept the deadline."""

    overdue: tuple[Line, ...] = ()
    due: tuple[Line, ...] = ()
    meetings: tuple[Line, ...] = ()
    with_support: tuple[Line, ...] = ()
    late: tuple[Late, ...] = ()
    others: int = 0
    merged: int = 0
    unrecorded: tuple[Noticed, ...] = ()
    again: tuple[Recurring, ...] = ()
    unclear: tuple[Postmortem, ...] = ()

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
    tickets: Mapping[str, KeptTicket] | None = None,
) -> Digest:
    """`lines` are open, `closed` recently closed and `unrecorded` without one, as far as the reader may see them; `days` are the
    terms of action items, and `tickets` those whose status is read back, by action item."""
    groups: dict[str, list[Line]] = {"overdue": [], "due": [], "meetings": [], "with_support": [], "others": []}
    parts: list[Line] = []
    open_lines = sorted(lines, key=lambda line: (line.deadline.due, line.record.number))
    for line in open_lines:
        (parts if line.record.merged else groups[_group(line, now)]).append(line)
    followed = tickets or {}
    late = (_late(line, actions.get(line.record.id, ()), days, now, followed) for line in (*open_lines, *closed))
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


def remarks(digest: Digest, report: Report, today: date) -> Digest:
    """With what the report of the last weeks has that somebody may want to do something about; nothing of older weeks anew."""
    new = {each.record.id for each in report.cases if each.ended > today - WEEK}
    again = [each for each in (*report.services, *report.factors) if any(one.id in new for one in each.records)]
    unclear = [each.record for each in report.cases if each.meeting is Kept.UNKNOWN and each.open]
    return replace(digest, again=tuple(again), unclear=tuple(unclear))


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


def _late(
    line: Line,
    actions: Sequence[ActionItem],
    days: tuple[int, int],
    now: datetime,
    tickets: Mapping[str, KeptTicket],
) -> Late | None:
    record = line.record
    # A topic has no day of its own: it is to be decided as soon as the first tickets are due.
    late = [
        (due, each)
        for each in actions
        if _counts(each, tickets)
        and (due := triage.due_at(triage.as_made(each, tickets.get(each.id)), record, days)) <= now
    ]
    if late and record.status is Status.CLOSED and now >= max(due for due, _ in late) + NAMED_FOR:
        late = [(due, each) for due, each in late if each.id in tickets]
    if not late or record.set_aside:
        return None
    topics = sum(each.undecided for _, each in late)
    by_day = sorted(late, key=lambda pair: (pair[0], pair[1].at, pair[1].id))
    known = tuple(tickets[each.id] for _, each in by_day if each.id in tickets)
    # The day on which it was due ended as `first` began.
    today, first = (business_time.local_date(at, record.business_tz) for at in (now, min(due for due, _ in late)))
    return Late(line, len(late) - topics, topics, (today - first).days + 1, known)


def _counts(each: ActionItem, tickets: Mapping[str, KeptTicket]) -> bool:
    if each.undecided:
        return True
    return each.decision is Decision.TICKET and not (each.id in tickets and tickets[each.id].done)
