"""What is heard of single messages in the channel of an open record: reactions, pins, edits and deletions. Each event is one
short transaction that writes down what was heard; what becomes of it is looked at right after, by a worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain import capture as captures
from bot.domain.capture import Capture, Heard
from bot.domain.harvest import message as messages
from bot.domain.harvest.message import MalformedMessage, Message
from bot.domain.policy import Policy
from bot.domain.postmortem import Postmortem
from bot.domain.status import Status
from bot.ports.store import Unit
from bot.usecases import rows, settle_capture

Event = Mapping[str, Any]
TOMBSTONE = "tombstone"


@dataclass(frozen=True, slots=True)
class HearMarks:
    """Writes down what was heard. Events come doubled and in any order, and that makes no difference."""

    policy: Policy

    def means_something(self, event: Event) -> bool:
        """Whether a reaction is one of those that mark a message: most are not, and cost nothing."""
        name = event.get("reaction")
        return isinstance(name, str) and self.policy.reactions.use(name) is not None

    def reaction(self, unit: Unit, team_id: str, event: Event, now: datetime, *, on: bool) -> None:
        """`reaction_added` and `reaction_removed`, which tell of no text. A mark of an app is nobody's."""
        item, user = event["item"], str(event["user"])
        person = unit.people.get(team_id, user)
        if person is not None and person.is_bot:
            return
        heard = captures.reacted(str(event["reaction"]), user, str(event["event_ts"]), on=on)
        self._hear(unit, team_id, str(item["channel"]), str(item["ts"]), heard, None, now)

    def pin(self, unit: Unit, team_id: str, event: Event, now: datetime, *, on: bool) -> None:
        """`pin_added` and `pin_removed` carry the message itself."""
        channel = str(event["channel_id"])
        body = messages.from_slack(event["item"]["message"], channel)
        heard = captures.pinned(str(event["user"]), str(event["event_ts"]), on=on).joined(captures.seen(body))
        self._hear(unit, team_id, channel, body.ts, heard, body, now)

    def changed(self, unit: Unit, team_id: str, event: Event, now: datetime) -> None:
        """`message_changed`: other words, or none any more where a thread hangs on it. An address that was unfolded changes no word."""
        channel = str(event["channel"])
        new, old = _message(event.get("message"), channel), _message(event.get("previous_message"), channel)
        if new is None:
            return
        if new.subtype == TOMBSTONE:
            self._gone(unit, team_id, channel, new.ts, old, event, now)
            return
        if old is not None and old.text == new.text:
            self._unfolded(unit, team_id, channel, new, now)
            return
        heard = captures.seen(new).joined(captures.seen(old) if old else Heard())
        self._hear(unit, team_id, channel, new.ts, heard, new, now)

    def deleted(self, unit: Unit, team_id: str, event: Event, now: datetime) -> None:
        """`message_deleted`: what it said is in the event, for the last time."""
        channel, ts = str(event["channel"]), str(event["deleted_ts"])
        self._gone(unit, team_id, channel, ts, _message(event.get("previous_message"), channel), event, now)

    def _gone(
        self, unit: Unit, team_id: str, channel: str, ts: str, old: Message | None, event: Event, now: datetime
    ) -> None:
        heard = captures.deleted(str(event.get("event_ts") or event["ts"]))
        self._hear(unit, team_id, channel, ts, heard.joined(captures.seen(old)) if old else heard, old, now)

    def _unfolded(self, unit: Unit, team_id: str, channel: str, new: Message, now: datetime) -> None:
        """Only for a message that something was heard of: its links may be evidence."""
        for record in self._concerned(unit, team_id, channel, new.ts):
            if unit.captures.get(record.id, channel, new.ts) is not None:
                self._write(unit, record, channel, new.ts, Heard(), new, now)

    def _hear(
        self, unit: Unit, team_id: str, channel: str, ts: str, heard: Heard, body: Message | None, now: datetime
    ) -> None:
        for record in self._concerned(unit, team_id, channel, ts):
            self._write(unit, record, channel, ts, heard, body, now)

    def _concerned(self, unit: Unit, team_id: str, channel: str, ts: str) -> Sequence[Postmortem]:
        """The record of the channel; of a message that an earlier incident of the channel has, that one while it is open."""
        here = self._open(unit, team_id, channel)
        every = unit.records.following(team_id, channel)
        others = [each for each in every if each.merged is None and (here is None or each.id != here.id)]
        earlier = [each for each in others if _knows(unit, each, channel, ts)]
        if here is None or (earlier and not _knows(unit, here, channel, ts)):
            return earlier
        return (*earlier, here)

    @staticmethod
    def _open(unit: Unit, team_id: str, channel: str) -> Postmortem | None:
        """The open record of a channel, and of a part that was merged the whole: nothing that is closed grows."""
        record = unit.records.current(team_id, channel)
        if record is not None and record.merged is not None:
            record = unit.records.get(record.merged.record_id)
        return record if record is not None and record.status is not Status.CLOSED else None

    @staticmethod
    def _write(
        unit: Unit, record: Postmortem, channel: str, ts: str, heard: Heard, body: Message | None, now: datetime
    ) -> None:
        after = unit.captures.hear(Capture(record.id, channel, ts, heard, body))
        # An edit of a message that nobody marked or made a line of is kept for a mark that comes later, and changes nothing now.
        if after.heard.marks or after.item_id or _has_line(unit, record, after):
            unit.outbox.put(rows.capture(record, channel, ts, now))


def _knows(unit: Unit, record: Postmortem, channel: str, ts: str) -> bool:
    """Whether something was heard of the message for this record, or it has a line."""
    heard = unit.captures.get(record.id, channel, ts)
    return heard is not None or _has_line(unit, record, Capture(record.id, channel, ts))


def _has_line(unit: Unit, record: Postmortem, capture: Capture) -> bool:
    """A line that people made of the message says beside it what became of the message in Slack."""
    return bool(
        unit.items.of_message(
            record.id, settle_capture.place(record, capture), settle_capture.named(unit, record, capture)
        )
    )


def _message(raw: object, channel: str) -> Message | None:
    try:
        return messages.from_slack(raw, channel)
    except MalformedMessage:
        return None
