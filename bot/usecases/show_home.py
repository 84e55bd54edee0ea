"""The Home tab, gathered: everything open that the reader may see, in a handful of queries whatever their number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain import home
from bot.domain.external_message import ExternalMessage
from bot.domain.home import Home, Line, Shown
from bot.domain.policy import Policy
from bot.domain.postmortem import Postmortem
from bot.ports.store import Unit
from bot.usecases import actors, standing, visibility

CLOSED_SHOWN = 50


@dataclass(frozen=True, slots=True)
class ShowHome:
    """What one person sees on the Home tab."""

    policy: Policy

    def __call__(self, unit: Unit, team_id: str, user_id: str, shown: Shown, page: int, now: datetime) -> Home:
        """Reads only."""
        mine = visibility.eyes(unit, team_id, user_id)
        lines = self._lines(unit, [each for each in unit.census.open(team_id) if mine.sees(each)], user_id)
        wanted = unit.census.closed(team_id, limit=CLOSED_SHOWN) if shown is Shown.CLOSED else ()
        closed = self._lines(unit, [each for each in wanted if mine.sees(each)], user_id)
        support = actors.in_support(unit, team_id, user_id, self.policy)
        return home.build(lines, closed, user_id, support=support, shown=shown, page=page, now=now)

    def _lines(self, unit: Unit, records: Sequence[Postmortem], user_id: str) -> list[Line]:
        ids = [record.id for record in records]
        bookings, decided = unit.census.bookings(ids), unit.census.externals(ids)
        approved = unit.census.approved_by(ids, user_id)
        return [
            Line(
                record,
                standing.deadline(record, self.policy),
                bookings.get(record.id),
                decided.get(record.id, ExternalMessage.UNDECIDED),
                record.id in approved,
            )
            for record in records
        ]
