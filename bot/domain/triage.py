"""What the action items of a post-mortem are like as a whole: when each is due (X-1), which ones were merged, and what a
reviewer would ask about the set of them (R-33, R-34, X-3). Nothing here stops anybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain import business_time, counted, deadlines, errors, phrases, side_rooms
from bot.domain.actions import ActionItem, ActionKind, Decision, Priority
from bot.domain.business_time import Calendar
from bot.domain.deadlines import Deadline
from bot.domain.harvest import due_date
from bot.domain.harvest.finding import TodoFinding
from bot.domain.harvest.message import instant
from bot.domain.harvest.person import Person
from bot.domain.postmortem import Postmortem
from bot.domain.tickets import KeptTicket

MOST = 8
_NONE = (
    "There is no ticket yet: one that is P0 or P1, and that keeps the incident away or makes it smaller, is expected."
)
Days = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Around:
    """What was said right before a TODO and right after it, `name: words`; "" where nothing is known."""

    before: str = ""
    after: str = ""


def by_rule(record: Postmortem, days: Days = deadlines.ACTION_ITEM_DAYS) -> Deadline:
    """When tickets of this post-mortem are due unless somebody chose another day."""
    return deadlines.action_item_deadline(
        record.severity, counted.anchor(record).at, Calendar(record.business_tz), days
    )


def due_day(item: ActionItem, record: Postmortem, days: Days = deadlines.ACTION_ITEM_DAYS) -> date | None:
    """The day on which it is due; None for what is no ticket."""
    if item.decision is not Decision.TICKET:
        return None
    return item.due or by_rule(record, days).last_day


def due_at(item: ActionItem, record: Postmortem, days: Days = deadlines.ACTION_ITEM_DAYS) -> datetime:
    """The instant at which it is late: the end of that day."""
    day = item.due or by_rule(record, days).last_day
    return business_time.first_instant(day + timedelta(days=1), record.business_tz)


def as_made(item: ActionItem, kept: KeptTicket | None) -> ActionItem:
    """Late is what is late in the tracker: a ticket has the day that it was made with, where that is known."""
    return replace(item, due=kept.due) if kept and kept.due else item


def said_day(todo: TodoFinding, author: Person | None, record: Postmortem, now: datetime) -> date | None:
    """The day until which it was to be done, as the chat has it, where the words can mean no other day and it is not over yet.
    Raises ValueError for a naive `now`."""
    said = due_date.day(todo.due, instant(side_rooms.place(todo.ts)[0]), author.tz if author else None)
    return said if said and said >= business_time.local_date(now, record.business_tz) else None


def working(record: Postmortem, days: Days = deadlines.ACTION_ITEM_DAYS) -> str:
    """How the day by the rule comes about, in a sentence."""
    start = counted.anchor(record)
    rule = by_rule(record, days)
    what = "the incident ended" if not start.provisional else "the end of the incident is not known yet: provisional"
    return f"By the rule {phrases.day(rule.last_day)}: {rule.working[0]} ({what})."


def to_make(items: Sequence[ActionItem]) -> tuple[ActionItem, ...]:
    """The tickets that are in no tracker yet."""
    return tuple(each for each in items if each.decision is Decision.TICKET and not each.ticket)


def standing(items: Sequence[ActionItem]) -> tuple[ActionItem, ...]:
    """Those that were not merged into others."""
    return tuple(each for each in items if each.decision is not Decision.MERGED)


def merged(items: Sequence[ActionItem], into: ActionItem) -> tuple[ActionItem, ...]:
    """What was merged into this one: its messages stay linked there."""
    return tuple(each for each in items if each.decision is Decision.MERGED and each.merged_into == into.id)


def targets(items: Sequence[ActionItem], item: ActionItem | None) -> tuple[ActionItem, ...]:
    """What an item may be merged into: any other that stands by itself; what took others in stays."""
    if item is not None and merged(items, item):
        return ()
    return tuple(each for each in standing(items) if item is None or each.id != item.id)


def target(items: Sequence[ActionItem], item: ActionItem | None, into: str | None) -> ActionItem:
    """The item of that id. Raises BadInput where it is none that this one may be merged into."""
    found = next((each for each in targets(items, item) if each.id == into), None)
    if found is not None:
        return found
    if item is not None and merged(items, item):
        raise errors.bad_input(
            "no_target", "Others were merged into this one: undo that first, or merge it the other way."
        )
    raise errors.bad_input("no_target", "That action item cannot take this one in any more: choose another one.")


def warnings(items: Sequence[ActionItem], *, reviewing: bool = False) -> tuple[str, ...]:
    """What a reviewer would ask. While there is no ticket at all it is asked only once it is `reviewing`."""
    tickets = [each for each in items if each.decision is Decision.TICKET]
    if not tickets:
        return (_NONE,) if reviewing else ()
    helps = [each for each in items if each.decision in (Decision.TICKET, Decision.DONE)]
    kinds, priorities = {each.kind for each in helps}, {each.priority for each in tickets}
    found = []
    if len(tickets) > MOST:
        found.append(
            f"{phrases.count(len(tickets), 'ticket')}: with more than {MOST} few get done. Keep what matters most, and "
            "discuss or drop the rest."
        )
    if not priorities & {Priority.P0, Priority.P1}:
        found.append("No ticket is P0 or P1: is nothing urgent enough to be done soon?")
    if not kinds & {ActionKind.PREVENT, ActionKind.MITIGATE}:
        found.append("None prevents the incident or makes it smaller: what would keep it away, or shorten it?")
    return tuple(found)
