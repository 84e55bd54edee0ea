"""A line that a person changed and that nobody marks any more: it stays, or it goes, as a person says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import side_rooms, writing
from bot.domain.capture import Capture, Question
from bot.domain.errors import Stale
from bot.domain.policy import Policy
from bot.domain.postmortem import Audit, Postmortem
from bot.domain.timeline import Item
from bot.ports.store import Unit
from bot.usecases import actors, rows, standing, timeline_changes
from bot.usecases.timeline_changes import Change

ANSWERED = "This was decided already, or somebody marks the message again. Nothing was changed."


@dataclass(frozen=True, slots=True)
class AnswerWithdrawn:
    """Both answers, for whoever changed the line last and for everybody who writes the post-mortem."""

    policy: Policy

    def keep(self, unit: Unit, team_id: str, record_id: str, item_id: str, by: str, now: datetime) -> None:
        """It stays, whoever takes a mark back."""
        record, capture, item = self._asked(unit, team_id, record_id, item_id, by)
        said = timeline_changes.told(item)
        unit.ledger.note(Audit(record.id, now, by, "timeline", said, "kept, though nobody marks it", "button"))
        self._settle(unit, record, replace(capture, question=Question.KEPT), by, now)

    def take_out(self, unit: Unit, team_id: str, record_id: str, item_id: str, by: str, now: datetime) -> None:
        """It goes, can be put back, and comes back as they left it when somebody marks the message again."""
        record, capture, item = self._asked(unit, team_id, record_id, item_id, by)
        timeline_changes.save(unit, record, [Change(item, replace(item, removed=True))], by, now, via="button")
        self._settle(unit, record, replace(capture, question=Question.NONE, withdrawn=True), by, now)

    def _asked(
        self, unit: Unit, team_id: str, record_id: str, item_id: str, by: str
    ) -> tuple[Postmortem, Capture, Item]:
        """Raises `Refused` for somebody who does not write, `Stale` when nothing is asked any more."""
        record = standing.record_or_refuse(unit, record_id, team_id=team_id)
        item = timeline_changes.item(unit, record, item_id)
        if item.by != by or writing.frozen(record):
            writing.check_text(record, actors.actor(unit, record, by, self.policy))
        channel = item.channel_id or record.channel_id
        capture = unit.captures.get(record.id, channel, side_rooms.place(item.ts or "")[0], lock=True)
        if capture is None or capture.question is not Question.ASKED or item.removed:
            raise Stale(ANSWERED)
        return record, capture, item

    @staticmethod
    def _settle(unit: Unit, record: Postmortem, capture: Capture, by: str, now: datetime) -> None:
        unit.captures.put(capture)
        unit.outbox.put(
            rows.withdrawn_dm(record, capture.channel_id, capture.ts, by, now), rows.card(record, now, soon=True)
        )
