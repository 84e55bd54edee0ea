"""The buttons around questions (R-08): the page, a new one, the two answers, withdrawing, and what an answer becomes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import ids, query_form, question_forms, timeline_form
from bot.blocks.pages import QUESTIONS, Page
from bot.domain import queries, questions, timeline
from bot.domain.errors import Refused
from bot.domain.queries import Written
from bot.listeners import layers
from bot.listeners import pages as rooms
from bot.listeners import questions as forms
from bot.listeners.actions.press import Press
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.store import Unit
from bot.usecases import standing

NO_LINE = "There is no line in the timeline yet. Press “Into the timeline” to make the answer one."


def open_page(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The list; turned in its place when it is open already."""
    record_id, _, number = call.text.partition(":")
    record = standing.record_or_refuse(unit, record_id, team_id=call.place.team_id)
    page = Page(QUESTIONS, int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 0)
    if call.modal and rooms.here(call).name == QUESTIONS:
        return rooms.turned(desk, unit, record, call, page, now)
    return Answer(screens=(rooms.show(call, rooms.draw(desk, unit, record, page, now, call.place.user_id)),))


def ask(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The form of a new question."""
    record = desk.ask.record(unit, call.place.team_id, call.text)
    return Answer(screens=(forms.ask_form(call, record),))


def answer(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The form of the answer, for whoever was asked."""
    question = desk.answer.check(unit, call.place.team_id, call.text, call.place.user_id)
    return Answer(screens=(layers.shown(call, question_forms.answer(question, forms.carried(call, question))),))


def decline(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The form of whoever cannot answer."""
    question = desk.answer.check(unit, call.place.team_id, call.text, call.place.user_id)
    return Answer(screens=(layers.shown(call, question_forms.decline(question, forms.carried(call, question))),))


def withdraw(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Nobody needs it any more; the list is drawn anew."""
    question = desk.answer.withdraw(unit, call.place.team_id, call.text, call.place.user_id, now)
    record = standing.record_or_refuse(unit, question.postmortem_id, team_id=call.place.team_id)
    return rooms.turned(desk, unit, record, call, forms.here(call), now)


def to_timeline(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The form of a new line, filled in with the answer; when it was, is typed."""
    _, question = desk.use_answer.answered(unit, call.place.team_id, call.text, call.place.user_id)
    shown = "\n".join(questions.addresses(question, desk.workspace_url))
    typed = timeline_form.Typed(text=question.answer, evidence=shown)
    carried = forms.carried(call, question, parts=timeline_form.drawn(typed))
    return Answer(screens=(rooms.show(call, timeline_form.draw(typed, carried, new=True)),))


def to_evidence(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Which line does it show?"""
    record, question = desk.use_answer.answered(unit, call.place.team_id, call.text, call.place.user_id)
    items = timeline.in_order(tuple(unit.items.timeline(record.id)))
    if not items:
        raise Refused(NO_LINE)
    proposed = questions.addresses(question, desk.workspace_url)
    view = question_forms.evidence(question, items, proposed, forms.carried(call, question))
    return Answer(screens=(rooms.show(call, view),))


def to_query(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The form of a new query, filled in with the answer, run by whoever gave it. Raises BadInput for one that no form shows."""
    _, question = desk.use_answer.answered(unit, call.place.team_id, call.text, call.place.user_id)
    if queries.too_long(question.answer):
        raise queries.refuse_too_long(question.answer)
    written = Written(question.answer, ran_by=question.answered_by)
    return Answer(screens=(rooms.show(call, query_form.draw(written, forms.carried(call, question), new=True)),))


BUTTONS: Mapping[str, Press] = {
    ids.QUESTIONS_OPEN: open_page,
    ids.QUESTIONS_EARLIER: open_page,
    ids.QUESTION_ASK: ask,
    ids.QUESTION_ANSWER: answer,
    ids.QUESTION_DECLINE: decline,
    ids.QUESTION_WITHDRAW: withdraw,
    ids.QUESTION_TO_TIMELINE: to_timeline,
    ids.QUESTION_TO_EVIDENCE: to_evidence,
    ids.QUESTION_TO_QUERY: to_query,
}
