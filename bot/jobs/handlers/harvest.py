"""The harvest, a page or a thread a claim: what was read is stored with its checkpoint in one transaction, so a crash costs one page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain import harvest_pace, harvest_window, room, side_rooms
from bot.domain.harvest import analyse
from bot.domain.harvest.analyse import Options
from bot.domain.harvest.message import Message, ts_key
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
from bot.usecases.read_marks import ReadMarks
from bot.usecases.request_harvest import RequestHarvest
from bot.usecases.store_findings import StoreFindings

# A thread whose parent was deleted meanwhile cannot be read any more; what is stored of it stays.
THREAD_GONE = {"thread_not_found", "message_not_found"}
# While people talk, what they say is looked at so often; a long channel takes its time.
BETWEEN, A_SECOND = timedelta(seconds=60), 200


def between(messages: int) -> timedelta:
    """How long after an analysis of so many messages the next one may follow."""
    return max(BETWEEN, timedelta(seconds=messages // A_SECOND))


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
                stopped = replace(state, phase=Phase.STOPPED, trouble=why, waiting_until=None, live_from=None)
                unit.harvests.put_state(stopped)
        return Obsolete("the channel cannot be read")


@dataclass(frozen=True, slots=True)
class ReadChannel:
    """One step of a record's harvest."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        with self.scene.store.reading() as unit:
            record = unit.records.get(row.postmortem_id or "")
            state = unit.harvests.state(row.postmortem_id or "", rows.channel(row))
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
            case Phase.DONE if state.heard_at:
                return self._heard(record, state)
            case Phase.DONE | Phase.STOPPED:
                return Done()

    def _page(self, record: Postmortem, state: HarvestState) -> Outcome:
        asked = self.scene.clock.now()
        page, came_in = self._history(state)
        answered = self.scene.clock.now()
        newest = max([state.newest, *(message.ts for message in page.messages)], key=ts_key)
        live = state.live_from if state.live_from and not came_in else asked
        after = replace(state, cursor=page.cursor, pages=state.pages + 1, newest=newest, live_from=live)
        after = harvest_pace.called(replace(after, reached=_reached(state, page)), asked, answered)
        if page.cursor is None:
            after = harvest_pace.anew(replace(after, phase=Phase.THREADS))
        self._marked(record, state, page, asked)
        self._store(record, state, after, self._of_others(page))
        return GoOn()

    def _marked(self, record: Postmortem, state: HarvestState, page: MessagePage, asked: datetime) -> None:
        """Before the page is stored: after a crash between the two it is read again. Mostly nothing was marked, and nothing is written."""
        with self.scene.store.reading() as unit:
            if not any(each.channel_id == state.channel_id for each in unit.captures.all(record.id)):
                return
        with self.scene.store.transaction(PATIENCE) as unit:
            ReadMarks(self.scene.policy)(unit, record, state.channel_id, page.messages, asked)

    def _of_others(self, page: MessagePage) -> tuple[Message, ...]:
        """Our own messages are no input, and when they came depends on how the reading went; what people wrote under them is."""
        return tuple(each for each in page.messages if each.user_id != self.scene.bot_user or each.is_parent)

    def _history(self, state: HarvestState) -> tuple[MessagePage, bool]:
        """The next page, and whether we had to come into the channel for it: what was said before was not heard."""
        try:
            return self.scene.chat.history(state.channel_id, oldest=state.oldest, cursor=state.cursor), False
        except IntegrationError as error:
            if error.name != "not_in_channel":
                raise
        join(self.scene.chat, state.channel_id)
        return self.scene.chat.history(state.channel_id, oldest=state.oldest, cursor=state.cursor), True

    def _thread(self, record: Postmortem, state: HarvestState) -> Outcome:
        with self.scene.store.reading() as unit:
            thread = unit.harvests.next_thread(state)
        if thread is None and state.channel_id != record.channel_id:
            return self._finish(record, state)
        if thread is None:
            self._store(record, state, replace(state, phase=Phase.ANALYSE), ())
            return GoOn()
        asked = self.scene.clock.now()
        try:
            page = self.scene.chat.thread(state.channel_id, thread.ts, cursor=thread.cursor)
        except IntegrationError as error:
            if error.name not in THREAD_GONE:
                raise
            page = MessagePage((), None)
        answered = self.scene.clock.now()
        self._marked(record, state, page, asked)
        with self.scene.store.transaction(PATIENCE) as unit:
            held = self._settle(unit.harvests.state(record.id, state.channel_id, lock=True), state)
            unit.harvests.add_messages(state, self._of_others(page))
            unit.harvests.thread_read(state, thread, page.cursor)
            called = harvest_pace.called(held, asked, answered, whole=page.cursor is None)
            unit.harvests.put_state(replace(called, waiting_until=None, trouble=None))
            unit.outbox.put(rows.card(record, self.scene.clock.now(), soon=True))
        return GoOn()

    def _finish(self, record: Postmortem, state: HarvestState) -> Outcome:
        """Another channel was read: what was found in it is found by the analysis of all channels together."""
        now = self.scene.clock.now()
        with self.scene.store.transaction(PATIENCE) as unit:
            main = unit.harvests.state(record.id, lock=True)
            held = self._settle(unit.harvests.state(record.id, state.channel_id, lock=True), state)
            done = replace(held, phase=Phase.DONE, finished_at=now, waiting_until=None, trouble=None, again_at=None)
            unit.harvests.put_state(done)
            if held.again_at:
                everything = held.live_from is None
                RequestHarvest(self.scene.policy).one(unit, record, state.channel_id, now, everything=everything)
            if main and main.phase is Phase.DONE:
                unit.harvests.put_state(replace(main, phase=Phase.ANALYSE, heard_at=None))
                unit.outbox.put(rows.harvest(record, now))
            elif main and main.phase is Phase.ANALYSE:
                unit.harvests.put_state(replace(main, heard_at=now))
            unit.outbox.put(rows.card(record, now))
        return Done()

    def _heard(self, record: Postmortem, state: HarvestState) -> Outcome:
        """Messages came by themselves: they are analysed together, now and then while more come."""
        with self.scene.store.reading() as unit:
            pause = between(unit.harvests.counts(state).messages)
        wait = (state.finished_at or self.scene.clock.now()) + pause - self.scene.clock.now()
        if state.finished_at and wait > timedelta(0):
            return NotYet(wait, "what was heard is looked at together")
        after = replace(state, phase=Phase.ANALYSE, heard_at=None)
        with self.scene.store.transaction(PATIENCE) as unit:
            self._settle(unit.harvests.state(record.id, lock=True), state)
            unit.harvests.put_state(after)
        return self._analyse(record, after, live=True)

    def _analyse(self, record: Postmortem, state: HarvestState, *, live: bool = False) -> Outcome:
        with self.scene.store.reading() as unit:
            synced = unit.people.synced_at(record.team_id)
            people = unit.people.all(record.team_id)
            waited = state.requested_at and self.scene.clock.now() - state.requested_at > timedelta(minutes=10)
            if synced is None and not waited:
                return NotYet(timedelta(seconds=1), "the list of people is still being read")
            messages = list(unit.harvests.messages(state))
            for room in unit.side_rooms.of(record.id):
                other = unit.harvests.state(record.id, room.channel_id) if room.current else None
                if other is not None:
                    messages += [side_rooms.renamed(each, room.number) for each in unit.harvests.messages(other)]
        # Outside of the transaction: a long channel takes its time, and no database waits that long for a word.
        window = harvest_window.window(record)
        policy = self.scene.policy
        options = Options(window, self.scene.bot_user, policy.reactions.timeline, dialect=policy.dialect, declared=True)
        findings = analyse.analyse(messages, people, options)
        with self.scene.store.transaction(PATIENCE) as unit:
            fresh = unit.records.get(record.id, lock=True)
            held = unit.harvests.state(record.id, lock=True)
            if fresh is None or held is None or fresh.version != record.version or held.phase is not Phase.ANALYSE:
                return GoOn()
            StoreFindings(self.scene.policy)(unit, fresh, held, findings, self.scene.clock.now(), live=live)
        return Done()

    def _store(
        self, record: Postmortem, before: HarvestState, after: HarvestState, messages: tuple[Message, ...]
    ) -> None:
        with self.scene.store.transaction(PATIENCE) as unit:
            held = self._settle(unit.harvests.state(record.id, before.channel_id, lock=True), before)
            unit.harvests.add_messages(before, messages)
            live = after.live_from if before.first else held.live_from
            after = replace(after, again_at=held.again_at, live_from=live)
            unit.harvests.put_state(replace(after, waiting_until=None, trouble=None))
            unit.outbox.put(rows.card(record, self.scene.clock.now(), soon=True))

    @staticmethod
    def _settle(stored: HarvestState | None, read: HarvestState) -> HarvestState:
        """A reading that was started anew meanwhile is not overwritten by an older step; one that is asked for is kept."""
        if stored is None or _step_of(stored) != _step_of(read):
            raise Outdated("the reading was started anew")
        return stored

    def _waiting(self, record: Postmortem, state: HarvestState, error: IntegrationError, attempts: int) -> None:
        """Say on the card that we wait, and why: a part is never shown as the whole."""
        wait = error.wait if isinstance(error, RateLimited) else backoff(attempts)
        now = self.scene.clock.now()
        with self.scene.store.transaction(PATIENCE) as unit:
            held = unit.harvests.state(record.id, state.channel_id, lock=True)
            if held and held.phase == state.phase and held.requested_at == state.requested_at:
                unit.harvests.put_state(replace(held, waiting_until=now + wait, trouble=str(error)))
                unit.outbox.put(rows.card(record, now))


def _step_of(state: HarvestState) -> tuple[object, ...]:
    return state.phase, state.cursor, state.requested_at, state.channel_id


def _reached(state: HarvestState, page: MessagePage) -> str | None:
    """The oldest message that this reading has seen."""
    seen = [] if state.first or state.reached is None else [state.reached]
    return min([*seen, *(message.ts for message in page.messages)], key=ts_key, default=None)
