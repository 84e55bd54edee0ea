"""Somebody wants a ticket for an action item: it is written down under a label of its own, with the row that has it made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.domain import errors, services, ticket_labels
from bot.domain.actions import ActionItem
from bot.domain.policy import Policy
from bot.domain.postmortem import Audit, Postmortem
from bot.domain.tickets import KeptTicket, TicketState, Value
from bot.ports.store import Unit
from bot.usecases import rows

NO_TRACKER = (
    "No tracker is set up here: the action items stand in the document, and a ticket made by hand can be linked."
)
MADE = "This action item has the ticket {} already."
LOOKED_AT = (
    "{} is being looked at, to be linked to this action item: open the list again in a moment to see what came of it."
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody chose in the form; "" and None leave it to the rules. `anew` is the answer to the question of one that is held:
    there is none, make it."""

    priority: str = ""
    project: str = ""
    issue_type: str = ""
    due: date | None = None
    extra: Mapping[str, Value] = field(default_factory=dict)
    anew: bool = False


@dataclass(frozen=True, slots=True)
class AskForTicket:
    """Asked twice, it is made once: the second finds the first one's ticket, or the making of it."""

    policy: Policy

    def __call__(
        self, unit: Unit, record: Postmortem, action: ActionItem, wish: Wish, by: str, now: datetime, *, summed: bool = False
    ) -> KeptTicket:  # fmt: skip
        """What is kept of it; `summed` says that what comes of it is told with others.

        Raises Refused while the severity or the start is unknown, where there is a ticket, or one is held."""
        fresh = self.planned(unit, record, action, wish, by, now)
        before = unit.tickets.get(action.id, lock=True)
        if before and before.linking:
            raise errors.refused("linking", LOOKED_AT.format(before.linking))
        if before and not before.settled:
            return before
        if before and before.state is TicketState.MADE:
            raise errors.refused("made", MADE.format(before.key))
        if before and before.state is TicketState.HELD and not wish.anew:
            raise errors.refused("held", before.trouble)
        unit.tickets.put(fresh)
        said = f"asked for in {fresh.project}: {action.text}"
        unit.ledger.note(Audit(record.id, now, by, "ticket", None, said, "form"))
        unit.outbox.put(rows.ticket(record, action.id, now, summed=summed), rows.card(record, now, soon=True))
        return fresh

    def planned(
        self, unit: Unit, record: Postmortem, action: ActionItem, wish: Wish, by: str, now: datetime
    ) -> KeptTicket:
        """What would be kept of it; nothing is. Raises Refused without a tracker, and while the severity or the start is unknown."""
        rules = self.policy.tickets
        if rules is None:
            raise errors.refused("no_tracker", NO_TRACKER)
        tags = _tags(record)
        project = wish.project or _project(unit, record) or rules.project
        return KeptTicket(
            action.id, record.id, ticket_labels.own(action.id), project, wish.issue_type or rules.issue_type, by, now,
            TicketState.WAITING, wish.priority, wish.due, wish.extra, tags,
        )  # fmt: skip

    @staticmethod
    def wish(action: ActionItem, *, anew: bool = False, extra: Mapping[str, Value] | None = None) -> Wish:
        """What was decided of the action item, with what was filled in for its form."""
        return Wish(priority=str(action.priority or ""), due=action.due, anew=anew, extra=extra or {})


def _tags(record: Postmortem) -> tuple[str, str]:
    """Refused with the way to the form that says what is missing."""
    try:
        return ticket_labels.tags(record.severity, record.times.started_at)
    except errors.Refused as error:
        error.about = record.id
        raise


def _project(unit: Unit, record: Postmortem) -> str:
    """That of the first service which has one."""
    keys = [services.key(each) for each in record.services]
    known = unit.services.some(record.team_id, keys) if keys else {}
    return next((known[key].project for key in keys if key in known and known[key].project), "")
