"""The severity or the start changed after tickets were made: those that have the labels of before get the new ones, when somebody has
said so (R-32)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain import ticket_labels
from bot.domain.errors import DomainError
from bot.domain.postmortem import Audit, Postmortem
from bot.domain.tickets import KeptTicket, TicketState
from bot.ports.store import Unit
from bot.usecases import rows


def outdated(unit: Unit, record: Postmortem) -> Sequence[KeptTicket]:
    """The tickets whose labels are not those of the incident any more; none while those cannot be told."""
    try:
        tags = ticket_labels.tags(record.severity, record.times.started_at)
    except DomainError:
        return []
    return [each for each in unit.tickets.of_record(record.id) if each.state is TicketState.MADE and each.tags != tags]


class RelabelTickets:
    """After the confirm. Each has a row of its own: one that fails is named with its reason, and holds up no other."""

    def __call__(self, unit: Unit, record: Postmortem, by: str, now: datetime) -> Sequence[KeptTicket]:
        """Those that are relabelled now."""
        found = outdated(unit, record)
        for each in found:
            unit.tickets.put(replace(each, linked_back=False, trouble=""))
            unit.outbox.put(rows.ticket(record, each.action_id, now))
        if found:
            old = " ".join(dict.fromkeys(tag for each in found for tag in each.tags))
            new = " ".join(ticket_labels.tags(record.severity, record.times.started_at))
            keys = ", ".join(each.key for each in found)
            unit.ledger.note(Audit(record.id, now, by, "ticket labels", old or None, f"{new} on {keys}", "form"))
        return found
