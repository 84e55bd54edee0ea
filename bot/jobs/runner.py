"""The threads that work the lanes, and what wakes them: a commit of this process, else a tick."""

from __future__ import annotations

import logging
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from apscheduler.schedulers.background import BackgroundScheduler

from bot.domain.outgoing import Kind, Lane
from bot.jobs.outcome import Handler
from bot.jobs.worker import Worker
from bot.meter import Tally
from bot.ports.errors import Busy
from bot.ports.store import Store
from bot.usecases.give_up import GiveUp

log = logging.getLogger(__name__)

THREADS: Mapping[Lane, int] = {Lane.MESSAGES: 3, Lane.HARVEST: 2, Lane.FILES: 1}
TICK = timedelta(seconds=10)
# Rows that another process wrote wake nobody here: one look costs a tenth of a millisecond, and what is due soon is seen in time.
IDLE = timedelta(seconds=5)
# Somebody else is claiming what is due: look again after so many seconds.
TAKEN = 0.05
# What is due is taken up within seconds. Who is so late does not get along, or is cut off from what it needs.
LATE = timedelta(minutes=5)
OK = "ok"
# While Slack refuses our token nothing is taken up; whether that is over is looked at so often, in seconds.
HELD = 5.0


class LaneThread(threading.Thread):
    """Works one lane until told to stop; sleeps until it is woken or the next row is due."""

    def __init__(self, worker: Worker, held: Callable[[], bool] = lambda: False) -> None:
        super().__init__(name=f"lane-{worker.lane}", daemon=True)
        self.worker = worker
        self._held, self._busy = held, False
        self._awake = threading.Event()
        self._stopping = threading.Event()

    def wake(self) -> None:
        """There may be something to do."""
        self._awake.set()

    def stop(self) -> None:
        """Finish the row in hand and end."""
        self._stopping.set()
        self._awake.set()

    def run(self) -> None:
        """The loop of the thread. A database that does not answer is waited for, never a reason to end."""
        while not self._stopping.is_set():
            self._awake.clear()
            self._awake.wait(self.turn())

    def turn(self) -> float:
        """Take up one row if one is due; how many seconds to wait then, unless woken."""
        if self._held():
            return HELD
        try:
            # Looking comes first: it holds up nobody, while claiming takes the lock that acknowledgements need. After a row
            # there may well be another.
            wait = 0.0 if self._busy else self._until_due()
            if wait <= 0:
                was_busy, self._busy = self._busy, self.worker.drain(most=1) > 0
                wait = 0.0 if self._busy or was_busy else TAKEN
        except Busy:
            self._busy, wait = False, 1.0
        except Exception:
            log.exception("lane %s stumbled", self.worker.lane)
            self._busy, wait = False, 1.0
        return wait

    def _until_due(self) -> float:
        with self.worker.store.reading() as unit:
            due = unit.outbox.next_due(self.worker.lane)
        return min(IDLE, due if due is not None else IDLE).total_seconds()


@dataclass(frozen=True, slots=True)
class Runner:
    """All lanes of this process. `refused`: Slack refuses our token; `held`: so nothing is taken up for now."""

    store: Store
    handlers: Mapping[Kind, Handler]
    give_up: GiveUp
    housekeeping: Callable[[], None] | None = None
    held: Callable[[], bool] = lambda: False
    refused: Callable[[], bool] = lambda: False
    tally: Tally = field(default_factory=Tally)
    threads: list[LaneThread] = field(default_factory=list)
    scheduler: BackgroundScheduler = field(default_factory=lambda: BackgroundScheduler(timezone="UTC"))

    def workers(self) -> list[Worker]:
        """One worker for each thread, named uniquely among all replicas."""
        process = uuid.uuid4().hex[:12]
        return [
            Worker(self.store, self.handlers, self.give_up, lane, f"{process}-{lane}-{number}", tally=self.tally)
            for lane, count in THREADS.items()
            for number in range(count)
        ]

    def start(self) -> None:
        """Start the lanes and the tick. APScheduler is the clock and nothing else: in memory, late ticks are one tick."""
        if self.housekeeping:
            self.housekeeping()
            self.scheduler.add_job(self.housekeeping, "interval", hours=1, coalesce=True, misfire_grace_time=None)
        self.threads.extend(LaneThread(worker, self.held) for worker in self.workers())
        for thread in self.threads:
            thread.start()
        self.scheduler.add_job(
            self.wake,
            "interval",
            seconds=TICK.total_seconds(),
            jitter=2,
            coalesce=True,
            misfire_grace_time=None,
            max_instances=1,
        )
        self.scheduler.start()

    def wake(self) -> None:
        """Rows were written, or time has passed."""
        for thread in self.threads:
            thread.wake()

    def states(self) -> Mapping[str, str]:
        """How it goes, a word each: the memory, the lanes of work, whether what is due is done in time, and our token."""
        lanes = bool(self.threads) and all(thread.is_alive() for thread in self.threads)
        try:
            with self.store.reading() as unit:
                lag = unit.outbox.lag()
        except Busy:
            return {"database": "silent", "lanes": OK if lanes else "dead", "lag": "unknown", **self._slack()}
        late = OK if lag < LATE else "late"
        return {"database": OK, "lanes": OK if lanes else "dead", "lag": late, **self._slack()}

    def _slack(self) -> Mapping[str, str]:
        return {"slack": "revoked" if self.refused() else OK}

    def stop(self, within: timedelta = timedelta(seconds=10)) -> bool:
        """Let every lane finish the row in hand; False when one did not end in time, then its lease tells the next process."""
        if self.scheduler.running:
            self.scheduler.shutdown(wait=False)
        for thread in self.threads:
            thread.stop()
        end = time.monotonic() + within.total_seconds()
        for thread in self.threads:
            thread.join(max(0.0, end - time.monotonic()))
        return not any(thread.is_alive() for thread in self.threads)
