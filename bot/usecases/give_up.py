"""A row was given up: nothing fails silently, so the person who cares is told once, and the card shows it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.harvest_state import Phase
from bot.domain.outgoing import Kind, Row
from bot.domain.postmortem import Postmortem
from bot.domain.tickets import TicketState
from bot.domain.topics import Topic
from bot.ports.clock import Clock
from bot.ports.store import Unit
from bot.usecases import create_ticket, rows, send_mail, standing
from bot.usecases.make_report import MakeReport

# Losing one of these is no loss that somebody must act on.
QUIET = {Kind.PIN_CARD, Kind.INVITE_OWNER, Kind.INVITE_ASKED, Kind.REMOVE_FILE, Kind.PEOPLE, Kind.TICKET_READ}


@dataclass(frozen=True, slots=True)
class GiveUp:
    """Say plainly what could not be done, and why."""

    clock: Clock

    def __call__(self, unit: Unit, row: Row, why: str, error: str) -> None:
        """`why` is a plain sentence, `error` the name that tells one trouble from another."""
        if row.kind is Kind.REPORT_FILE:
            MakeReport.given_up(unit, row, why, self.clock.now())
        record = unit.records.get(row.postmortem_id, lock=True) if row.postmortem_id else None
        if record is None or row.kind in QUIET:
            return
        now = self.clock.now()
        if row.kind is Kind.HARVEST:
            self._stop_harvest(unit, record, row, why)
            unit.outbox.put(rows.document(record, now))
        if row.kind is Kind.TICKET:
            create_ticket.given_up(unit, str(row.payload["action"]), why)
        said = row.kind is Kind.MAIL and send_mail.given_up(unit, str(row.payload["mail"]), why, now)
        if row.kind is not Kind.CARD:
            unit.outbox.put(rows.card(record, now))
        if row.kind is Kind.OWNER_DM:
            self._untold_owner(unit, record, row, error)
        if said or self._summed(unit, row):
            return
        for person in self._concerned(unit, record, row):
            # One cause stops many rows; each person hears of it once a day.
            once = f"{error}:{now:%Y-%m-%d}"
            unit.outbox.put(rows.person_dm(record, person, Topic.TROUBLE, once, now, what=row.kind, reason=why))

    @staticmethod
    def _summed(unit: Unit, row: Row) -> bool:
        """A ticket of several, of which one message tells what came of them; a question is asked all the same."""
        if row.kind is not Kind.TICKET or not row.payload.get("summed"):
            return False
        kept = unit.tickets.get(str(row.payload["action"]))
        return kept is not None and kept.state is not TicketState.HELD

    def _untold_owner(self, unit: Unit, record: Postmortem, row: Row, error: str) -> None:
        """An owner who cannot be written to is mentioned in the channel (R-07); one without an account is to be replaced (R-09)."""
        user, now = str(row.payload["user"]), self.clock.now()
        if user != record.owner or record.merged is not None:
            return
        if error == "user_disabled":
            unit.outbox.put(rows.owner_gone(record, standing.chief(unit, record), now))
        else:
            by = record.roles.ic
            unit.outbox.put(rows.channel_note(record, Topic.DESIGNATED, row.key, now, owner=user, by=by))

    @staticmethod
    def _stop_harvest(unit: Unit, record: Postmortem, row: Row, why: str) -> None:
        state = unit.harvests.state(record.id, rows.channel(row), lock=True)
        if state and state.phase is not Phase.DONE:
            unit.harvests.put_state(
                replace(state, phase=Phase.STOPPED, trouble=why, waiting_until=None, live_from=None)
            )

    @staticmethod
    def _concerned(unit: Unit, record: Postmortem, row: Row) -> list[str]:
        """Who is told: the owner and the IC; never by way of the message that just could not reach them, nor without an account."""
        if row.payload.get("topic") == Topic.TROUBLE:
            return []
        people = {person for person in (record.owner, record.roles.ic or record.created_by) if person}
        if row.kind is Kind.MAIL:
            mail = unit.mails.get(str(row.payload["mail"]))
            people |= {mail.asked_by} - {""} if mail else set()
        if row.kind is Kind.OWNER_DM:
            people -= {record.owner or ""}
        if row.kind is Kind.NUDGE:
            people -= {str(row.payload.get("to"))}
        if row.kind is Kind.CONFIRM_DM:
            people -= {record.roles.ic or ""}
        known = {person: unit.people.get(record.team_id, person) for person in sorted(people)}
        return [user for user, person in known.items() if person is None or not person.deleted]
