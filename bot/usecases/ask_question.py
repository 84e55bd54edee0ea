"""Pulling somebody in (R-08): one question to one person, who is told, and brought into the channel where they may see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.domain import one_person, questions
from bot.domain.errors import Refused, Stale
from bot.domain.mentions import Mentions
from bot.domain.one_person import Wanted
from bot.domain.policy import Policy
from bot.domain.postmortem import Audit, Postmortem
from bot.domain.questions import Question
from bot.ports.store import Unit
from bot.usecases import question_rows, rows, standing

ASKED = Wanted(
    one="A question goes to one person, so that nobody waits for somebody else.",
    again="Type `/postmortem ask @name` with one person, and the question.",
    needs="a question",
    act="answer a question",
    guest="be asked",
)


def one_asked(mentions: Mentions) -> str | None:
    """The one person meant; None when nobody was mentioned. Raises `Refused` for groups, everybody and several people."""
    return one_person.read(mentions, ASKED)


@dataclass(frozen=True, slots=True)
class AskQuestion:
    """Who may is asked at the door."""

    policy: Policy
    new_id: Callable[[], str]

    def record(self, unit: Unit, team_id: str, record_id: str) -> Postmortem:
        """The record, held. Raises `Refused` where nothing is to be found out any more."""
        record = standing.record_or_refuse(unit, record_id, team_id=team_id)
        questions.check_matters(record)
        return record

    def check(self, unit: Unit, team_id: str, asked: str, by: str) -> None:
        """Raises `Refused` for whoever cannot be asked."""
        if asked == by:
            raise Refused("That is you: write down what you know, in the timeline or in what happened.")
        one_person.check(
            asked, unit.people.get(team_id, asked), ASKED,
            list_known=unit.people.synced_at(team_id) is not None, allow_external=self.policy.allow_external_owner,
        )  # fmt: skip

    def __call__(
        self, unit: Unit, team_id: str, record_id: str, asked: str, text: str, by: str, now: datetime
    ) -> Question:
        """Raises `Refused`, `BadInput` for a text that is none, `Stale` where this person has this question already."""
        record = self.record(unit, team_id, record_id)
        self.check(unit, team_id, asked, by)
        said = questions.words(text)
        known = questions.open_ones(unit.questions.all(record.id))
        if any((each.asked_of, each.text) == (asked, said) for each in known):
            raise Stale(f"<@{asked}> was asked that already, and has not answered yet. Nothing was changed.")
        question = Question(f"{record.id}:{self.new_id()}", record.id, by, asked, said, now)
        unit.questions.put(question)
        unit.ledger.note(Audit(record.id, now, by, "question", None, asked, said))
        due = standing.after_silence_of(unit, record, asked, self.policy, now)
        unit.outbox.put(
            question_rows.ask(record, question, now),
            question_rows.invite(record, question, now),
            question_rows.silent(record, question, question_rows.REMIND, due),
            rows.card(record, now),
            rows.document(record, now),
        )
        return question
