"""Rows that lead into the incident's channel: while it is closed they lead elsewhere, or nowhere, and Slack is not asked in vain.
Where the news of it was missed, the refusal is the news (R-02)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.outgoing import Row
from bot.domain.room import Closed, How
from bot.jobs.outcome import Handler, Obsolete, Outcome
from bot.jobs.scene import Scene
from bot.jobs.worker import PATIENCE
from bot.ports.errors import IntegrationError
from bot.usecases.follow_room import RoomClosed

NO_ROOM = Obsolete("the incident's channel cannot be written to")
EVERY = frozenset(How)


def nowhere(row: Row) -> Outcome:
    """What is not said at all."""
    return NO_ROOM


def always(row: Row) -> bool:
    """Every row of the kind leads into the channel."""
    return True


@dataclass(frozen=True, slots=True)
class InRoom:
    """The handler, or `instead` while the channel is closed in one of the `ways`. `here` tells rows that lead into the incident's
    channel from others of the kind."""

    scene: Scene
    handler: Handler
    instead: Handler = nowhere
    here: Callable[[Row], bool] = always
    ways: frozenset[How] = EVERY

    def __call__(self, row: Row) -> Outcome:
        if not self.here(row):
            return self.handler(row)
        closed = self._closed(row)
        if closed and closed.how in self.ways:
            return self.instead(row)
        try:
            return self.handler(row)
        except IntegrationError as error:
            if error.name != "is_archived" or not self._archived(row):
                raise
        return self.instead(row)

    def _closed(self, row: Row) -> Closed | None:
        with self.scene.store.reading() as unit:
            return unit.rooms.closed_of(row.postmortem_id or "")

    def _archived(self, row: Row) -> bool:
        """Whether it is the incident's own channel that is archived; then that is kept, and told."""
        with self.scene.store.reading() as unit:
            record = unit.records.get(row.postmortem_id or "")
        if record is None or not self.scene.chat.channel(record.channel_id).archived:
            return False
        with self.scene.store.transaction(PATIENCE) as unit:
            now, closed = self.scene.clock.now(), RoomClosed(self.scene.policy)
            closed(unit, record.team_id, record.channel_id, How.ARCHIVED, now)
        return True
