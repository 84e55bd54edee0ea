"""What becomes of a question (R-08): it is answered or given back by whoever was asked, or withdrawn; and where nobody says
anything, the person is reminded once, and then who asked and the owner are told once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain import errors, questions, typed
from bot.domain.errors import Refused
from bot.domain.policy import Policy
from bot.domain.postmortem import Audit, Postmortem
from bot.domain.questions import Question, QuestionState
from bot.domain.topics import Topic
from bot.ports.store import Unit
from bot.usecases import question_rows, standing

GONE = "This question is not here any more."
NOT_YOURS = "This question was put to somebody else."


def found(unit: Unit, team_id: str, question_id: str) -> tuple[Postmortem, Question]:
    """The question and its record, held. Raises `Refused` where there is none."""
    record = standing.record_or_refuse(unit, question_id.partition(":")[0], team_id=team_id)
    question = unit.questions.get(question_id)
    if question is None or question.postmortem_id != record.id:
        raise Refused(GONE)
    return record, question


@dataclass(frozen=True, slots=True)
class AnswerQuestion:
    """What the one who was asked does with it, and what others may take back."""

    def check(self, unit: Unit, team_id: str, question_id: str, by: str) -> Question:
        """A question that waits for this person. Raises `Refused`, and `Stale` when it is settled."""
        _, question = found(unit, team_id, question_id)
        if question.asked_of != by:
            raise Refused(NOT_YOURS)
        questions.check_open(question)
        return question

    def __call__(self, unit: Unit, team_id: str, question_id: str, text: str, by: str, now: datetime) -> Question:
        """The answer, whole. Raises `BadInput` for none."""
        self.check(unit, team_id, question_id, by)
        said = typed.clean(text).strip()
        if not said:
            raise errors.bad_input("answer", "Write the answer, or press “I can't answer this” in the message.")
        return self._settle(unit, team_id, question_id, QuestionState.ANSWERED, said, by, now)

    def decline(self, unit: Unit, team_id: str, question_id: str, hint: str, by: str, now: datetime) -> Question:
        """The person cannot answer it; `hint` says who could, when they know."""
        self.check(unit, team_id, question_id, by)
        return self._settle(unit, team_id, question_id, QuestionState.DECLINED, typed.clean(hint).strip(), by, now)

    def withdraw(self, unit: Unit, team_id: str, question_id: str, by: str, now: datetime) -> Question:
        """Nobody needs it any more. Raises `Refused` and `Stale` as the rule does."""
        record, question = found(unit, team_id, question_id)
        questions.check_withdraw(question, record, by)
        return self._settle(unit, team_id, question_id, QuestionState.WITHDRAWN, "", by, now)

    @staticmethod
    def _settle(
        unit: Unit, team_id: str, question_id: str, state: QuestionState, said: str, by: str, now: datetime
    ) -> Question:
        record, before = found(unit, team_id, question_id)
        question = before.settled(state, said, by, now)
        unit.questions.put(question)
        unit.ledger.note(Audit(record.id, now, by, f"question {state.value}", None, said or None, before.text))
        question_rows.settled(unit, record, question, now)
        topic = _TOLD.get(state)
        if topic:
            question_rows.tell(unit, record, question, topic, now, by)
        return question


_TOLD = {QuestionState.ANSWERED: Topic.QUESTION_ANSWERED, QuestionState.DECLINED: Topic.QUESTION_DECLINED}


@dataclass(frozen=True, slots=True)
class QuestionSilent:
    """Nobody has answered in the policy's working hours, in the zone of whoever was asked."""

    policy: Policy

    def __call__(self, unit: Unit, postmortem_id: str, question_id: str, number: int, now: datetime) -> bool:
        """False where nothing is to be said any more: it is settled, or the post-mortem is closed or waived."""
        record, question = unit.records.get(postmortem_id, lock=True), unit.questions.get(question_id)
        if record is None or question is None or not question.open or not questions.matters(record):
            return False
        if number == question_rows.REMIND:
            due = standing.after_silence_of(unit, record, question.asked_of, self.policy, now)
            unit.outbox.put(
                question_rows.nudge(record, question, now),
                question_rows.silent(record, question, question_rows.TELL, due),
            )
        else:
            question_rows.tell(unit, record, question, Topic.QUESTION_SILENT, now)
        return True
