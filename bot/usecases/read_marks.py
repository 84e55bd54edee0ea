"""What a reading of the channel shows of messages that people mark, beside the events: an edit, a reaction that came or went while
nobody listened. Of messages that nothing was heard of the rules of the harvest propose what they find."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain import capture as captures
from bot.domain.capture import PIN, SOMEBODY, Capture, Heard, Mark
from bot.domain.harvest import heard
from bot.domain.harvest.message import Message
from bot.domain.policy import Policy
from bot.domain.postmortem import Postmortem
from bot.ports.store import Unit
from bot.usecases import rows

# What was heard in the last moments may be newer than the page: Slack's clock is not ours.
MARGIN = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class ReadMarks:
    """Brings what was heard of marked messages to what Slack shows. Call it in a transaction that holds no state of a reading."""

    policy: Policy

    def __call__(
        self, unit: Unit, record: Postmortem, channel_id: str, messages: Sequence[Message], asked: datetime
    ) -> None:
        """`messages` were read from Slack at `asked` or a little later."""
        at = captures.micros(f"{(asked - MARGIN).timestamp():.6f}")
        known = {each.ts: each for each in unit.captures.all(record.id) if each.channel_id == channel_id}
        for message in messages if known else ():
            before = known.get(message.ts)
            if before is None or before.body is None or message.subtype == heard.TOMBSTONE:
                continue
            new = Heard((*self._gone(before, message, at), *self._came(before, message, at)))
            body = message if _edited(message) > _edited(before.body) else None
            if new == Heard() and body is None:
                continue
            shown = new.joined(captures.seen(body)) if body else new
            after = unit.captures.hear(Capture(record.id, channel_id, message.ts, shown, body))
            if after.heard.marks or after.item_id:
                unit.outbox.put(rows.capture(record, channel_id, message.ts, asked))

    @staticmethod
    def _gone(before: Capture, message: Message, at: int) -> Iterator[Mark]:
        """Everybody took this reaction back."""
        there = set(map(captures.folded, message.reactions))
        for mark in before.heard.marks:
            if mark.on and mark.name != PIN and mark.name not in there and mark.at < at:
                yield Mark(mark.name, mark.user_id, at, on=False)

    def _came(self, before: Capture, message: Message, at: int) -> Iterator[Mark]:
        known = {mark.name for mark in before.heard.marks if mark.on}
        later = {mark.name for mark in before.heard.marks if mark.at >= at}
        for name in sorted({*map(captures.folded, message.reactions)} - known - later):
            if self.policy.reactions.use(name) is not None:
                yield Mark(name, SOMEBODY, at, on=True)


def _edited(message: Message) -> int:
    return captures.micros(message.edited_ts) if message.edited_ts else 0
