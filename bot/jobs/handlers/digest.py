"""The weekly digest at work: spread to its readers when its time has come, and sent to those who have something to do."""

from __future__ import annotations

from dataclasses import dataclass

from bot.blocks import digest_post
from bot.domain.outgoing import Row
from bot.jobs.outcome import Done, Obsolete, Outcome
from bot.jobs.scene import Scene
from bot.jobs.worker import PATIENCE
from bot.usecases import digests

TOO_OLD = Obsolete("the next digest is nearer than this one")
NOTHING = Obsolete("there is nothing to tell")


@dataclass(frozen=True, slots=True)
class SpreadDigest:
    """One row a reader, and the row of the next week."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        # A clock of ours that is behind the database's must not find this week's digest still to come, and plan no other.
        now, policy = max(self.scene.clock.now(), row.due_at), self.scene.policy
        with self.scene.store.transaction(PATIENCE) as unit:
            following = digests.plan(row.team_id, policy, now)
            unit.outbox.put(*([following] if following else []))
            if digests.too_old(row.due_at, now):
                return TOO_OLD
            readers = digests.spread(unit, row.team_id, str(row.payload["week"]), policy, now)
            unit.outbox.put(*readers)
        return Done({"readers": len(readers)})


@dataclass(frozen=True, slots=True)
class PostDigest:
    """One reader's."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        now, policy, to = self.scene.clock.now(), self.scene.policy, str(row.payload["to"])
        if digests.too_old(row.due_at, now):
            return TOO_OLD
        with self.scene.store.reading() as unit:
            found = digests.gather(unit, row.team_id, to, policy, now)
        if found.empty or (to == digests.CHANNEL and not policy.digest_channel):
            return NOTHING
        channel = policy.digest_channel if to == digests.CHANNEL else self.scene.chat.open_dm(to)
        drawing = digest_post.drawing(found, now)
        return Done({"channel": channel, "ts": self.scene.posting.once(row, str(channel), drawing)})
