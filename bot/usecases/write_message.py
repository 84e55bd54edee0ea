"""The External Message: writing it, and deciding that there is none (R-36). What was reviewed and is edited goes back to
In Review in the same transaction (T7), so that nobody ever posts a text that no meeting has seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain import errors, external_message, handing_over, message_sheet, status
from bot.domain.actors import Actor
from bot.domain.external_message import ExternalDecision, ExternalMessage
from bot.domain.message_sheet import Sheet, Wish
from bot.domain.policy import Policy
from bot.domain.postmortem import Postmortem
from bot.domain.status import Status, Transition
from bot.ports.store import Unit
from bot.usecases import actors, facts, hand_off, rows, standing
from bot.usecases.move_status import MoveStatus

CLOSED = "{name} is Closed, so its message does not change any more. The owner or the IC presses “Open again” first."
UNDECIDED = "Nothing is chosen and nothing is written yet: write the message, or choose that there will be none."


class Overtaken(Exception):
    """The message changed, or was reviewed, while the form was open; nothing was saved. `now` is how it stands."""

    def __init__(self, now: Sheet) -> None:
        super().__init__(now.stamp)
        self.now = now


@dataclass(frozen=True, slots=True)
class WriteMessage:
    """Shows the message to those who write it, and saves it."""

    policy: Policy
    move: MoveStatus

    def sheet(self, unit: Unit, record: Postmortem, by: str) -> Sheet:
        """What the form shows. Raises Refused for anybody but owner and IC, and for a closed post-mortem."""
        self._check(record, actors.actor(unit, record, by, self.policy))
        return sheet(unit, record)

    def __call__(
        self, unit: Unit, team_id: str, record_id: str, seen: str, seen_in: Status, wish: Wish, by: str, now: datetime
    ) -> Postmortem:  # fmt: skip
        """`seen` is the stamp of the sheet that the form showed, `seen_in` the state it was in. Raises BadInput, Refused,
        or Overtaken."""
        record = standing.record_or_refuse(unit, record_id, team_id=team_id)
        actor = actors.actor(unit, record, by, self.policy)
        self._check(record, actor)
        before, after = sheet(unit, record), self._decided(unit, record, wish, actor, now)
        if message_sheet.says(before.decision, before.full_outage) == message_sheet.says(after, wish.full_outage):
            return record
        if seen != before.stamp or (record.status is Status.REVIEWED and seen_in is not Status.REVIEWED):
            raise Overtaken(before)
        back = self._back(unit, record, before.decision, after, actor, now)
        return self._save(unit, record, before, after, wish, back, now)

    @staticmethod
    def _check(record: Postmortem, actor: Actor) -> None:
        external_message.check_right(actor)
        if record.status is Status.CLOSED:
            raise errors.refused("closed", CLOSED.format(name=record.name))

    @staticmethod
    def _decided(unit: Unit, record: Postmortem, wish: Wish, actor: Actor, now: datetime) -> ExternalDecision:
        if wish.value is ExternalMessage.NONE:
            standing_now = unit.meetings.external(record.id)
            return external_message.decide_none(standing_now, actor=actor, now=now, reason=wish.reason)
        if wish.value is ExternalMessage.UNDECIDED:
            raise errors.bad_input("undecided", UNDECIDED)
        return external_message.write(wish.text, actor=actor, now=now)

    def _back(
        self, unit: Unit, record: Postmortem, before: ExternalDecision, after: ExternalDecision, actor: Actor, now: datetime
    ) -> Transition | None:  # fmt: skip
        """T7, when a reviewed text becomes another one. That there will be none is no text to be reviewed (T5)."""
        if after.value is not ExternalMessage.PRESENT or (before.value, before.text) == (after.value, after.text):
            return None
        known = facts.facts(unit, record, self.policy)
        return status.after_message_edit(record.status, expected=record.status, actor=actor, facts=known, now=now)

    def _save(
        self, unit: Unit, record: Postmortem, before: Sheet, after: ExternalDecision, wish: Wish, back: Transition | None,
        now: datetime,
    ) -> Postmortem:  # fmt: skip
        unit.meetings.put_external(record.id, _kept(before.decision, after))
        unit.ledger.note(*message_sheet.audit(record, before, after, wish.full_outage, now))
        if wish.full_outage != record.full_outage:
            record = record.changed(full_outage=wish.full_outage)
            unit.records.save(record)
        if back is not None:
            return self.move.make(unit, record, back, now)
        hand_off.redraw(unit, record, handing_over.review_of(record), self.policy, now, why=after.reason)
        unit.outbox.put(rows.card(record, now), rows.document(record, now))
        return record


def sheet(unit: Unit, record: Postmortem) -> Sheet:
    """The message as it stands."""
    return Sheet(unit.meetings.external(record.id), record.full_outage, record.status)


def _kept(before: ExternalDecision, after: ExternalDecision) -> ExternalDecision:
    """A text that did not change stays the one that was reviewed."""
    return before if (before.value, before.text, before.reason) == (after.value, after.text, after.reason) else after
