"""Nobody listened for a while: what was said meanwhile is read. The whole window is, since a thread may have moved under a
message of any age, and the channel's history tells which did; threads that did not are not read again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.harvest_state import HarvestState, Phase
from bot.domain.policy import Policy
from bot.domain.postmortem import Postmortem
from bot.domain.status import Status
from bot.ports.store import Unit
from bot.usecases import rows
from bot.usecases.request_harvest import RequestHarvest

# Replicas that start together ask one after another; the reading begins when all have.
TOGETHER = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class CatchUp:
    """One reading for a record, whoever asks for it and how often."""

    policy: Policy

    def __call__(self, unit: Unit, record: Postmortem, now: datetime) -> bool:
        """False when there is nothing to read: closed, its window over, never read, or stopped until somebody mends it."""
        if record.status is Status.CLOSED or record.window_until:
            return False
        others = [each.channel_id for each in unit.side_rooms.of(record.id) if each.current]
        asked = [self._one(unit, record, each, now) for each in (record.channel_id, *others)]
        return any(asked)

    def _one(self, unit: Unit, record: Postmortem, channel_id: str, now: datetime) -> bool:
        state = unit.harvests.state(record.id, channel_id, lock=True)
        closed = unit.rooms.closed(record.team_id, channel_id)
        if state is None or state.phase is Phase.STOPPED or (closed and closed.unreadable):
            return False
        unit.harvests.put_state(self._next(unit, record, state, now))
        unit.outbox.put(rows.harvest(record, now + TOGETHER, channel_id))
        return True

    def _next(self, unit: Unit, record: Postmortem, state: HarvestState, now: datetime) -> HarvestState:
        """A reading that has not begun takes the gap along; one that runs is followed by another, which fills it."""
        if state.first:
            return replace(state, requested_at=now, live_from=None)
        if state.phase is not Phase.DONE:
            return replace(state, again_at=now, live_from=None)
        request = RequestHarvest(self.policy)
        return replace(request.next(unit, record, state.channel_id, state, now, everything=True), live_from=None)
