"""Opening the forms around questions, wherever they are opened from."""

from __future__ import annotations

from bot.blocks import pages, question_forms
from bot.blocks.pages import QUESTIONS, Page
from bot.domain.postmortem import Postmortem
from bot.domain.questions import Question
from bot.listeners import layers
from bot.listeners import pages as rooms
from bot.listeners.call import Call
from bot.ports.screens import Screen


def ask_form(
    call: Call, record: Postmortem, *, person: str | None = None, words: str = "", sentence: str = ""
) -> Screen:
    """Whom, and what."""
    carried = pages.metadata(record.id, here(call))
    view = question_forms.ask(record, carried, person=person, words=words, sentence=sentence)
    return layers.shown(
        call, view, "The form did not open. Type `/postmortem ask @name` and the question in the incident channel."
    )


def carried(call: Call, question: Question, **values: object) -> str:
    """What a form about one question carries."""
    return pages.metadata(question.postmortem_id, here(call), question=question.id, **values)


def here(call: Call) -> Page:
    """The page of the questions that the person came from."""
    page = rooms.here(call)
    return page if page.name == QUESTIONS else Page(QUESTIONS)
