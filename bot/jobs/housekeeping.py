"""What has to be done now and then: deadlines counted anew where the holidays changed, old receipts forgotten, the list of
people and private channels' members read again, and records deleted whose time is over."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain import noticed
from bot.domain.outgoing import Kind
from bot.domain.policy import Policy
from bot.jobs.worker import PATIENCE
from bot.ports.clock import Clock
from bot.ports.errors import Busy
from bot.ports.store import Store, Unit
from bot.usecases import digests, noticed_rows, remind, rows
from bot.usecases.recount_holidays import RecountHolidays

log = logging.getLogger(__name__)

# Slack repeats an event for five minutes or so; a day is ample.
KEEP_RECEIPTS = timedelta(days=1)
KEEP_REPORTS = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Housekeeping:
    """Run at the start and every hour."""

    store: Store
    clock: Clock
    policy: Policy
    team_id: str
    recounted: threading.Event = field(default_factory=threading.Event)

    def __call__(self) -> None:
        """A busy database is no trouble: the next hour will do."""
        now = self.clock.now()
        try:
            with self.store.transaction(PATIENCE) as unit:
                unit.receipts.purge(now - KEEP_RECEIPTS)
                unit.report_files.purge(now - KEEP_REPORTS)
                synced = unit.people.synced_at(self.team_id)
                if synced is None or now - synced > self.policy.people_max_age:
                    unit.outbox.put(rows.people(self.team_id, now))
                unit.noticed.purge(self.team_id, now - noticed.KEEP)
                self._look_again(unit, now)
                following = digests.plan(self.team_id, self.policy, now)
                unit.outbox.put(*([following] if following else []))
                if self.policy.tickets:
                    # What is open keeps its time; what an older setting ended, or an error, goes on.
                    unit.outbox.put(rows.tickets_read(self.team_id, now + self.policy.tickets.read_every))
                if self.policy.shared_calendar:
                    unit.outbox.put(rows.calendar_busy(self.team_id, now))
            self._recount(now)
            self._retire(now)
        except Busy:
            log.warning("housekeeping waits for the next hour: the database is busy")

    def _recount(self, now: datetime) -> None:
        """Settings are read at the start, so holidays are compared once a process: replicas with different ones, while a new
        setting is rolled out, do not move deadlines to and fro every hour."""
        if not self.recounted.is_set():
            with self.store.transaction(PATIENCE) as unit:
                moved = RecountHolidays(self.policy)(unit, self.team_id, now)
            self.recounted.set()
            if moved:
                log.info("other holidays than before: deadlines that moved: %s", moved)

    def _look_again(self, unit: Unit, now: datetime) -> None:
        """Who is in a private channel is followed by events, and some are missed while nobody listens: read it once a day.
        What Slack refused for good waits for somebody to mend it."""
        for record in unit.census.open(self.team_id):
            # A reminder is planned where something changes; one that was lost with an older version is found here.
            unit.outbox.put(remind.look(record, now))
            if self._is_old(unit, record.channel_id, now) and not any(
                row.kind is Kind.PLACE for row in unit.outbox.dead(record.id)
            ):
                unit.outbox.put(rows.place(record, now))
        for each in unit.noticed.all_waiting(self.team_id):
            # Of a channel that nobody could read nothing is known yet: what stopped that is told by the outbox.
            if unit.channels.get(each.team_id, each.channel_id) and self._is_old(unit, each.channel_id, now):
                unit.outbox.put(noticed_rows.place(each, now))

    def _is_old(self, unit: Unit, channel_id: str, now: datetime) -> bool:
        channel = unit.channels.get(self.team_id, channel_id)
        return channel is None or now - channel.read_at > self.policy.people_max_age

    def _retire(self, now: datetime) -> None:
        """RETENTION_DAYS after it was closed a record goes, one transaction each: it may have thousands of rows."""
        if self.policy.retention is None:
            return
        with self.store.reading() as unit:
            over = unit.census.closed_before(now - self.policy.retention)
        for postmortem_id in over:
            with self.store.transaction(PATIENCE) as unit:
                record = unit.records.get(postmortem_id, lock=True)
                closed = record.closed_at if record else None
                # A part of one whose time is over goes with it.
                if record and (record.merged or (closed and closed < now - self.policy.retention)):
                    unit.erasure.record(postmortem_id)
                    log.info("%s was deleted: it was closed for longer than the retention", record.name)
