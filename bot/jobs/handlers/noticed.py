"""The call of an incident is over and there is no record: the channel is asked once, and the question is redrawn when it is
answered. Where nobody named a severity the channel's own name decides, and any other channel is left in peace."""

from __future__ import annotations

from dataclasses import dataclass

from bot.blocks import start_offer
from bot.domain import noticed as rules
from bot.domain.noticed import Gone, Noticed, NoticedState
from bot.domain.outgoing import Row
from bot.domain.postmortem import Postmortem
from bot.jobs.outcome import Done, Obsolete, Outcome
from bot.jobs.posting import GONE
from bot.jobs.scene import Scene
from bot.jobs.worker import PATIENCE
from bot.ports.errors import IntegrationError
from bot.usecases import noticed_rows

ANSWERED = Obsolete("it was answered before anybody was asked")
NO_INCIDENT = Obsolete("some call was over, in a channel that is no incident's")
# We left, or were taken out, or nobody can write there: this question is not worth coming back for.
UNREACHABLE = {"not_in_channel", "channel_not_found", "is_archived", "restricted_action", "no_permission"}


@dataclass(frozen=True, slots=True)
class OfferStart:
    """Ask, or draw the question anew."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        with self.scene.store.reading() as unit:
            found = unit.noticed.get(str(row.payload["noticed"]))
            record = unit.records.get(found.postmortem_id) if found and found.postmortem_id else None
            earlier = unit.records.current(found.team_id, found.channel_id) if found else None
        if found is None:
            return ANSWERED
        if found.offer_ts is not None:
            return self._redraw(found, record)
        try:
            return self._ask(row, found, earlier)
        except IntegrationError as error:
            if error.name not in UNREACHABLE:
                raise
            return Obsolete(f"the channel cannot be asked: {error.name}")

    def _ask(self, row: Row, found: Noticed, earlier: Postmortem | None) -> Outcome:
        scene, channel = self.scene, found.channel_id
        # An attempt whose answer was lost may stand there though it was answered meanwhile.
        standing = scene.posting.earlier(row, channel)
        if standing is None:
            if not found.wants_offer:
                return ANSWERED
            if not rules.free(earlier, found.over_at):
                return self._recorded(found, earlier)
            if found.severity is None and not self._of_an_incident(found):
                return NO_INCIDENT
            drawn = start_offer.question(found, earlier.name if earlier else "")
            standing = scene.chat.post(channel, drawn, mark=row.key)
        self._asked(found, standing)
        return Done({"channel": channel, "ts": standing})

    def _of_an_incident(self, found: Noticed) -> bool:
        """Whether the channel has the name of an incident's; of another one nothing is kept."""
        facts = self.scene.chat.channel(found.channel_id)
        like_one = rules.looks_like_one(facts.name, self.scene.policy.incident_channels)
        with self.scene.store.transaction(PATIENCE) as unit:
            now = unit.noticed.get(found.id, lock=True)
            if like_one:
                unit.outbox.put(noticed_rows.place(found, self.scene.clock.now()))
            elif now is not None and now.severity is None and now.waits:
                unit.noticed.drop(now)
        return like_one

    def _recorded(self, found: Noticed, record: Postmortem | None) -> Outcome:
        """A record was begun at the very moment: it is about this, and nobody needs to be asked."""
        with self.scene.store.transaction(PATIENCE) as unit:
            now = unit.noticed.get(found.id, lock=True)
            if now is not None and now.waits and record is not None:
                settled = {"settled_at": self.scene.clock.now(), "settled_by": record.created_by}
                unit.noticed.save(now.changed(state=NoticedState.RECORDED, postmortem_id=record.id, **settled))
        return ANSWERED

    def _asked(self, found: Noticed, ts: str) -> None:
        with self.scene.store.transaction(PATIENCE) as unit:
            now = unit.noticed.get(found.id, lock=True)
            if now is None:
                return
            state = NoticedState.OFFERED if now.state is NoticedState.SEEN else now.state
            unit.noticed.save(now.changed(state=state, offer_ts=ts))
            if not now.waits:
                # It was answered while we asked.
                unit.outbox.put(noticed_rows.offer(now, self.scene.clock.now()))

    def _redraw(self, found: Noticed, record: Postmortem | None) -> Outcome:
        if found.waits or found.gone is Gone.ARCHIVED or found.offer_ts is None:
            return ANSWERED
        drawn = start_offer.answered(found, record.name if record else "")
        try:
            self.scene.chat.update(found.channel_id, found.offer_ts, drawn)
        except IntegrationError as error:
            if error.name not in GONE | UNREACHABLE:
                raise
            return Obsolete(f"the question is not there any more: {error.name}")
        return Done({"channel": found.channel_id, "ts": found.offer_ts})
