"""One worker of a lane: claim due rows, hand each to its handler, mark what came of it. The one place that decides what is tried again."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from bot.domain.errors import DomainError
from bot.domain.outgoing import Kind, Lane, Row
from bot.jobs.outcome import Done, GoOn, Handler, NotYet, Obsolete, Outcome
from bot.meter import Tally
from bot.ports.errors import Busy, IntegrationError, Outdated, RateLimited
from bot.ports.store import Store
from bot.usecases.give_up import GiveUp

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
PATIENCE = timedelta(seconds=5)
MAX_ATTEMPTS = 12
MAX_BUGS = 5
SOON = timedelta(seconds=1)


def backoff(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts: 2 s, doubled each time, 15 minutes at most."""
    return timedelta(seconds=min(900.0, 2.0 ** max(1, min(attempts, 12))))


@dataclass(frozen=True, slots=True)
class Worker:
    """Works through one lane. `name` identifies this worker in leases and must be unique among all replicas.

    `tally` counts what came of the rows: done, step (of long work), waited, failed, dead, obsolete; and looked, for those of which an
    earlier attempt counted, so that what it did is looked for first.
    """

    store: Store
    handlers: Mapping[Kind, Handler]
    give_up: GiveUp
    lane: Lane
    name: str
    batch: int = 1
    tally: Tally = field(default_factory=Tally)

    def drain(self, most: int = 1000) -> int:
        """Work until nothing of the lane is due, or `most` rows were handled; returns how many were."""
        handled = 0
        while handled < most:
            rows = self._claim()
            for row in rows:
                self.handle(row)
            handled += len(rows)
            if not rows:
                break
        return handled

    def _claim(self) -> list[Row]:
        with self.store.transaction(PATIENCE) as unit:
            return list(unit.outbox.claim(self.lane, by=self.name, limit=self.batch, lease=LEASE))

    def handle(self, row: Row) -> None:
        """Do one claimed row. Errors from outside and bugs end here, as a later attempt or as a row given up."""
        if row.attempts > 1:
            self.tally.add(row.kind, "looked")
        try:
            self._mark(row, self.handlers[row.kind](row))
        except RateLimited as error:
            self._later(row, error.wait, str(error), counted=False)
        except IntegrationError as error:
            self._failed(row, error)
        except (Busy, Outdated) as error:
            # Counted: the act may have taken place before its result could be saved, so the next attempt looks first.
            self._later(row, SOON, type(error).__name__, counted=True)
        except DomainError as error:
            self._mark(row, Obsolete(error.message))
        except Exception:
            bug = uuid.uuid4().hex[:8]
            log.exception("bug %s in row %s of kind %s", bug, row.id, row.kind)
            self._bug(row, f"An error of ours (id {bug}) stopped this.")

    def _mark(self, row: Row, outcome: Outcome) -> None:
        match outcome:
            case Done(result):
                with self.store.transaction(PATIENCE) as unit:
                    unit.outbox.done(row, self.name, result)
                self.tally.add(row.kind, "done")
            case GoOn(wait):
                with self.store.transaction(PATIENCE) as unit:
                    unit.outbox.later(row, self.name, wait=wait, error=None, keep_attempts=False)
                self.tally.add(row.kind, "step")
            case NotYet(wait, why):
                self._later(row, wait, why, counted=False)
            case Obsolete(why):
                with self.store.transaction(PATIENCE) as unit:
                    unit.outbox.give_up(row, self.name, why, dead=False)
                self.tally.add(row.kind, "obsolete")

    def _failed(self, row: Row, error: IntegrationError) -> None:
        log.warning("row %s of kind %s: %s (attempt %s)", row.id, row.kind, error.name, row.attempts)
        if error.retryable and row.attempts < MAX_ATTEMPTS:
            self._later(row, backoff(row.attempts), str(error), counted=True)
        else:
            self._dead(row, str(error), error.name)

    def _bug(self, row: Row, why: str) -> None:
        if row.attempts < MAX_BUGS:
            self._later(row, backoff(row.attempts), why, counted=True)
        else:
            self._dead(row, why, "bug")

    def _later(self, row: Row, wait: timedelta, why: str, *, counted: bool) -> None:
        with self.store.transaction(PATIENCE) as unit:
            unit.outbox.later(row, self.name, wait=wait, error=why, keep_attempts=counted)
        self.tally.add(row.kind, "failed" if counted else "waited")

    def _dead(self, row: Row, why: str, error: str) -> None:
        with self.store.transaction(PATIENCE) as unit:
            # The record first, as everybody else does: two that lock in another order wait for each other.
            if row.postmortem_id:
                unit.records.get(row.postmortem_id, lock=True)
            if unit.outbox.give_up(row, self.name, why):
                self.give_up(unit, row, why, error)
        self.tally.add(row.kind, "dead")
