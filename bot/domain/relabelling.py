"""Tickets whose labels are not those of the incident any more: its severity or its start changed after they were made, or their
labels could not be put onto them (R-32)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bot.domain import phrases, ticket_labels
from bot.domain.errors import DomainError
from bot.domain.postmortem import Postmortem
from bot.domain.tickets import KeptTicket, TicketState

_NAMED = 10


@dataclass(frozen=True, slots=True)
class Relabelling:
    """What is offered: these tickets, from their labels to the new ones."""

    tickets: tuple[KeptTicket, ...]
    new: tuple[str, ...]

    @property
    def old(self) -> tuple[str, ...]:
        """The labels that they have of ours; those of tickets that have none yet are none."""
        return tuple(dict.fromkeys(tag for each in self.tickets for tag in each.tags))

    @property
    def lost(self) -> tuple[str, ...]:
        """The labels that go."""
        return tuple(tag for tag in self.old if tag not in self.new)

    @property
    def gained(self) -> tuple[str, ...]:
        """The labels that some of them have not yet."""
        return tuple(tag for tag in self.new if not all(tag in each.tags for each in self.tickets))

    @property
    def said(self) -> str:
        """`Relabel 3 tickets`, on a button; the labels stand beside it."""
        return f"{'Relabel' if self.old else 'Label'} {phrases.count(len(self.tickets), 'ticket')}"

    @property
    def keys(self) -> str:
        """`OPS-1, OPS-2 and 3 more`."""
        return phrases.listing([each.key for each in self.tickets], most=_NAMED)


def outdated(record: Postmortem, kept: Iterable[KeptTicket]) -> tuple[KeptTicket, ...]:
    """Those with other labels than the incident's, also while they are being changed; none while those cannot be told, and
    none that the tracker has no more."""
    try:
        tags = ticket_labels.tags(record.severity, record.times.started_at)
    except DomainError:
        return ()
    return tuple(each for each in kept if each.state is TicketState.MADE and not each.gone and each.tags != tags)


def wanted(record: Postmortem, kept: Iterable[KeptTicket]) -> Relabelling | None:
    """What is to be offered: nothing of what is being done."""
    found = tuple(each for each in outdated(record, kept) if not in_hand(each))
    if not found:
        return None
    return Relabelling(found, ticket_labels.tags(record.severity, record.times.started_at))


def in_hand(ticket: KeptTicket) -> bool:
    """Its labels and its link back are on their way."""
    return ticket.state is TicketState.MADE and not ticket.linked_back and not ticket.trouble


def theirs(others: Iterable[KeptTicket], own: KeptTicket, now: Collection[str] = ()) -> frozenset[str]:
    """The labels that other action items need on the same ticket; `now` are the tags of one that waits for its first."""
    return frozenset(
        label for each in others if each.action_id != own.action_id for label in (*(each.tags or now), each.label)
    )
