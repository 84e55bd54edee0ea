"""An answer becomes a part of the post-mortem (R-08): what shows a line of the timeline, or a line of its own. Whatever it
becomes is marked by `mark`, which a form of another kind calls as well when it was filled in from an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import Refused, Stale
from bot.domain.postmortem import Audit, Postmortem
from bot.domain.questions import Question, UsedAs
from bot.ports.store import Unit
from bot.usecases import answer_question, rows
from bot.usecases.keep_timeline import KeepTimeline


@dataclass(frozen=True, slots=True)
class UseAnswer:
    """For those who write: each act raises `Refused` for anybody else, and once the text is agreed on."""

    timeline: KeepTimeline

    def answered(self, unit: Unit, team_id: str, question_id: str, by: str) -> tuple[Postmortem, Question]:
        """The record, held, and the answer. Raises `Stale` for one that was used, or is none."""
        _, question = answer_question.found(unit, team_id, question_id)
        record = self.timeline.record(unit, team_id, question.postmortem_id, by)
        if not question.to_be_used:
            raise Stale("This answer was used already, or there is none. Close the form and open the questions again.")
        return record, question

    def as_evidence(
        self, unit: Unit, team_id: str, question_id: str, item_id: str, urls: str, by: str, now: datetime
    ) -> Postmortem:
        """The addresses show that line from now on. Raises BadInput as the timeline does."""
        record, question = self.answered(unit, team_id, question_id, by)
        self.timeline.add_evidence(unit, record, item_id, urls, by, now)
        self.mark(unit, record, question, UsedAs.EVIDENCE, by, now)
        return record

    def of_record(
        self, unit: Unit, record: Postmortem, question_id: str, used_as: UsedAs, by: str, now: datetime
    ) -> Question:
        """The answer became a part of just this record. Raises Stale as `answered` does, Refused for another record's."""
        _, question = self.answered(unit, record.team_id, question_id, by)
        if question.postmortem_id != record.id:
            raise Refused(answer_question.GONE)
        return self.mark(unit, record, question, used_as, by, now)

    @staticmethod
    def mark(unit: Unit, record: Postmortem, question: Question, used_as: UsedAs, by: str, now: datetime) -> Question:
        """The answer stands elsewhere from now on, and is listed as such."""
        used = question.used(used_as)
        unit.questions.put(used)
        unit.ledger.note(Audit(record.id, now, by, "answer used", None, used_as.value, question.text))
        unit.outbox.put(rows.card(record, now, soon=True), rows.document(record, now))
        return used
