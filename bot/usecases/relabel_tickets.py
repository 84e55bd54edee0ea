"""The severity or the start changed after tickets were made: those that have the labels of before get the new ones, when somebody has
said so (R-32)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain import relabelling, ticket_labels
from bot.domain.policy import Policy
from bot.domain.postmortem import Audit, Postmortem
from bot.domain.tickets import KeptTicket
from bot.domain.topics import Topic
from bot.ports.store import Unit
from bot.usecases import rows

# Jira is given a moment before anybody is told what came of it.
SOON = timedelta(seconds=2)


def offer(unit: Unit, before: Postmortem, after: Postmortem, policy: Policy, by: str, now: datetime) -> None:
    """Whoever changed the severity or the start is asked once whether the tickets follow; the card and the list ask as well."""
    same = (before.severity, before.times.started_at) == (after.severity, after.times.started_at)
    if same or policy.tickets is None or not relabelling.wanted(after, unit.tickets.of_record(after.id)):
        return
    unit.outbox.put(rows.person_dm(after, by, Topic.TICKETS_OUTDATED, f"{after.version}", now))


class RelabelTickets:
    """After the confirm. Each has a row of its own: one that fails is named with its reason, and holds up no other."""

    def __call__(self, unit: Unit, record: Postmortem, by: str, now: datetime) -> Sequence[KeptTicket]:
        """Those that are relabelled now."""
        found = relabelling.outdated(record, unit.tickets.of_record(record.id))
        for each in found:
            unit.tickets.put(replace(each, linked_back=False, trouble=""))
            unit.outbox.put(rows.ticket(record, each.action_id, now, summed=True))
        if found:
            old = " ".join(dict.fromkeys(tag for each in found for tag in each.tags))
            new = " ".join(ticket_labels.tags(record.severity, record.times.started_at))
            keys = ", ".join(each.key for each in found)
            unit.ledger.note(Audit(record.id, now, by, "ticket labels", old or None, f"{new} on {keys}", "form"))
            actions = [each.action_id for each in found]
            unit.outbox.put(rows.relabelled(record, by, actions, now + SOON), rows.card(record, now, soon=True))
        return found
