"""Questions to single people on their way (R-08): the message, the way into the channel, and what happens while nobody answers."""

from __future__ import annotations

from dataclasses import dataclass

from bot.blocks import question_dm
from bot.domain import questions
from bot.domain.outgoing import Row
from bot.domain.overview import Overview
from bot.domain.questions import Question
from bot.domain.topics import Topic
from bot.jobs.handlers.channel import GONE
from bot.jobs.outcome import Done, Obsolete, Outcome
from bot.jobs.scene import Scene
from bot.jobs.worker import PATIENCE
from bot.ports.errors import IntegrationError
from bot.usecases import question_rows
from bot.usecases.answer_question import QuestionSilent

SETTLED = Obsolete("the question is settled, or nothing is to be found out any more")


@dataclass(frozen=True, slots=True)
class AskPerson:
    """The question, drawn anew when it is settled. Who cannot be reached: who asked is told, and it stays open."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        overview, question = _found(self.scene, row)
        if overview is None or question is None:
            return GONE
        name, user = question_rows.name(question), question.asked_of
        with self.scene.store.reading() as unit:
            told = unit.posts.get(overview.postmortem.id, name) is not None
        if not question.open and not told and row.attempts == 1:
            return SETTLED
        drawing = question_dm.ask(overview, question, sees=self.scene.sees(overview, user))
        try:
            room = self.scene.chat.open_dm(user)
            ts, _ = self.scene.posting.in_place(row, name, room, drawing)
        except IntegrationError as error:
            if error.retryable:
                raise
            return self._untold(overview, question, error)
        return Done({"channel": room, "ts": ts})

    def _untold(self, overview: Overview, question: Question, error: IntegrationError) -> Outcome:
        record, now = overview.postmortem, self.scene.clock.now()
        if question.open:
            with self.scene.store.transaction(PATIENCE) as unit:
                question_rows.tell(unit, record, question, Topic.QUESTION_UNTOLD, now)
        return Obsolete(f"not told: {error.name}")


@dataclass(frozen=True, slots=True)
class InviteAsked:
    """Bring the person into the channel where they may see the post-mortem anyway; a private one is not opened to them for a
    question, and the direct message is enough."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        overview, question = _found(self.scene, row)
        if overview is None or question is None:
            return GONE
        if not question.open or not self.scene.sees(overview, question.asked_of):
            return Obsolete("this person answers without coming into the channel")
        channel, user = overview.postmortem.channel_id, question.asked_of
        try:
            self.scene.posting.member(channel, lambda: self.scene.chat.invite(channel, user))
        except IntegrationError as error:
            if error.retryable:
                raise
            return Obsolete(f"not invited: {error.name}")
        return Done()


@dataclass(frozen=True, slots=True)
class OnNoAnswer:
    """The policy's working hours passed, in the zone of whoever was asked."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        number, said = int(str(row.payload["number"])), QuestionSilent(self.scene.policy)
        with self.scene.store.transaction(PATIENCE) as unit:
            waits = said(unit, row.postmortem_id or "", str(row.payload["question"]), number, self.scene.clock.now())
        return Done() if waits else SETTLED


@dataclass(frozen=True, slots=True)
class RemindAsked:
    """The one reminder."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        overview, question = _found(self.scene, row)
        if overview is None or question is None:
            return GONE
        if not question.open or not questions.matters(overview.postmortem):
            return SETTLED
        drawing = question_dm.nudge(overview, question, sees=self.scene.sees(overview, question.asked_of))
        try:
            room = self.scene.chat.open_dm(question.asked_of)
            return Done({"channel": room, "ts": self.scene.posting.once(row, room, drawing)})
        except IntegrationError as error:
            if error.retryable:
                raise
            # Who asked was told when the question itself could not be put.
            return Obsolete(f"not reminded: {error.name}")


def _found(scene: Scene, row: Row) -> tuple[Overview | None, Question | None]:
    overview = scene.overview(row)
    asked = overview.life.questions if overview else ()
    return overview, next((each for each in asked if each.id == row.payload["question"]), None)
