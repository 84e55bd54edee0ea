"""Reading the channel again on request: only what is new, unless so little is stored that reading all costs the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import harvest_window, room
from bot.domain.errors import Refused
from bot.domain.harvest.message import ts_key
from bot.domain.harvest_state import HarvestState, Phase
from bot.domain.outgoing import Outgoing
from bot.domain.policy import Policy
from bot.domain.postmortem import Postmortem
from bot.ports.store import Unit
from bot.usecases import rows

PAGE = 999


@dataclass(frozen=True, slots=True)
class RequestHarvest:
    """Start a reading, or say that one is running."""

    policy: Policy

    def __call__(self, unit: Unit, record: Postmortem, now: datetime, *, everything: bool = False) -> bool:
        """False when a reading is under way already: it reads on when it is done, so that what was said meanwhile is read too.

        `everything` reads from the beginning of the window again. Raises `Refused` where nothing can be read.
        """
        closed = unit.rooms.closed(record.team_id, record.channel_id)
        if closed and closed.unreadable:
            raise Refused(room.UNREAD[closed.how])
        self._revive(unit, record, now)
        others = [each.channel_id for each in unit.side_rooms.of(record.id) if each.current]
        begun = [self.one(unit, record, each, now, everything=everything) for each in (record.channel_id, *others)]
        return any(begun)

    def one(self, unit: Unit, record: Postmortem, channel_id: str, now: datetime, *, everything: bool = False) -> bool:
        """The same for one of its channels."""
        state = unit.harvests.state(record.id, channel_id, lock=True)
        if state and state.phase not in (Phase.DONE, Phase.STOPPED):
            unit.harvests.put_state(replace(state, again_at=now))
            unit.outbox.put(rows.harvest(record, now, channel_id))
            return False
        unit.harvests.put_state(self.next(unit, record, channel_id, state, now, everything=everything))
        unit.outbox.put(rows.harvest(record, now, channel_id), rows.card(record, now))
        return True

    @staticmethod
    def _revive(unit: Unit, record: Postmortem, now: datetime) -> None:
        """Whoever asks for another reading has mended what was in the way: what was given up is tried again."""
        unit.outbox.put(
            *(
                Outgoing(row.kind, row.key, row.team_id, now, record.id, row.payload, again=True)
                for row in unit.outbox.dead(record.id)
            )
        )

    def next(
        self,
        unit: Unit,
        record: Postmortem,
        channel_id: str,
        state: HarvestState | None,
        now: datetime,
        *,
        everything: bool = False,
    ) -> HarvestState:
        """Where a new reading begins after the one that `state` tells of."""
        begin = harvest_window.oldest(record, self.policy, now)
        live = state.live_from if state else None
        fresh = HarvestState(record.id, channel_id, Phase.HISTORY, begin, begin, requested_at=now, live_from=live)
        if state is None or everything:
            return fresh
        counts = unit.harvests.counts(state)
        # One page holds this channel: reading it whole costs the one call that reading the news would, and it follows edits too.
        if counts.messages < PAGE or state.phase is Phase.STOPPED:
            return replace(fresh, newest=state.newest)
        return replace(fresh, oldest=max(begin, state.newest, key=ts_key), newest=state.newest)
