"""Somebody wants all tickets that are decided on: what they would be, so that the tracker can be asked what it wants for them, and
then each of them once, however often and by whomever it is asked for (R-31)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain import errors, ticket_fields
from bot.domain.actions import ActionItem
from bot.domain.postmortem import Postmortem
from bot.domain.ticket_bulk import Which
from bot.domain.ticket_fields import Extra, Form
from bot.domain.tickets import KeptTicket
from bot.ports.store import Unit
from bot.usecases import rows
from bot.usecases.ask_for_ticket import AskForTicket

NONE = "Every ticket is made, or is being made."


@dataclass(frozen=True, slots=True)
class Planned:
    """A ticket as it would be asked for. `before` is what is kept of one that was refused, `given` what was filled in for others."""

    action: ActionItem
    ticket: KeptTicket
    before: KeptTicket | None
    given: Extra


@dataclass(frozen=True, slots=True)
class AskForTickets:
    """All of them at once; `ask` asks for one."""

    ask: AskForTicket

    def planned(self, unit: Unit, record: Postmortem, which: Which, by: str, now: datetime) -> tuple[Planned, ...]:
        """What would be asked for. What was filled in for one that was refused stands, unless more is wanted for it. Raises Refused
        as `AskForTicket` does."""
        kept = {each.action_id: each for each in unit.tickets.of_record(record.id)}
        found = []
        for action in which.among(unit.items.actions(record.id), kept):
            before = kept.get(action.id)
            extra = before.extra if before and not before.wants else {}
            ticket = self.ask.planned(unit, record, action, self.ask.wish(action, extra=extra), by, now)
            found.append(Planned(action, ticket, before, ticket_fields.given(kept.values(), ticket.form)))
        return tuple(found)

    def being_made(self, unit: Unit, record: Postmortem) -> tuple[KeptTicket, ...]:
        """Those that were asked for and are not settled yet."""
        return tuple(each for each in unit.tickets.of_record(record.id) if not each.settled)

    def again(self, unit: Unit, record: Postmortem, now: datetime, *, summed: bool = False) -> int:
        """Those that wait because of trouble are tried now; one cause may well have stopped them all. Returns how many."""
        stuck = [each for each in self.being_made(unit, record) if each.stuck]
        unit.outbox.put(*(rows.ticket(record, each.action_id, now, summed=summed) for each in stuck))
        return len(stuck)

    def check(self, unit: Unit, record: Postmortem, which: Which, by: str, now: datetime) -> None:
        """Raises Refused where there is none to make and none in the making, and as `AskForTicket` does."""
        kept = {each.action_id: each for each in unit.tickets.of_record(record.id)}
        wanted = which.among(unit.items.actions(record.id), kept)
        for action in wanted[:1]:
            self.ask.planned(unit, record, action, self.ask.wish(action), by, now)
        if not wanted and all(each.settled for each in kept.values()):
            raise errors.refused("none", NONE)

    def __call__(
        self, unit: Unit, record: Postmortem, which: Which, by: str, now: datetime,
        filled: Mapping[Form, Extra] | None = None, without: Collection[Form] = (),
    ) -> datetime:  # fmt: skip
        """Ask for each; `filled` is what was filled in, by form, and `without` the forms of which none can be made. Those that wait for
        another try are tried at once. Returns when those that are being made now were asked for. Raises Refused where there is none."""
        making, asked = self.being_made(unit, record), False
        for each in self.planned(unit, record, which, by, now):
            if each.ticket.form in without:
                continue
            wish = self.ask.wish(each.action, extra={**each.ticket.extra, **(filled or {}).get(each.ticket.form, {})})
            self.ask(unit, record, each.action, wish, by, now, summed=True)
            asked = True
        self.again(unit, record, now, summed=True)
        if not asked and not making:
            raise errors.refused("none", NONE)
        return now if asked else min(each.asked_at for each in making)
