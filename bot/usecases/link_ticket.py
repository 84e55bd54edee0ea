"""A ticket that exists becomes that of an action item, or is it no more (R-31). What was typed is only written down: a row looks at
it in the tracker, and then it is linked, or whoever asked is told why it is not, and all is as it was before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import errors, ticket_address, ticket_labels, typed
from bot.domain.actions import ActionItem, Decision
from bot.domain.errors import Stale
from bot.domain.policy import Policy
from bot.domain.postmortem import Audit, Postmortem
from bot.domain.tickets import KeptTicket, Ticket, TicketState
from bot.domain.topics import Topic
from bot.ports.errors import Outdated
from bot.ports.store import Unit
from bot.usecases import rows
from bot.usecases.ask_for_ticket import NO_TRACKER

NO_TICKET = ticket_address.NO_TICKET
MAKING = "I have asked Jira for a ticket for this action item, and do not know yet what came of it. Try again in some minutes."
TWICE = "{} is the ticket of another action item already: “{}”. Merge this one into that one, or unlink it there first."
NOT_ONE = "Only what becomes of it a ticket can have one: choose “Ticket” first."
UNLINKED = "This action item has no ticket any more. Open the list again to see what stands."


@dataclass(frozen=True, slots=True)
class LinkTicket:
    """Links and unlinks; the tracker is asked by a row alone."""

    policy: Policy

    def __call__(
        self, unit: Unit, record: Postmortem, action: ActionItem, typed: str, by: str, now: datetime
    ) -> KeptTicket:
        """`typed` is a key or an address. Raises BadInput for one that is neither or another action item's, and while a ticket is
        being made; Refused without a tracker."""
        rules = self.policy.tickets
        if rules is None:
            raise errors.refused("no_tracker", NO_TRACKER)
        if action.decision is not Decision.TICKET:
            raise errors.bad_input(NO_TICKET, NOT_ONE)
        key = ticket_address.key(typed, rules.url)
        before = unit.tickets.get(action.id, lock=True)
        if before and not before.settled and not before.linking and not (before.stuck and before.unsent):
            raise errors.bad_input(NO_TICKET, MAKING)
        if before and before.state is TicketState.MADE and key == before.key:
            return before
        if twice := taken(unit, record, action.id, key):
            raise errors.bad_input(NO_TICKET, twice)
        fresh = KeptTicket(
            action.id, record.id, ticket_labels.own(action.id), key.rpartition("-")[0], rules.issue_type, by, now,
            TicketState.NONE,
        )  # fmt: skip
        if before and before.stuck:
            before = before.cancelled()
        kept = (
            before
            if before and before.state is not TicketState.REFUSED
            else replace(before or fresh, state=TicketState.NONE)
        )
        kept = replace(kept, linking=key, asked_by=by)
        unit.tickets.put(kept)
        unit.ledger.note(Audit(record.id, now, by, "ticket", _key(before), f"to be linked: {key}", "form"))
        unit.outbox.put(rows.ticket(record, action.id, now), rows.card(record, now, soon=True))
        return kept

    def off(self, unit: Unit, record: Postmortem, action: ActionItem, by: str, now: datetime) -> KeptTicket:
        """The ticket stays in the tracker, without our labels, and the action item has none. Raises Stale when it has none."""
        before = unit.tickets.get(action.id, lock=True)
        if before is None or before.state is not TicketState.MADE:
            raise Stale(UNLINKED)
        kept = replace(
            before, state=TicketState.NONE, key="", url="", status="", done=False, linked_back=False, tags=(), trouble="",
            tries=0, tried_at=None, linking="", gone=False,
        )  # fmt: skip
        unit.tickets.put(kept)
        # What could not be done to a ticket that is not its own any more is no trouble of anybody.
        unit.outbox.settle(record.id, [rows.ticket_key(record, action.id)])
        unit.items.put_action(replace(action, ticket="", version=action.version + 1))
        unit.ledger.note(Audit(record.id, now, by, "ticket", before.key, None, "unlinked"))
        unit.outbox.put(rows.ticket_off(record, action.id, before.key, before.labels, now))
        unit.outbox.put(rows.card(record, now, soon=True), rows.document(record, now))
        return kept


def taken(unit: Unit, record: Postmortem, action_id: str, key: str) -> str:
    """Why this ticket cannot be that of this action item: it is another one's of the same post-mortem; "" when it can."""
    words = {each.id: each.text for each in unit.items.actions(record.id)}
    others = (
        each for each in unit.tickets.of_key(key) if each.postmortem_id == record.id and each.action_id != action_id
    )
    other = next((each for each in others if each.action_id in words), None)
    return "" if other is None else TWICE.format(key, typed.clip(typed.one_line(words[other.action_id]), 80))


def linked(unit: Unit, seen: KeptTicket, ticket: Ticket, now: datetime) -> KeptTicket | None:
    """It stands in the tracker as `ticket`, maybe under another key; None, and whoever asked is told, where that is another action
    item's. What was linked before loses our labels."""
    record = unit.records.get(seen.postmortem_id, lock=True)
    if unit.tickets.get(seen.action_id, lock=True) != seen or record is None:
        raise Outdated("Somebody else went on with this ticket.")
    if twice := taken(unit, record, seen.action_id, ticket.key):
        not_linked(unit, seen, twice, now)
        return None
    project = ticket.key.rpartition("-")[0]
    kept = replace(seen, linking="", linked_back=False, tags=(), project=project, due=None, priority="").made(
        ticket, now
    )
    unit.tickets.put(kept)
    for action in unit.items.actions(record.id):
        if action.id == kept.action_id:
            unit.items.put_action(replace(action, ticket=ticket.url, version=action.version + 1))
    if seen.key and seen.key != kept.key:
        unit.outbox.put(rows.ticket_off(record, seen.action_id, seen.key, seen.labels, now))
    unit.ledger.note(Audit(record.id, now, seen.asked_by, "ticket", _key(seen), kept.key, "tracker"))
    unit.outbox.put(rows.card(record, now, soon=True), rows.document(record, now))
    return kept


def not_linked(unit: Unit, seen: KeptTicket, why: str, now: datetime) -> None:
    """All is as it was before, and whoever asked is told `why`. Raises Outdated when somebody else went on meanwhile."""
    record = unit.records.get(seen.postmortem_id, lock=True)
    if unit.tickets.get(seen.action_id, lock=True) != seen or record is None:
        raise Outdated("Somebody else went on with this ticket.")
    said = f"{seen.linking} was not linked: {why}"
    question = f" {seen.held().trouble}" if seen.state is TicketState.HELD else ""
    unit.tickets.put(replace(seen, linking="", trouble=said + question))
    unit.ledger.note(Audit(record.id, now, seen.asked_by, "ticket", _key(seen), said, "tracker"))
    values = {"ticket": seen.linking, "reason": why, "action": seen.action_id}
    unit.outbox.put(
        rows.person_dm(
            record, seen.asked_by, Topic.TICKET_NOT_LINKED, f"{seen.action_id}:{now.isoformat()}", now, **values
        ),
        rows.card(record, now, soon=True),
    )


def _key(kept: KeptTicket | None) -> str | None:
    return kept.key or None if kept else None
