"""A ticket that waits because of trouble in the tracker is not wanted any more: it is as if none had been asked for."""

from __future__ import annotations

from datetime import datetime

from bot.domain.actions import ActionItem
from bot.domain.errors import Stale
from bot.domain.postmortem import Audit, Postmortem
from bot.ports.store import Unit
from bot.usecases import rows

TOO_LATE = (
    "It cannot be cancelled any more: a request has left for Jira, and a ticket may have been made. Open the list again to see what "
    "came of it."
)


class CancelTicket:
    """Only while no request can have left."""

    def __call__(self, unit: Unit, record: Postmortem, action: ActionItem, by: str, now: datetime) -> None:
        """Raises Stale where none waits, or one may have been made."""
        kept = unit.tickets.get(action.id, lock=True)
        if kept is None or not kept.unsent:
            raise Stale(TOO_LATE)
        unit.tickets.put(kept.cancelled())
        unit.outbox.cancel(record.id, [rows.ticket_key(record, action.id)])
        unit.ledger.note(Audit(record.id, now, by, "ticket", None, "cancelled", "form"))
        unit.outbox.put(rows.card(record, now, soon=True))
