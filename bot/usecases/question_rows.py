"""The outgoing rows around a question: who is asked, who is brought in, and what happens while nobody answers (R-08). Every
row looks at the question again when its time has come."""

from __future__ import annotations

from datetime import datetime

from bot.domain import questions
from bot.domain.outgoing import Json, Kind, Outgoing
from bot.domain.policy import Policy
from bot.domain.postmortem import Postmortem
from bot.domain.questions import Question
from bot.domain.topics import Topic
from bot.ports.store import Unit
from bot.usecases import rows, standing

REMIND, TELL = 1, 2


def ask(record: Postmortem, question: Question, now: datetime) -> Outgoing:
    """The message to whoever is asked, or drawn anew."""
    return _again(record, Kind.QUESTION_DM, question, now)


def invite(record: Postmortem, question: Question, now: datetime) -> Outgoing:
    """Bring the person into the channel, where they may see it."""
    return _once(record, Kind.INVITE_ASKED, f"{Kind.INVITE_ASKED}:{question.id}", question, now)


def silent(record: Postmortem, question: Question, number: int, due: datetime) -> Outgoing:
    """Look at that time whether there is an answer: the first reminds, the second tells who asked and the owner."""
    return _once(record, Kind.QUESTION_SILENT, silent_key(question, number), question, due, number=number)


def silent_key(question: Question, number: int) -> str:
    """Each of the two once."""
    return f"{Kind.QUESTION_SILENT}:{question.id}:{number}"


def nudge(record: Postmortem, question: Question, now: datetime) -> Outgoing:
    """The one reminder."""
    return _once(record, Kind.QUESTION_NUDGE, nudge_key(question), question, now)


def nudge_key(question: Question) -> str:
    """Once for a question."""
    return f"{Kind.QUESTION_NUDGE}:{question.id}"


def go_on(unit: Unit, record: Postmortem, policy: Policy, now: datetime) -> None:
    """There is something to find out again: what lapsed of an open question meanwhile is counted anew, and what was said is not
    said again."""
    for question in questions.open_ones(unit.questions.all(record.id)):
        due = standing.after_silence_of(unit, record, question.asked_of, policy, now)
        reminds = unit.outbox.resume(record.id, [silent_key(question, REMIND), nudge_key(question)], due)
        told_at = standing.after_silence_of(unit, record, question.asked_of, policy, due) if reminds else due
        unit.outbox.resume(record.id, [silent_key(question, TELL)], told_at)


def settled(unit: Unit, record: Postmortem, question: Question, now: datetime) -> None:
    """Nobody waits any more: no reminder, and what people were shown is drawn anew."""
    unit.outbox.cancel(record.id, [silent_key(question, number) for number in (REMIND, TELL)])
    unit.outbox.put(ask(record, question, now), rows.card(record, now), rows.document(record, now))


def tell(unit: Unit, record: Postmortem, question: Question, topic: Topic, now: datetime, by: str = "") -> None:
    """Who asked and the owner hear of it once; nobody hears of what they did themselves."""
    people = [user for user in dict.fromkeys((question.asked_by, record.owner)) if user and user != by]
    unit.outbox.put(*(rows.person_dm(record, user, topic, question.id, now, question=question.id) for user in people))


def name(question: Question) -> str:
    """Under which name the posted question is remembered."""
    return f"{Kind.QUESTION_DM}:{question.id}:{question.asked_of}"


def _again(record: Postmortem, kind: Kind, question: Question, now: datetime) -> Outgoing:
    return Outgoing(kind, f"{kind}:{question.id}", record.team_id, now, record.id, _values(question), again=True)


def _once(record: Postmortem, kind: Kind, key: str, question: Question, due: datetime, **more: Json) -> Outgoing:
    return Outgoing(kind, key, record.team_id, due, record.id, _values(question) | more)


def _values(question: Question) -> dict[str, Json]:
    return {"question": question.id, "user": question.asked_of}
