"""Rows that were planned for when people are at work, and would come in the night where nobody could send meanwhile: those wait
for the morning, like reminders do (R-02)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import business_time, reminders
from bot.domain.outgoing import Row
from bot.domain.policy import Policy
from bot.domain.postmortem import Postmortem
from bot.jobs.outcome import Handler, NotYet, Outcome
from bot.jobs.scene import Scene
from bot.ports.store import Unit
from bot.usecases import standing

ASLEEP = "it is late, and nobody is at work now"


def asleep(unit: Unit, record: Postmortem, user_id: str, policy: Policy, now: datetime) -> NotYet | None:
    """What waits until this person, in their own zone, is at work; None while they are."""
    at = business_time.next_working_moment(standing.calendar_of(unit, record, user_id, policy), now)
    return NotYet(at - now, ASLEEP) if at > now else None


@dataclass(frozen=True, slots=True)
class AtWork:
    """The handler, asked at once unless the row is late and out of hours. `theirs`: those of whom the row names as `user`, else
    the organisation's."""

    scene: Scene
    handler: Handler
    theirs: bool = False

    def __call__(self, row: Row) -> Outcome:
        now = self.scene.clock.now()
        with self.scene.store.reading() as unit:
            record = unit.records.get(row.postmortem_id or "")
            days = standing.calendar(record, self.scene.policy) if record else self.scene.policy.calendar
            person = unit.people.get(row.team_id, str(row.payload["user"])) if self.theirs else None
        if person is not None:
            days = replace(days, tz=business_time.zone_or(person.tz, days.tz))
        at = reminders.sayable(days, row.due_at, now)
        return NotYet(at - now, ASLEEP) if at > now else self.handler(row)
