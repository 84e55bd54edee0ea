"""How tickets stand in the tracker is written down, and shown where that is another than before. Nobody is told: the owner makes the
tickets and does not follow them (R-31)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import ticket_status
from bot.domain.postmortem import Audit, Postmortem
from bot.domain.tickets import KeptTicket
from bot.ports.store import Unit
from bot.usecases import rows

Reading = tuple[KeptTicket, KeptTicket]


def keep(unit: Unit, postmortem_id: str, readings: Sequence[Reading], now: datetime) -> int:
    """`readings` are (as it was, as it was read) of one record's tickets. Returns how many were left out, since somebody else went on
    with them after they were asked for: what is known now may be newer."""
    record = unit.records.get(postmortem_id, lock=True)
    current = [pair for pair in readings if unit.tickets.get(pair[0].action_id, lock=True) == pair[0]]
    for before, after in current:
        unit.tickets.put(after)
        if record and before.key != after.key:
            _moved(unit, record, before, after, now)
    if record and any(ticket_status.changed(*pair) for pair in current):
        # Each version of the document is a file in the channel: what changes while people work is written together.
        unit.outbox.put(rows.card(record, now, soon=True), rows.document_by_marks(record, now))
    return len(readings) - len(current)


def _moved(unit: Unit, record: Postmortem, before: KeptTicket, after: KeptTicket, now: datetime) -> None:
    """Somebody moved it to another project: the action item leads to where it is."""
    for action in unit.items.actions(record.id):
        if action.id == after.action_id and action.ticket == before.url:
            unit.items.put_action(replace(action, ticket=after.url, version=action.version + 1))
    unit.ledger.note(Audit(record.id, now, "bot", "ticket", before.key, after.key, "tracker"))


@dataclass(frozen=True, slots=True)
class HearTicket:
    """The tracker says that something happened to a ticket: it is read, and nothing that was said is believed."""

    def __call__(self, unit: Unit, team_id: str, key: str, now: datetime) -> int:
        """How many of ours have this key; however often it is said, each is read once."""
        found = unit.tickets.with_key(team_id, key.upper())
        for each in found:
            record = unit.records.get(each.postmortem_id)
            if record is not None:
                unit.outbox.put(rows.ticket_read(record, each.action_id, now))
        return len(found)
