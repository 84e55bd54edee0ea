"""A report for one reader, gathered: a few queries however many incidents there are, and nothing that the reader may not see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain import business_time, counted, report
from bot.domain.external_message import ExternalMessage
from bot.domain.home import Line
from bot.domain.outgoing import Json, Kind, Outgoing, Row
from bot.domain.period import Period
from bot.domain.policy import Policy
from bot.domain.postmortem import Postmortem
from bot.domain.report import Known, Report
from bot.domain.tickets import TicketState
from bot.ports.store import Unit
from bot.usecases import standing, visibility

CSV, PICTURE = "csv", "picture"
# In the place of a file that could not be sent: why.
SORRY = "sorry"


@dataclass(frozen=True, slots=True)
class MakeReport:
    """Makes it, and hands it out as a file."""

    policy: Policy

    def __call__(self, unit: Unit, team_id: str, user_id: str, period: Period, now: datetime) -> Report:
        """For a person: whatever they may see."""
        eyes = visibility.eyes(unit, team_id, user_id)
        return self.of(unit, eyes.seen(self._ended(unit, team_id, period)), period, now)

    def for_eyes(
        self, unit: Unit, team_id: str, sees: Callable[[Postmortem], bool], period: Period, now: datetime
    ) -> Report:
        """For whoever sees that much."""
        return self.of(unit, [each for each in self._ended(unit, team_id, period) if sees(each)], period, now)

    def today(self, now: datetime) -> date:
        """The organisation's day."""
        return business_time.local_date(now, self.policy.calendar.tz)

    def _ended(self, unit: Unit, team_id: str, period: Period) -> list[Postmortem]:
        """Those that ended in the period, or, while that is not known, were opened in it."""
        tz = self.policy.calendar.tz
        found = unit.search.records(team_id)
        return [each for each in found if period.holds(business_time.local_date(counted.anchor(each).at, tz))]

    def of(self, unit: Unit, records: Sequence[Postmortem], period: Period, now: datetime) -> Report:
        """Of these records."""
        ids = [each.id for each in records]
        bookings, actions, contents = unit.census.bookings(ids), unit.census.actions(ids), unit.census.contents(ids)
        tickets = {each.action_id: each for each in unit.tickets.of_records(ids) if each.state is TicketState.MADE}
        known = [
            Known(
                Line(each, standing.deadline(each, self.policy), bookings.get(each.id), ExternalMessage.UNDECIDED),
                actions.get(each.id, ()),
                contents[each.id],
            )
            for each in records
        ]
        return report.build(known, tickets, period, self.policy.action_days, now)

    @staticmethod
    def given_up(unit: Unit, row: Row, why: str, now: datetime) -> None:
        """Whoever asked is told why no file came, unless that could not be said either."""
        if row.payload["what"] != SORRY:
            values: dict[str, Json] = {**row.payload, "what": SORRY, "reason": why}
            unit.outbox.put(Outgoing(Kind.REPORT_FILE, f"{row.key}:{SORRY}", row.team_id, now, None, values))

    @staticmethod
    def hand_out(unit: Unit, team_id: str, to: str, what: str, period: Period, now: datetime) -> None:
        """Send it to a person as a file; each press is one file."""
        values: dict[str, Json] = {"to": to, "what": what, "period": period.written}
        key = f"{Kind.REPORT_FILE}:{team_id}:{to}:{what}:{period.written}:{now.isoformat()}"
        unit.outbox.put(Outgoing(Kind.REPORT_FILE, key, team_id, now, None, values))
