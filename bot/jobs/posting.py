"""Messages as values with an identity: posted once, found again when the answer was lost, edited in place afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from bot.domain.outgoing import Row
from bot.domain.postmortem import Posted
from bot.jobs.worker import PATIENCE
from bot.ports.chat import Chat, Drawing
from bot.ports.errors import IntegrationError
from bot.ports.store import Store

# Clocks differ: our own message may carry a time a little before we tried.
LOOK_BACK = timedelta(seconds=60)
GONE = {"message_not_found", "cant_update_message"}
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Posting:
    """Post once, and redraw."""

    chat: Chat
    store: Store

    def once(self, row: Row, channel: str, drawing: Drawing, *, thread_ts: str | None = None) -> str:
        """Post the row's message; on a second attempt look for it first. Returns its `ts`."""
        earlier = self.earlier(row, channel, thread_ts)
        return earlier or self.member(
            channel, lambda: self.chat.post(channel, drawing, mark=row.key, thread_ts=thread_ts)
        )

    def in_place(
        self, row: Row, name: str, channel: str, drawing: Drawing, *, thread_ts: str | None = None
    ) -> tuple[str, bool]:
        """Redraw the record's message of this name where it stands, or post it. Returns its `ts`, and whether it is new."""
        record_id = row.postmortem_id or ""
        with self.store.reading() as unit:
            standing = unit.posts.get(record_id, name)
        if standing and self.redraw(standing, drawing):
            return standing.ts, False
        earlier = self.earlier(row, channel, thread_ts)
        if earlier:
            # It shows things as they were at the attempt whose answer was lost.
            self.chat.update(channel, earlier, drawing)
        ts = earlier or self.member(
            channel, lambda: self.chat.post(channel, drawing, mark=row.key, thread_ts=thread_ts)
        )
        with self.store.transaction(PATIENCE) as unit:
            unit.posts.put(Posted(record_id, name, channel, ts))
        return ts, True

    def earlier(self, row: Row, channel: str, thread_ts: str | None = None) -> str | None:
        """The `ts` of the row's message where an attempt before this one posted it."""
        if row.attempts < 2 or row.first_attempt_at is None:
            return None
        since = row.first_attempt_at - LOOK_BACK
        return self.member(channel, lambda: self.chat.find(channel, row.key, since=since, thread_ts=thread_ts))

    def redraw(self, standing: Posted, drawing: Drawing) -> bool:
        """Redraw a message where it stands; False, and it is forgotten, where somebody deleted it."""
        try:
            self.chat.update(standing.channel_id, standing.ts, drawing)
        except IntegrationError as error:
            if error.name not in GONE:
                raise
            with self.store.transaction(PATIENCE) as unit:
                unit.posts.forget(standing.postmortem_id, standing.name)
            return False
        return True

    def member(self, channel: str, act: Callable[[], Result]) -> Result:
        """Do it; where Slack says that we are no member of the channel, join and do it again."""
        try:
            return act()
        except IntegrationError as error:
            if error.name != "not_in_channel":
                raise
        join(self.chat, channel)
        return act()


def join(chat: Chat, channel: str) -> None:
    """Become a member of a public channel; where that cannot be, say who must do what."""
    try:
        chat.join(channel)
    except IntegrationError as error:
        if error.retryable:
            raise
        text = "I am not a member of the incident channel. Type /invite with my name there, then type `/postmortem harvest`."
        raise IntegrationError(text, name="not_in_channel", retryable=False) from error
