"""The harvest, a page or a thread a claim: what was read is stored with its checkpoint in one transaction, so a crash costs one page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain import harvest_window, room
from bot.domain.harvest import analyse
from bot.domain.harvest.message import Message
from bot.domain.harvest_state import HarvestState, Phase
from bot.domain.outgoing import Row
from bot.domain.postmortem import Postmortem
from bot.jobs.handlers.channel import GONE
from bot.jobs.outcome import Done, GoOn, NotYet, Obsolete, Outcome
from bot.jobs.posting import join
from bot.jobs.scene import Scene
from bot.jobs.worker import PATIENCE, backoff
from bot.ports.chat import MessagePage
from bot.ports.errors import IntegrationError, Outdated, RateLimited
from bot.usecases import rows
from bot.usecases.store_findings import StoreFindings

# A thread whose parent was deleted meanwhile cannot be read any more; what is stored of it stays.
THREAD_GONE = {"thread_not_found", "message_not_found"}


@dataclass(frozen=True, slots=True)
class StopReading:
    """The channel cannot be read: what is stored stays, and the card says why there is no more."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        with self.scene.store.transaction(PATIENCE) as unit:
            record = unit.records.get(row.postmortem_id or "", lock=True)
            state = unit.harvests.state(row.postmortem_id or "", lock=True)
            closed = unit.rooms.closed(record.team_id, record.channel_id) if record else None
            if state and closed and closed.unreadable and state.phase is not Phase.STOPPED:
                why = room.UNREAD[closed.how]
                unit.harvests.put_state(replace(state, phase=Phase.STOPPED, trouble=why, waiting_until=None))
        return Obsolete("the channel cannot be read")


@dataclass(frozen=True, slots=True)
class ReadChannel:
    """One step of a record's harvest."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        with self.scene.store.reading() as unit:
            record = unit.records.get(row.postmortem_id or "")
            state = unit.harvests.state(row.postmortem_id or "")
        if record is None or state is None:
            return GONE
        try:
            return self._step(row, record, state)
        except IntegrationError as error:
            if error.retryable:
                self._waiting(record, state, error, row.attempts)
            raise

    def _step(self, row: Row, record: Postmortem, state: HarvestState) -> Outcome:
        match state.phase:
            case Phase.HISTORY:
                return self._page(record, state)
            case Phase.THREADS:
                return self._thread(record, state)
            case Phase.ANALYSE:
                return self._analyse(record, state)
            case Phase.DONE | Phase.STOPPED:
                return Done()

    def _page(self, record: Postmortem, state: HarvestState) -> Outcome:
        page = self._history(state)
        newest = max([state.newest, *(message.ts for message in page.messages)], key=_order)
        phase = Phase.HISTORY if page.cursor else Phase.THREADS
        after = replace(state, phase=phase, cursor=page.cursor, pages=state.pages + 1, newest=newest)
        self._store(record, state, after, self._of_others(page))
        return GoOn()

    def _of_others(self, page: MessagePage) -> tuple[Message, ...]:
        """Our own messages are no input, and when they came depends on how the reading went; what people wrote under them is."""
        return tuple(each for each in page.messages if each.user_id != self.scene.bot_user or each.is_parent)

    def _history(self, state: HarvestState) -> MessagePage:
        try:
            return self.scene.chat.history(state.channel_id, oldest=state.oldest, cursor=state.cursor)
        except IntegrationError as error:
            if error.name != "not_in_channel":
                raise
        join(self.scene.chat, state.channel_id)
        return self.scene.chat.history(state.channel_id, oldest=state.oldest, cursor=state.cursor)

    def _thread(self, record: Postmortem, state: HarvestState) -> Outcome:
        with self.scene.store.reading() as unit:
            thread = unit.harvests.next_thread(state)
        if thread is None:
            self._store(record, state, replace(state, phase=Phase.ANALYSE), ())
            return GoOn()
        try:
            page = self.scene.chat.thread(state.channel_id, thread.ts, cursor=thread.cursor)
        except IntegrationError as error:
            if error.name not in THREAD_GONE:
                raise
            page = MessagePage((), None)
        with self.scene.store.transaction(PATIENCE) as unit:
            again = self._settle(unit.harvests.state(record.id, lock=True), state)
            unit.harvests.add_messages(state, self._of_others(page))
            unit.harvests.thread_read(state, thread, page.cursor)
            unit.harvests.put_state(replace(state, waiting_until=None, trouble=None, again_at=again))
            unit.outbox.put(rows.card(record, self.scene.clock.now(), soon=True))
        return GoOn()

    def _analyse(self, record: Postmortem, state: HarvestState) -> Outcome:
        with self.scene.store.reading() as unit:
            synced = unit.people.synced_at(record.team_id)
            people = unit.people.all(record.team_id)
            waited = state.requested_at and self.scene.clock.now() - state.requested_at > timedelta(minutes=10)
            if synced is None and not waited:
                return NotYet(timedelta(seconds=1), "the list of people is still being read")
            messages = list(unit.harvests.messages(state))
        # Outside of the transaction: a long channel takes its time, and no database waits that long for a word.
        window = harvest_window.window(record)
        marks = self.scene.policy.reactions.timeline
        findings = analyse.analyse(messages, people, window=window, own_bot_user=self.scene.bot_user, marks=marks)
        with self.scene.store.transaction(PATIENCE) as unit:
            fresh = unit.records.get(record.id, lock=True)
            held = unit.harvests.state(record.id, lock=True)
            if fresh is None or held is None or fresh.version != record.version or held.phase is not Phase.ANALYSE:
                return GoOn()
            StoreFindings(self.scene.policy)(unit, fresh, held, findings, self.scene.clock.now())
        return Done()

    def _store(
        self, record: Postmortem, before: HarvestState, after: HarvestState, messages: tuple[Message, ...]
    ) -> None:
        with self.scene.store.transaction(PATIENCE) as unit:
            again = self._settle(unit.harvests.state(record.id, lock=True), before)
            unit.harvests.add_messages(before, messages)
            unit.harvests.put_state(replace(after, waiting_until=None, trouble=None, again_at=again))
            unit.outbox.put(rows.card(record, self.scene.clock.now(), soon=True))

    @staticmethod
    def _settle(stored: HarvestState | None, read: HarvestState) -> datetime | None:
        """A reading that was started anew meanwhile is not overwritten by an older step; one that is asked for is kept."""
        if stored is None or _step_of(stored) != _step_of(read):
            raise Outdated("the reading was started anew")
        return stored.again_at

    def _waiting(self, record: Postmortem, state: HarvestState, error: IntegrationError, attempts: int) -> None:
        """Say on the card that we wait, and why: a part is never shown as the whole."""
        wait = error.wait if isinstance(error, RateLimited) else backoff(attempts)
        now = self.scene.clock.now()
        with self.scene.store.transaction(PATIENCE) as unit:
            held = unit.harvests.state(record.id, lock=True)
            if held and held.phase == state.phase and held.requested_at == state.requested_at:
                unit.harvests.put_state(replace(held, waiting_until=now + wait, trouble=str(error)))
                unit.outbox.put(rows.card(record, now))


def _step_of(state: HarvestState) -> tuple[object, ...]:
    return state.phase, state.cursor, state.requested_at, state.channel_id


def _order(ts: str) -> tuple[int, str]:
    whole, _, fraction = ts.partition(".")
    return int(whole or 0), fraction
