"""The Home tab as a value: which post-mortems concern the reader and why, which others are open, the most urgent first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.booking import Booking, Outcome
from bot.domain.deadlines import Deadline
from bot.domain.external_message import ExternalMessage
from bot.domain.postmortem import Postmortem
from bot.domain.status import Status

PAGE = 10
# How many of a group are shown; the rest stand in the list of all.
MOST_MINE = 8


class Shown(StrEnum):
    """What the list of all shows."""

    OPEN = "open"
    OVERDUE = "overdue"
    IN_REVIEW = "in_review"
    SEV1 = "sev1"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Line:
    """One post-mortem on a list, as far as a list shows it. `approved` says that the reader has approved it."""

    record: Postmortem
    deadline: Deadline
    booking: Booking | None = None
    external: ExternalMessage = ExternalMessage.UNDECIDED
    approved: bool = False


@dataclass(frozen=True, slots=True)
class Home:
    """What one reader sees. `listed` is one page of `total`; `page` counts from 0. The first page of all that are open leaves
    out what a group shows, and `above` says that it did."""

    owned: tuple[Line, ...]
    commanded: tuple[Line, ...]
    to_review: tuple[Line, ...]
    to_publish: tuple[Line, ...]
    listed: tuple[Line, ...]
    shown: Shown
    page: int
    total: int
    now: datetime
    above: bool = False

    @property
    def pages(self) -> int:
        """How many pages the list has, at least one."""
        return max(1, -(-self.total // PAGE))


def overdue(line: Line, now: datetime) -> bool:
    """Whether the meeting should have taken place and has not (R-02): the last day is over, and nobody said that it was held
    in time. What was reviewed, closed, waived or merged into another one is not overdue, nor is it while the incident is open again."""
    record, booking = line.record, line.booking
    if record.status in (Status.REVIEWED, Status.CLOSED) or record.set_aside or record.open_again is not None:
        return False
    held = booking is not None and booking.outcome in (Outcome.AGREED, Outcome.CHANGES)
    if held and booking is not None and line.deadline.met_by(booking.start):
        return False
    return now >= line.deadline.due


def build(
    lines: Sequence[Line], closed: Sequence[Line], reader: str, *, support: bool, shown: Shown, page: int, now: datetime
) -> Home:
    """`lines` are the open ones that the reader may see, `closed` the last closed ones; `support` says that the reader is in
    the support team. A page that is not there any more gives the last one."""
    ordered = sorted(lines, key=lambda line: _urgency(line, now))
    picked = list(closed) if shown is Shown.CLOSED else [each for each in ordered if _fits(each, shown, now)]
    page = max(0, min(page, (len(picked) - 1) // PAGE))
    # What was merged waits for nobody: it goes on in another one, and stands in the list of all.
    waiting = [line for line in ordered if line.record.merged is None]
    groups = (
        tuple(line for line in waiting if line.record.owner == reader),
        tuple(line for line in waiting if line.record.roles.ic == reader and line.record.owner != reader),
        tuple(line for line in waiting if _to_review(line, reader)),
        tuple(line for line in waiting if support and _to_publish(line)),
    )
    turned = picked[page * PAGE : (page + 1) * PAGE]
    first = shown is Shown.OPEN and page == 0
    mine = {line.record.id for group in groups for line in group[:MOST_MINE]} if first else set()
    listed = tuple(line for line in turned if line.record.id not in mine)
    owned, commanded, to_review, to_publish = groups
    return Home(
        owned=owned,
        commanded=commanded,
        to_review=to_review,
        to_publish=to_publish,
        listed=listed,
        above=len(listed) < len(turned),
        shown=shown,
        page=page,
        total=len(picked),
        now=now,
    )


def _urgency(line: Line, now: datetime) -> tuple[bool, bool, datetime, int]:
    return (line.record.merged is not None, not overdue(line, now), line.deadline.due, line.record.number)


def _fits(line: Line, shown: Shown, now: datetime) -> bool:
    match shown:
        case Shown.OVERDUE:
            return overdue(line, now)
        case Shown.IN_REVIEW:
            return line.record.status is Status.IN_REVIEW
        case Shown.SEV1:
            return line.record.severity == 1
        case _:
            return True


def _to_review(line: Line, reader: str) -> bool:
    record = line.record
    asked = record.status is Status.IN_REVIEW and record.review_posted_at is not None
    return asked and not line.approved and reader != record.owner


def _to_publish(line: Line) -> bool:
    return line.record.status is Status.REVIEWED and line.external is ExternalMessage.PRESENT
