"""Messages that people mark: read where nobody has read them yet, settled, and answered with a reaction of our own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.blocks import withdrawn_dm
from bot.domain import capture as captures
from bot.domain.capture import Capture
from bot.domain.harvest.message import Message
from bot.domain.outgoing import Row
from bot.domain.postmortem import Postmortem
from bot.domain.status import Status
from bot.jobs.handlers.channel import GONE
from bot.jobs.handlers.harvest import THREAD_GONE
from bot.jobs.outcome import Done, Obsolete, Outcome
from bot.jobs.scene import Scene
from bot.jobs.worker import PATIENCE
from bot.ports.errors import IntegrationError
from bot.usecases.settle_capture import SettleCapture, asked_name

LOST = "It was deleted before it could be read."
OURS = "It is a message of the bot's."


@dataclass(frozen=True, slots=True)
class LookAtMessage:
    """Whatever was heard of a message comes to the record: the very message is read, once, and never another one."""

    scene: Scene
    settle: SettleCapture

    def __call__(self, row: Row) -> Outcome:
        channel, ts = str(row.payload["channel"]), str(row.payload["ts"])
        with self.scene.store.reading() as unit:
            record = unit.records.get(row.postmortem_id or "")
            capture = unit.captures.get(row.postmortem_id or "", channel, ts)
        if record is None or capture is None:
            return GONE
        if record.status is Status.CLOSED:
            return Obsolete("the post-mortem is closed")
        needed = not (capture.body or capture.trouble) and bool(capture.heard.active(self.scene.policy.reactions))
        read = self._read(record, capture) if needed else None
        lost = needed and read is None
        asked, shown = self.scene.clock.now(), self._shown(capture)
        with self.scene.store.transaction(PATIENCE) as unit:
            record = unit.records.get(record.id, lock=True)
            held = unit.captures.get(capture.postmortem_id, channel, ts, lock=True)
            if record is None or held is None:
                return GONE
            held = _with(held, read, lost=lost, bot_user=self.scene.bot_user)
            self.settle(unit, record, self._as_shown(held, shown, asked), asked)
        return Done()

    def _shown(self, capture: Capture) -> Message | None:
        """The message with the reactions that stand on it, where those that we heard of are all taken back: what was marked
        while nobody listened is not withdrawn (R-20)."""
        answered = capture.marked and capture.body is not None and capture.heard.deleted_at is None
        if not (answered and capture.heard.unsure(self.scene.policy.reactions)):
            return None
        try:
            return self._asked_for(capture)
        except IntegrationError as error:
            if error.retryable:
                raise
            return None

    def _as_shown(self, held: Capture, shown: Message | None, asked: datetime) -> Capture:
        if shown is None:
            return held
        at = captures.micros(f"{asked.timestamp():.6f}")
        return replace(held, heard=held.heard.standing(shown.reactions, self.scene.policy.reactions, at))

    def _read(self, record: Postmortem, capture: Capture) -> Message | None:
        """From what was heard in the channel, else from Slack."""
        with self.scene.store.reading() as unit:
            stored = unit.harvests.thread(record.id, capture.channel_id, capture.ts)
        heard = next((each for each in stored if each.ts == capture.ts), None)
        return heard or self._asked_for(capture)

    def _asked_for(self, capture: Capture) -> Message | None:
        def ask() -> Message | None:
            return self.scene.chat.message(capture.channel_id, capture.ts)

        try:
            return self.scene.posting.member(capture.channel_id, ask)
        except IntegrationError as error:
            if error.name not in THREAD_GONE:
                raise
            return None


def _with(held: Capture, read: Message | None, *, lost: bool, bot_user: str) -> Capture:
    """What was read beside what was heard meanwhile; a message of ours is nothing that people said."""
    if lost and held.body is None:
        return replace(held, trouble=LOST)
    if read is not None:
        seen = Capture(held.postmortem_id, held.channel_id, held.ts, captures.seen(read), read)
        held = held.hearing(seen)
    if held.body is not None and held.body.user_id == bot_user:
        return replace(held, body=None, heard=captures.Heard(), trouble=OURS)
    return held


@dataclass(frozen=True, slots=True)
class AnswerMark:
    """Our own reaction says quietly that the message was taken up; taken back when it is not any more."""

    scene: Scene
    settle: SettleCapture

    def __call__(self, row: Row) -> Outcome:
        channel, ts = str(row.payload["channel"]), str(row.payload["ts"])
        with self.scene.store.reading() as unit:
            capture = unit.captures.get(row.postmortem_id or "", channel, ts)
        if capture is None:
            return GONE
        wanted, name = self.settle.wants_answer(capture), self.scene.policy.reactions.answer
        try:
            (self.scene.chat.react if wanted else self.scene.chat.unreact)(channel, ts, name)
        except IntegrationError as error:
            if error.retryable:
                raise
            # A courtesy: the line is in the timeline all the same.
            return Obsolete(f"no reaction: {error.name}")
        with self.scene.store.transaction(PATIENCE) as unit:
            held = unit.captures.get(capture.postmortem_id, channel, ts, lock=True)
            if held is not None:
                unit.captures.put(replace(held, marked=wanted))
        return Done()


@dataclass(frozen=True, slots=True)
class AskWhetherItGoes:
    """The question to whoever changed a line that nobody marks any more, drawn anew when it is answered."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        overview, to = self.scene.overview(row), str(row.payload["to"])
        channel, ts = str(row.payload["channel"]), str(row.payload["ts"])
        with self.scene.store.reading() as unit:
            capture = unit.captures.get(row.postmortem_id or "", channel, ts)
            told = capture and unit.posts.get(capture.postmortem_id, asked_name(capture, to))
            items = unit.items.timeline(row.postmortem_id or "")
        item = next((each for each in items if capture and each.id == capture.item_id), None)
        if overview is None or capture is None or item is None:
            return GONE
        if not told and (capture.question is not captures.Question.ASKED or not self.scene.sees(overview, to)):
            return Obsolete("this person is not to be asked any more")
        drawing = withdrawn_dm.draw(overview, capture, item)
        posted, _ = self.scene.posting.in_place(row, asked_name(capture, to), self.scene.chat.open_dm(to), drawing)
        return Done({"ts": posted})
