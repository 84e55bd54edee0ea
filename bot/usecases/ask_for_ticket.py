"""Somebody wants a ticket for an action item: it is written down under a label of its own, with the row that has it made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.domain import errors, services, ticket_labels, tickets
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
        self, unit: Unit, record: Postmortem, action: ActionItem, wish: Wish, by: str, now: datetime
    ) -> KeptTicket:
        """What is kept of it. Raises Refused while the severity or the start is unknown, where there is a ticket, or one is held."""
        rules = self.policy.tickets
        if rules is None:
            raise errors.refused("no_tracker", NO_TRACKER)
        tags = ticket_labels.tags(record.severity, record.times.started_at)
        before = unit.tickets.get(action.id, lock=True)
        if before and before.linking:
            raise errors.refused("linking", LOOKED_AT.format(before.linking))
        if before and before.state in (TicketState.WAITING, TicketState.SENDING):
            return before
        if before and before.state is TicketState.MADE:
            raise errors.refused("made", MADE.format(before.key))
        if before and before.state is TicketState.HELD and not wish.anew:
            raise errors.refused("held", before.trouble)
        project = wish.project or _project(unit, record) or rules.project
        kept = KeptTicket(
            action.id, record.id, ticket_labels.own(action.id), project, wish.issue_type or rules.issue_type, by, now,
            TicketState.WAITING, wish.priority, wish.due, wish.extra, tags,
        )  # fmt: skip
        unit.tickets.put(kept)
        unit.ledger.note(Audit(record.id, now, by, "ticket", None, f"asked for in {project}: {action.text}", "form"))
        unit.outbox.put(rows.ticket(record, action.id, now), rows.card(record, now, soon=True))
        return kept

    def all(self, unit: Unit, record: Postmortem, by: str, now: datetime) -> int:
        """Every ticket that is decided on and not made: also those that were refused, once more. Returns how many. Raises Refused
        where there is none to make."""
        kept = {each.action_id: each for each in unit.tickets.of_record(record.id)}
        wanted = tickets.to_ask(unit.items.actions(record.id), kept)
        if not wanted:
            raise errors.refused("none", "Every ticket is made, or is being made.")
        for action in wanted:
            self(unit, record, action, self.wish(action), by, now)
        return len(wanted)

    @staticmethod
    def wish(action: ActionItem, *, anew: bool = False) -> Wish:
        """What was decided of the action item."""
        return Wish(priority=str(action.priority or ""), due=action.due, anew=anew)


def _project(unit: Unit, record: Postmortem) -> str:
    """That of the first service which has one."""
    keys = [services.key(each) for each in record.services]
    known = unit.services.some(record.team_id, keys) if keys else {}
    return next((known[key].project for key in keys if key in known and known[key].project), "")
