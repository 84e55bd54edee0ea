"""What has to be done now and then: old receipts forgotten, the list of people read again once a day."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.policy import Policy
from bot.jobs.worker import PATIENCE
from bot.ports.clock import Clock
from bot.ports.errors import Busy
from bot.ports.store import Store
from bot.usecases import rows

log = logging.getLogger(__name__)

# Slack repeats an event for five minutes or so; a day is ample.
KEEP_RECEIPTS = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Housekeeping:
    """Run at the start and every hour."""

    store: Store
    clock: Clock
    policy: Policy
    team_id: str

    def __call__(self) -> None:
        """A busy database is no trouble: the next hour will do."""
        now = self.clock.now()
        try:
            with self.store.transaction(PATIENCE) as unit:
                unit.receipts.purge(now - KEEP_RECEIPTS)
                synced = unit.people.synced_at(self.team_id)
                if synced is None or now - synced > self.policy.people_max_age:
                    unit.outbox.put(rows.people(self.team_id, now))
        except Busy:
            log.warning("housekeeping waits for the next hour: the database is busy")
