"""The ladder at work: looking at it when something is due or has changed, and sending what still holds (R-02)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.blocks import nudges
from bot.domain import reminders
from bot.domain.outgoing import Row
from bot.domain.reminders import CHANNEL
from bot.jobs.at_work import ASLEEP
from bot.jobs.handlers.channel import GONE
from bot.jobs.outcome import Done, NotYet, Obsolete, Outcome
from bot.jobs.scene import Scene
from bot.jobs.worker import PATIENCE
from bot.usecases import remind

NOT_NEEDED = Obsolete("what it reminds of is done, or is to be left in peace")


def to_channel(row: Row) -> bool:
    """Whether the reminder is the channel's; its owner and its IC have their own."""
    return row.payload["to"] == CHANNEL


@dataclass(frozen=True, slots=True)
class LookAtLadder:
    """What is due is handed over; this row then waits for what is due next."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        # The database says what is due; a clock of ours that is behind it must not find the same row due for ever.
        now = max(self.scene.clock.now(), row.due_at)
        with self.scene.store.transaction(PATIENCE) as unit:
            said = remind.Remind(self.scene.policy)(unit, row.postmortem_id or "", now)
        return Done({"said": said})


@dataclass(frozen=True, slots=True)
class SendNudge:
    """One message, with what of it still holds."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        overview, to = self.scene.overview(row), str(row.payload["to"])
        if overview is None:
            return GONE
        with self.scene.store.reading() as unit:
            now_state = remind.state(unit, overview.postmortem, self.scene.policy)
        now = self.scene.clock.now()
        holds = remind.still(now_state, self.scene.policy, to, row.payload["reminders"], now)
        if not holds or (to != CHANNEL and not self.scene.concerns(overview, to)):
            return NOT_NEEDED
        at = reminders.sayable(now_state.of(to), row.due_at, now)
        if at > now:
            return NotYet(at - now, ASLEEP)
        if to == CHANNEL:
            channel = overview.postmortem.channel_id
            return Done({"channel": channel, "ts": self.scene.posting.once(row, channel, nudges.to_channel(overview))})
        room = self.scene.chat.open_dm(to)
        return Done({"channel": room, "ts": self.scene.posting.once(row, room, nudges.to_person(overview, holds))})
