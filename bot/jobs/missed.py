"""We listen again, after a start or after a time without a connection: each open record catches up with its channel."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass

from bot.domain.policy import Policy
from bot.jobs.worker import PATIENCE
from bot.ports.clock import Clock
from bot.ports.errors import Busy, Outdated
from bot.ports.store import Store
from bot.usecases.catch_up import CatchUp

log = logging.getLogger(__name__)

PAUSE = 2.0


@dataclass(frozen=True, slots=True)
class ReadMissed:
    """Ask for the readings, a short transaction each."""

    store: Store
    clock: Clock
    policy: Policy
    team_id: str

    def __call__(self) -> int:
        """How many records catch up. Raises `Busy` when the database did not let us."""
        with self.store.reading() as unit:
            ids = [record.id for record in unit.census.open(self.team_id)]
        asked = 0
        for postmortem_id in ids:
            with self.store.transaction(PATIENCE) as unit:
                record = unit.records.get(postmortem_id, lock=True)
                asked += bool(record and CatchUp(self.policy)(unit, record, self.clock.now()))
        if asked:
            log.info("what was said while nobody listened is read: %s channels", asked)
        return asked

    def soon(self, stopping: threading.Event) -> None:
        """The same beside everything else, again and again until the database lets us."""
        threading.Thread(target=self._until_done, args=(stopping,), name="catch-up", daemon=True).start()

    def _until_done(self, stopping: threading.Event) -> None:
        while not stopping.is_set():
            try:
                self()
                return
            except (Busy, Outdated):
                stopping.wait(PAUSE)
            except Exception:
                log.exception("what was missed is asked for at the next start")
                return
