"""The forms around questions come back (R-08)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import ids, question_forms, replies
from bot.domain.errors import Refused
from bot.listeners import forms, layers
from bot.listeners import pages as rooms
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.listeners.views.submit import Submit, at
from bot.ports.store import Unit
from bot.usecases import standing

TITLE = "Question"


def ask(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """One person is asked; from the list of questions, the list is drawn anew."""
    person, words = question_forms.read_ask(call.values)
    record_id = str(forms.read(call.metadata).get("record") or "")
    with at(question_forms.PERSON):
        if person is None:
            raise Refused("Choose one person.")
        desk.ask.check(unit, call.place.team_id, person, call.place.user_id)
    with at(question_forms.QUESTION, always=True):
        question = desk.ask(unit, call.place.team_id, record_id, person, words, call.place.user_id, now)
    record = standing.record_or_refuse(unit, question.postmortem_id, team_id=call.place.team_id)
    if call.modal and call.modal.previous:
        return rooms.saved(desk, unit, record, call, now)
    return layers.sent(
        call,
        replies.say(f"<@{question.asked_of}> is asked. The question stays on the card until there is an answer."),
        TITLE,
    )


def answer(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The answer; the message with the question is drawn anew."""
    with at(question_forms.ANSWER, always=True):
        desk.answer(
            unit, call.place.team_id, _question(call), question_forms.read_answer(call.values), call.place.user_id, now
        )
    return Answer()


def decline(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """It cannot be answered by this person."""
    hint = question_forms.read_hint(call.values)
    with at(question_forms.HINT, always=True):
        desk.answer.decline(unit, call.place.team_id, _question(call), hint, call.place.user_id, now)
    return Answer()


def evidence(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The answer shows a line of the timeline."""
    item, urls = question_forms.read_evidence(call.values)
    with at(question_forms.URLS, always=True):
        if not urls.strip():
            raise Refused("Enter the address of what shows it: the graph, the log or the page.")
        record = desk.use_answer.as_evidence(
            unit, call.place.team_id, _question(call), item, urls, call.place.user_id, now
        )
    return rooms.saved(desk, unit, record, call, now)


def _question(call: Call) -> str:
    return str(forms.read(call.metadata).get("question") or "")


FORMS: Mapping[str, Submit] = {
    ids.ASK: ask,
    ids.ANSWER: answer,
    ids.QUESTION_BACK: decline,
    ids.EVIDENCE: evidence,
}
