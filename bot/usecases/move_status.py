"""Moving a post-mortem through its four states (T1 to T8): the rules decide, this carries out what follows, all in the
transaction of the move."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import handing_over, status
from bot.domain.actors import Actor
from bot.domain.errors import Refused
from bot.domain.guards import Facts
from bot.domain.policy import Policy
from bot.domain.postmortem import Audit, Postmortem
from bot.domain.status import Effect, LastChange, Status, Transition
from bot.domain.topics import Topic
from bot.ports.store import Unit
from bot.usecases import actors, facts, hand_off, meeting_rows, question_rows, results_rows, rows, standing


@dataclass(frozen=True, slots=True)
class MoveStatus:
    """Make one move, or say why not."""

    policy: Policy

    def __call__(
        self, unit: Unit, team_id: str, postmortem_id: str, to: Status, *, expected: Status, by: str, reason: str = "",
        now: datetime,
    ) -> Postmortem:  # fmt: skip
        """`expected` is the state that the person saw. Raises `Refused` with every reason, `Stale` when somebody was faster."""
        record = standing.record_or_refuse(unit, postmortem_id, team_id=team_id)
        actor, known = actors.actor(unit, record, by, self.policy), facts.facts(unit, record, self.policy)
        return self.make(unit, record, self._decide(record, to, expected, actor, known, reason, now), now)

    def check(
        self, unit: Unit, record: Postmortem, to: Status, *, expected: Status, by: str, now: datetime
    ) -> None:  # fmt: skip
        """Whether the move would go through with some reason, before anybody is asked for one. Raises as the move does."""
        actor, known = actors.actor(unit, record, by, self.policy), facts.facts(unit, record, self.policy)
        self._decide(record, to, expected, actor, known, "to be given", now)

    @staticmethod
    def _decide(
        record: Postmortem, to: Status, expected: Status, actor: Actor, known: Facts, reason: str, now: datetime
    ) -> Transition:
        last = LastChange(f"<@{record.status_by}>", record.status_at) if record.status_by and record.status_at else None
        try:
            return status.move(
                record.status, to, expected=expected, actor=actor, facts=known, now=now, reason=reason, last_change=last
            )
        except Refused as error:
            error.about = record.id
            raise

    def make(self, unit: Unit, record: Postmortem, transition: Transition, now: datetime) -> Postmortem:
        """Store an allowed transition with its history and everything that follows from it."""
        saved = record.changed(status=transition.to, status_by=transition.by, status_at=now, **_stamps(transition, now))
        unit.records.save(saved)
        unit.ledger.note(_audit(saved, transition, now))
        unit.outbox.put(
            rows.card(saved, now),
            rows.document(saved, now),
            rows.moved(saved, transition, now),
        )
        self._follow(unit, saved, transition, now)
        self._hand_over(unit, record, saved, transition, now)
        return saved

    def _hand_over(
        self, unit: Unit, before: Postmortem, record: Postmortem, transition: Transition, now: datetime
    ) -> None:
        """The message to customers goes to the support team as it was reviewed, and is taken back when it is sent back."""
        effects, decision = transition.effects, unit.meetings.external(record.id)
        if transition.to is Status.REVIEWED:
            # What was posted of an earlier review is not what this one says.
            unit.meetings.put_external(record.id, replace(decision, frozen=decision.text, posted=None))
        if Effect.HAND_OFF_TO_SUPPORT in effects:
            hand_off.begin(unit, record, self.policy, now)
        if Effect.WITHDRAW_SUPPORT_TASK in effects:
            unit.meetings.put_external(record.id, replace(decision, frozen=None, posted=None))
            hand_off.take_back(unit, before, record, self.policy, transition, now)
        if Effect.NOTE_MESSAGE_POSTED in effects:
            hand_off.redraw(unit, record, handing_over.review_of(record), self.policy, now)

    def _follow(self, unit: Unit, record: Postmortem, transition: Transition, now: datetime) -> None:
        """What the rules name as following from the move, each where it is at home."""
        effects = transition.effects
        if Effect.REVIEW_POST_BACK_IN_DRAFT in effects:
            unit.reviews.forget_approvals(record.id)
        if Effect.POST_REVIEW_LINK in effects:
            meeting_rows.review_waits(unit, record, self.policy, now)
        if Effect.PROMPT_INTERNAL_EMAIL in effects and record.owner:
            # Once: who was told of it and took the post-mortem back knows.
            unit.outbox.put(rows.person_dm(record, record.owner, Topic.MAIL_WANTED, "once", now))
        if Effect.STOP_REMINDERS in effects:
            meeting_rows.unplan(unit, record, unit.meetings.booking(record.id))
        if transition.number in ("T7", "T8"):
            # What people marked and edited while the text was not to change.
            unit.outbox.put(
                *(rows.capture(record, each.channel_id, each.ts, now) for each in unit.captures.all(record.id))
            )
        if transition.frm is Status.CLOSED:
            question_rows.go_on(unit, record, self.policy, now)
        if transition.number in ("T3", "T4"):
            results_rows.tell(unit, record, self.policy, now)
        results_rows.follow(unit, record, now)
        meeting_rows.follow(unit, record, now)
        if record.owner:
            unit.outbox.put(rows.owner_dm(record, now))


def _stamps(transition: Transition, now: datetime) -> dict[str, object]:
    match transition.number:
        case "T3":
            return {"reviewed_at": now, "reopened": False}
        case "T4":
            return {"reviewed_at": now, "closed_at": now}
        case "T5" | "T6":
            return {"closed_at": now}
        case "T7":
            return {"sent_back_at": now, "reviewed_at": None}
        case "T8":
            return {"sent_back_at": now, "closed_at": None, "reviewed_at": None, "reopened": True}
        case _:
            return {}


def _audit(record: Postmortem, transition: Transition, now: datetime) -> Audit:
    acted = "+".join(role.value for role in transition.acted_as)
    also = "".join(f" also {role.value}" for role in transition.also)
    via = f"{transition.number} as {acted}{also}" + (f": {transition.reason}" if transition.reason else "")
    return Audit(record.id, now, transition.by, "status", transition.frm.value, transition.to.value, via)
