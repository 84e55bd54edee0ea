"""The meeting stands on the shared calendar (R-13): said by a person, since the bot cannot look there. It holds up nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import details, errors, leading
from bot.domain.booking import Booking
from bot.domain.errors import Refused, Stale
from bot.domain.policy import Policy
from bot.domain.postmortem import Audit, Postmortem
from bot.ports.store import Unit
from bot.usecases import actors, rows, standing

NONE = "No meeting is booked: book it first, then put it on the shared calendar."
MOVED = "The meeting was moved meanwhile. Nothing was saved: put the new time on the shared calendar first."


@dataclass(frozen=True, slots=True)
class ShareMeeting:
    """Say that it is there, at the time that the person saw."""

    policy: Policy

    def check(self, unit: Unit, record: Postmortem, by: str) -> Booking:
        """The meeting that is asked about. Raises `Refused` where there is none, or for somebody who may not."""
        leading.only_leads(actors.actor(unit, record, by, self.policy), record, "say that it is on the shared calendar")
        booking = unit.meetings.booking(record.id)
        if booking is None or not booking.stands:
            raise Refused(NONE)
        return booking

    def __call__(
        self, unit: Unit, team_id: str, record_id: str, seen: int, url: str, by: str, now: datetime
    ) -> Postmortem:  # fmt: skip
        """`seen` is the booking's sequence that the form showed. Raises `BadInput`, `Refused`, or `Stale`."""
        record = standing.record_or_refuse(unit, record_id, team_id=team_id)
        booking = self.check(unit, record, by)
        if booking.sequence != seen:
            raise Stale(MOVED)
        link = url.strip()
        if link and not details.is_web_address(link):
            raise errors.bad_input(
                "bad_link", details.link_problem(link, "This is no web address: begin with https:// or leave it empty.")
            )
        unit.meetings.put_booking(replace(booking, shared_by=by, shared_at=now, shared_url=link))
        unit.ledger.note(
            Audit(record.id, now, by, "shared calendar", booking.shared_url or None, link or "yes", "form")
        )
        unit.outbox.put(rows.card(record, now))
        return record
