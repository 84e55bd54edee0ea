"""What becomes of a ticket that is being made: written down before each request leaves and after each answer (R-31), so that whoever
goes on after a crash knows whether one may be there already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.domain.actions import Decision
from bot.domain.postmortem import Audit
from bot.domain.tickets import KeptTicket, Ticket, TicketState
from bot.ports.errors import Outdated
from bot.ports.store import Unit
from bot.usecases import rows


def sending(unit: Unit, seen: KeptTicket, due: date | None, now: datetime) -> KeptTicket | None:
    """The request leaves when this is committed. None, and it can be asked for again, when it was decided otherwise meanwhile. Raises
    Outdated when somebody else went on."""
    record = unit.records.get(seen.postmortem_id, lock=True)
    if record and any(
        each.id == seen.action_id and each.decision is Decision.TICKET for each in unit.items.actions(record.id)
    ):
        return _put(unit, seen, seen.sending(now, due))
    unwanted(unit, seen, now)
    return None


def unwanted(unit: Unit, seen: KeptTicket, now: datetime) -> None:
    """None was made, and none is wanted any more: when it is decided so again, it is asked for again."""
    _put(unit, seen, seen.unwanted())
    record = unit.records.get(seen.postmortem_id, lock=True)
    if record is not None:
        unit.outbox.put(rows.card(record, now, soon=True))


def not_made(unit: Unit, seen: KeptTicket) -> KeptTicket:
    """The tracker said that it made none."""
    return _put(unit, seen, seen.not_made())


def made(unit: Unit, seen: KeptTicket, ticket: Ticket, now: datetime, more: str = "") -> KeptTicket:
    """It stands in the tracker: the action item, the card and the document show it. `more` is a sentence about what it lacks."""
    record = unit.records.get(seen.postmortem_id, lock=True)
    kept = _put(unit, seen, seen.made(ticket, now, more))
    if record is None:
        return kept
    for action in unit.items.actions(record.id):
        if action.id == kept.action_id:
            unit.items.put_action(replace(action, ticket=ticket.url, version=action.version + 1))
    unit.ledger.note(Audit(record.id, now, kept.asked_by, "ticket", None, ticket.key, "tracker"))
    unit.outbox.put(rows.card(record, now, soon=True), rows.document(record, now))
    return kept


def linked_back(unit: Unit, seen: KeptTicket, ticket: Ticket, tags: tuple[str, ...], now: datetime) -> KeptTicket:
    """It leads back to us and has our labels; how it stands was read on the way."""
    after = replace(seen, linked_back=True, tags=tags, status=ticket.status, done=ticket.done, read_at=now)
    return _put(unit, seen, after)


def waits(unit: Unit, action_id: str, why: str, wants: Sequence[str] = ()) -> None:
    """It could not be made this time, or not be looked for; `wants` are the fields that it lacks."""
    kept = unit.tickets.get(action_id, lock=True)
    if kept is not None and not kept.settled:
        unit.tickets.put(replace(kept, trouble=why, wants=tuple(wants)))


def given_up(unit: Unit, action_id: str, why: str) -> None:
    """No more is tried by itself: a person decides, and is never told that there is none where there may be one."""
    kept = unit.tickets.get(action_id, lock=True)
    if kept and kept.linking:
        question = f" {kept.held().trouble}" if kept.state is TicketState.HELD else ""
        unit.tickets.put(replace(kept, linking="", trouble=f"{kept.linking} was not linked: {why}{question}"))
        return
    if kept is None or kept.state is TicketState.HELD:
        return
    if kept.state in (TicketState.MADE, TicketState.NONE):
        unit.tickets.put(replace(kept, trouble=why))
    else:
        unit.tickets.put(kept.held() if kept.state is TicketState.SENDING else kept.refused(why))


def _put(unit: Unit, seen: KeptTicket, after: KeptTicket) -> KeptTicket:
    stored = unit.tickets.get(seen.action_id, lock=True)
    if stored is None or stored != seen:
        raise Outdated("Somebody else went on with this ticket.")
    unit.tickets.put(after)
    return after
