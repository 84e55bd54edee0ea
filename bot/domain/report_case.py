"""One incident in a report: whether its meeting kept the deadline and its review too, and what is still to be done. What nobody knows is
not known: it counts neither as good nor as bad."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain import business_time, counted, triage
from bot.domain.actions import ActionItem, ActionKind, Decision
from bot.domain.booking import Booking, Outcome
from bot.domain.deadlines import Deadline
from bot.domain.home import Line
from bot.domain.postmortem import Postmortem
from bot.domain.status import Status
from bot.domain.tickets import KeptTicket


class Kept(StrEnum):
    """How something stands to its deadline. OVERDUE has not taken place, and should have; COMING still has time."""

    IN_TIME = "in time"
    LATE = "late"
    OVERDUE = "overdue"
    COMING = "coming"
    UNKNOWN = "not known"


class Work(StrEnum):
    """How an action item stands. UNKNOWN is a ticket in a tracker that nobody reads."""

    OPEN = "open"
    UNKNOWN = "not known"
    UNDECIDED = "undecided"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Item:
    """One action item: how it stands, whether it is past its day, and for how many days it has been there."""

    action: ActionItem
    work: Work
    overdue: bool
    days: int


@dataclass(frozen=True, slots=True)
class Case:
    """One incident. `ended` is the day from which its deadline counts, `days` those from then to its meeting that was held, `allowed`
    those that the deadline gives; None where the end is not known. `so_far` are the days that have gone by while none was held."""

    record: Postmortem
    deadline: Deadline
    ended: date
    meeting: Kept
    review: Kept
    days: int | None = None
    allowed: int | None = None
    so_far: int | None = None
    items: tuple[Item, ...] = ()

    @property
    def open(self) -> bool:
        """Whether the post-mortem is not closed yet."""
        return self.record.status is not Status.CLOSED

    @property
    def process(self) -> tuple[Item, ...]:
        """Action items about how we respond (R-66), decided against or merged ones left out."""
        gone = (Decision.WONT_DO, Decision.MERGED)
        return tuple(
            each for each in self.items if each.action.kind is ActionKind.PROCESS and each.action.decision not in gone
        )


def judge(
    line: Line, actions: Sequence[ActionItem], tickets: Mapping[str, KeptTicket], days: tuple[int, int], now: datetime
) -> Case:
    """`tickets` are those that stand in a tracker, by action item; `days` the terms of action items."""
    record, deadline, anchor = line.record, line.deadline, counted.anchor(line.record)
    ended = business_time.local_date(anchor.at, record.business_tz)
    known = not anchor.provisional
    held = _held(line.booking)
    took = (business_time.local_date(held.start, record.business_tz) - ended).days if held and known else None
    return Case(
        record=record,
        deadline=deadline,
        ended=ended,
        meeting=_meeting(line, now),
        review=_review(record, deadline, now),
        days=took,
        allowed=(deadline.last_day - ended).days if not deadline.provisional else None,
        so_far=(business_time.local_date(now, record.business_tz) - ended).days if known and not held else None,
        items=tuple(_item(each, record, tickets.get(each.id), days, now) for each in actions),
    )


def _held(booking: Booking | None) -> Booking | None:
    return booking if booking and booking.outcome in (Outcome.AGREED, Outcome.CHANGES) else None


def _meeting(line: Line, now: datetime) -> Kept:
    deadline, held = line.deadline, _held(line.booking)
    if held is not None:
        return _kept(held.start, deadline)
    nobody_said = line.booking is not None and line.booking.stands and now >= line.booking.end
    # Reviewed without a meeting that anybody told of: in some way it was agreed on, and nobody knows when.
    agreed = line.record.status in (Status.REVIEWED, Status.CLOSED)
    return Kept.UNKNOWN if nobody_said or agreed else _waits(deadline, now)


def _review(record: Postmortem, deadline: Deadline, now: datetime) -> Kept:
    if record.reviewed_at is not None:
        return _kept(record.reviewed_at, deadline)
    return Kept.UNKNOWN if record.status is Status.CLOSED else _waits(deadline, now)


def _kept(at: datetime, deadline: Deadline) -> Kept:
    if deadline.provisional:
        return Kept.UNKNOWN
    return Kept.IN_TIME if deadline.met_by(at) else Kept.LATE


def _waits(deadline: Deadline, now: datetime) -> Kept:
    if now < deadline.due:
        return Kept.COMING
    return Kept.UNKNOWN if deadline.provisional else Kept.OVERDUE


def _item(each: ActionItem, record: Postmortem, kept: KeptTicket | None, days: tuple[int, int], now: datetime) -> Item:
    work = _work(each, kept)
    late = work is not Work.OVER and triage.due_at(triage.as_made(each, kept), record, days) <= now
    return Item(each, work, late, max(0, (now - each.at).days))


def _work(each: ActionItem, kept: KeptTicket | None) -> Work:
    if each.undecided:
        return Work.UNDECIDED
    if each.decision is not Decision.TICKET or (kept is not None and kept.done):
        return Work.OVER
    followed = kept is not None and kept.read_at is not None and not kept.gone
    return Work.OPEN if followed or not each.ticket else Work.UNKNOWN
