"""The status of tickets is read back (R-31): of many by one search, and of one that the tracker says has changed. A tracker that does
not answer is asked again later, and nobody hears of it."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain import ticket_status
from bot.domain.outgoing import Row
from bot.domain.tickets import KeptTicket, TicketState
from bot.jobs.outcome import Done, GoOn, NotYet, Obsolete, Outcome
from bot.jobs.scene import Scene
from bot.jobs.worker import MAX_ATTEMPTS, PATIENCE
from bot.ports.errors import IntegrationError, Outdated, RateLimited
from bot.ports.tracker import Tracker
from bot.usecases import keep_status
from bot.usecases.keep_status import Reading

log = logging.getLogger(__name__)

# Reading one by one ends after so long, so that a slow tracker does not outlast the lease of the row.
ENOUGH = timedelta(seconds=20)
# A refusal of one ticket, which says nothing of the others.
OF_ONE = ("http_400", "http_403", "bad_key")
NO_TRACKER = Obsolete("no tracker is set up any more")


@dataclass(frozen=True, slots=True)
class ReadTickets:
    """A batch for each claim, and then rest: the row is never done."""

    scene: Scene
    tracker: Tracker

    def __call__(self, row: Row) -> Outcome:
        rules, now = self.scene.policy.tickets, self.scene.clock.now()
        if rules is None:
            return NO_TRACKER
        due = ticket_status.due(rules, now)
        with self.scene.store.reading() as unit:
            batch = unit.tickets.to_read(row.team_id, due, limit=ticket_status.AT_ONCE)
        try:
            left = _Reading(self.scene, self.tracker).many(batch) if batch else 0
        except IntegrationError as error:
            if isinstance(error, RateLimited) or _again(error, row):
                raise
            log.warning("the tickets' status cannot be read: %s", error.name)
            return NotYet(rules.read_every, str(error))
        return GoOn(timedelta(0) if left or len(batch) == ticket_status.AT_ONCE else rules.read_every)


@dataclass(frozen=True, slots=True)
class ReadTicket:
    """One. Where it cannot be read, the next reading of all does it."""

    scene: Scene
    tracker: Tracker

    def __call__(self, row: Row) -> Outcome:
        if self.scene.policy.tickets is None:
            return NO_TRACKER
        with self.scene.store.reading() as unit:
            kept = unit.tickets.get(str(row.payload["action"]))
        if kept is None or kept.state is not TicketState.MADE:
            return Obsolete("there is no ticket any more")
        try:
            left = _Reading(self.scene, self.tracker).one(kept)
        except IntegrationError as error:
            if isinstance(error, RateLimited) or _again(error, row):
                raise
            return Obsolete(str(error))
        if left:
            raise Outdated("Somebody else went on with this ticket.")
        return Done({"key": kept.key})


@dataclass(frozen=True, slots=True)
class _Reading:
    scene: Scene
    tracker: Tracker

    def many(self, batch: Sequence[KeptTicket]) -> int:
        """How many are left. What was read before something went wrong is kept; then it raises."""
        found, now = self.tracker.standing([each.key for each in batch]), self.scene.clock.now()
        wanted = ticket_status.to_look_at(batch, found, now)
        seen = {each.action_id for each in wanted}
        readings = [(each, replace(each, read_at=now)) for each in batch if each.action_id not in seen]
        try:
            for number, each in enumerate(wanted[: ticket_status.ONE_BY_ONE]):
                if number and self.scene.clock.now() - now >= ENOUGH:
                    break
                readings.append(self._read(each))
        except IntegrationError:
            self._keep(readings)
            raise
        return len(batch) - len(readings) + self._keep(readings)

    def one(self, kept: KeptTicket) -> int:
        """1 when somebody else went on with it meanwhile. That it is gone is believed when the search answers, too: a tracker that is
        down for maintenance may know no ticket at all."""
        reading = self._read(kept)
        if reading[1].gone:
            self.tracker.standing([kept.key])
        return self._keep([reading])

    def _read(self, kept: KeptTicket) -> Reading:
        try:
            ticket = self.tracker.read(kept.key)
        except IntegrationError as error:
            if error.name not in OF_ONE:
                raise
            log.warning("ticket %s cannot be read: %s", kept.key, error.name)
            return kept, replace(kept, read_at=self.scene.clock.now())
        now = self.scene.clock.now()
        return kept, ticket_status.read(kept, ticket, now)

    def _keep(self, readings: Sequence[Reading]) -> int:
        """A transaction for each record."""
        left = 0
        ordered = sorted(readings, key=lambda pair: (pair[0].postmortem_id, pair[0].action_id))
        for postmortem_id, some in itertools.groupby(ordered, key=lambda pair: pair[0].postmortem_id):
            with self.scene.store.transaction(PATIENCE) as unit:
                left += keep_status.keep(unit, postmortem_id, list(some), self.scene.clock.now())
        return left


def _again(error: IntegrationError, row: Row) -> bool:
    """Whether the outbox tries again as with everything else; after that the row rests."""
    return error.retryable and row.attempts < MAX_ATTEMPTS
