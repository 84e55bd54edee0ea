"""Other holidays in the settings (PROCESS 1.2): deadlines in business days that are still to come are counted anew, each
channel hears it once, whatever the number of replicas; every other deadline stays as people know it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain import business_time, countdown, leading
from bot.domain.booking import Outcome
from bot.domain.countdown import Countdown
from bot.domain.policy import Policy
from bot.ports.store import Unit
from bot.usecases import deadline_rows, meeting_rows, rows, standing

WHY = "the holidays in the settings have changed"


@dataclass(frozen=True, slots=True)
class RecountHolidays:
    """At the start of every process; the first one with other holidays than the last does it."""

    policy: Policy

    def __call__(self, unit: Unit, team_id: str, now: datetime) -> int:
        """Returns how many deadlines moved."""
        holidays = self.policy.calendar.holidays
        version, before = unit.holidays.counted(team_id, lock=True)
        if version and before == holidays:
            return 0
        unit.holidays.count_with(team_id, holidays, version + 1, now)
        if not version:
            return 0
        old = replace(self.policy, calendar=replace(self.policy.calendar, holidays=before))
        open_ones = [record.id for record in unit.census.open(team_id)]
        return sum(self._recount(unit, record_id, old, version + 1, now) for record_id in open_ones)

    def _recount(self, unit: Unit, record_id: str, old: Policy, version: int, now: datetime) -> bool:
        record = unit.records.get(record_id, lock=True)
        if record is None or record.open_again is not None:
            return False
        booking = unit.meetings.booking(record.id)
        held = booking is not None and booking.outcome in (Outcome.AGREED, Outcome.CHANGES)
        before, fresh = standing.count(record, old), standing.count(replace(record, holidays=None), self.policy)
        start = booking.start if booking and booking.stands and not held else None
        change = countdown.holidays_changed(before, self.policy.calendar.holidays, now=now, meeting_start=start)
        counts = leading.meeting_matters(record) and not held and change.moved
        if not counts and before.deadline.due != fresh.deadline.due:
            # Past, in calendar days, or of no interest any more: what held for it goes on to hold.
            unit.records.save(record.changed(holidays=_around(before)))
        if not counts:
            return False
        saved = record.changed(holidays=None)
        unit.records.save(saved)
        deadline_rows.moved(unit, saved, change, "bot", f"holidays:{version}", WHY, now)
        unit.outbox.put(rows.card(saved, now), rows.document(saved, now))
        meeting_rows.follow(unit, saved, now)
        return True


def _around(count: Countdown) -> frozenset[date]:
    """The holidays that its count met."""
    first = business_time.local_date(count.anchor.at, count.calendar.tz)
    return frozenset(day for day in count.calendar.holidays if first <= day <= count.deadline.last_day)
