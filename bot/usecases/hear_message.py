"""What is said while a record is open is kept as it is said, as a reading of the channel would keep it: nothing is analysed
here, since Slack waits for the answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain import harvest_window
from bot.domain.harvest import message as messages
from bot.domain.harvest import note
from bot.domain.harvest.message import Message
from bot.domain.harvest_state import HarvestState, Phase
from bot.domain.policy import Policy
from bot.domain.postmortem import Postmortem
from bot.ports.store import Unit
from bot.usecases import rows

# People type in bursts; an analysis takes what came so far together.
LIVE_PAUSE = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class HearMessage:
    """Store a message for every open record whose window it is in, and have it looked at before long."""

    policy: Policy
    bot_user: str

    def __call__(self, unit: Unit, team_id: str, message: Message, now: datetime) -> None:
        """The same however often it comes, and in whatever order. Call it last in a transaction: it locks no record."""
        if message.user_id == self.bot_user:
            return
        for record in unit.records.following(team_id, message.channel_id):
            if self._belongs(record, message):
                self._keep(unit, record, message, now)

    def _belongs(self, record: Postmortem, message: Message) -> bool:
        """A reply belongs where its thread does, as in a reading, which finds it by the first message."""
        began = harvest_window.oldest(record, self.policy, record.created_at)
        first = message.thread_ts or message.ts
        over = record.window_until is not None and message.at > record.window_until
        return messages.ts_key(first) > messages.ts_key(began) and not over

    @staticmethod
    def _keep(unit: Unit, record: Postmortem, message: Message, now: datetime) -> None:
        main = unit.harvests.state(record.id, lock=True)
        own = message.channel_id == record.channel_id
        state = main if own else unit.harvests.state(record.id, message.channel_id, lock=True)
        if main and state and unit.harvests.hear(state, message) and note.is_talk(message):
            look_soon(unit, record, main, now)


def look_soon(unit: Unit, record: Postmortem, state: HarvestState, now: datetime) -> None:
    """What came is analysed soon; a reading that is under way takes it along."""
    if state.heard_at is None and state.phase in (Phase.ANALYSE, Phase.DONE):
        unit.harvests.put_state(replace(state, heard_at=now))
        if state.phase is Phase.DONE:
            unit.outbox.put(rows.harvest(record, now + LIVE_PAUSE))
