"""How tickets stand in the tracker once they were made (R-31): read back from there, shown, and never asked of their owners."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain import phrases
from bot.domain.actions import ActionItem, Decision
from bot.domain.postmortem import Postmortem
from bot.domain.tickets import KeptTicket, Ticket, TicketRules, TicketState

# So many are asked for by one search, and so many of them at most are then read one by one before others have their turn.
AT_ONCE, ONE_BY_ONE = 50, 10
# What is done, or gone, may be opened again, or come back.
OVER_EVERY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Due:
    """Which tickets are read: those last read before `open_before`, or before `over_before` where they are done or gone; of
    post-mortems that are not Closed, or were closed after `closed_after`."""

    open_before: datetime
    over_before: datetime
    closed_after: datetime


def due(rules: TicketRules, now: datetime) -> Due:
    """Half an interval ago is long ago: what was read right before the last reading is then not left out of the next one."""
    return Due(now - rules.read_every / 2, now - OVER_EVERY, now - rules.followed)


def followed(record: Postmortem, rules: TicketRules, now: datetime) -> bool:
    """Whether the status of its tickets is read back."""
    return record.closed_at is None or record.closed_at > now - rules.followed


def read(kept: KeptTicket, ticket: Ticket | None, now: datetime) -> KeptTicket:
    """As it stands now; None says that the tracker has no such ticket. One that was moved has another key."""
    if ticket is None:
        return replace(kept, gone=True, read_at=now)
    return replace(
        kept, key=ticket.key, url=ticket.url, status=ticket.status, done=ticket.done, gone=False, read_at=now
    )


def changed(before: KeptTicket, after: KeptTicket) -> bool:
    """Whether anything is different that people see."""
    return replace(after, read_at=before.read_at) != before


def to_look_at(batch: Sequence[KeptTicket], found: Mapping[str, Ticket], now: datetime) -> tuple[KeptTicket, ...]:
    """Those that have to be read one by one: missing in the search, or other there than we know. The search may be behind what
    was read before, so that only the ticket itself tells."""
    return tuple(each for each in batch if each.key not in found or changed(each, read(each, found[each.key], now)))


def said(kept: KeptTicket) -> str:
    """In a few words; "" while nothing is known."""
    if kept.gone:
        return "gone in Jira"
    if not kept.done:
        return kept.status
    plain = kept.status.casefold() in ("", "done")
    return "done in Jira" if plain else f"{kept.status}, done in Jira"


def made_with(kept: KeptTicket, action: ActionItem, due: date | None) -> tuple[str, ...]:
    """What the ticket was made with and is another thing here by now, in a few words each; nobody changes it in the tracker by
    that. `due` is the day of the action item."""
    if kept.state is not TicketState.MADE or action.decision is not Decision.TICKET or kept.done or kept.gone:
        return ()
    day = (f"due {phrases.day(kept.due)}",) if kept.due and kept.due != due else ()
    priority = (kept.priority,) if kept.priority and kept.priority != str(action.priority or "") else ()
    return (*day, *priority)
