"""The short messages around questions and confirmed lines.

| topic             | values     | to                            |
|-------------------|------------|-------------------------------|
| question_answered | question   | who asked, the owner          |
| question_declined | question   | who asked, the owner          |
| question_silent   | question   | who asked, the owner          |
| question_untold   | question   | who asked, the owner          |
| lines_off         | by, reason | the owner                     |
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.blocks import ids, lines, parts, question_pages, text
from bot.blocks.parts import Block
from bot.domain.outgoing import Json
from bot.domain.overview import Overview
from bot.domain.questions import Question
from bot.domain.topics import Topic
from bot.ports.chat import Drawing

Values = Mapping[str, Json]
Note = Callable[[Overview, Values], Drawing]
_QUESTION, _ANSWER = 300, 1500


def _answered(overview: Overview, values: Values) -> Drawing:
    each = _question(overview, values)
    head = f":speech_balloon: {_asked(each)} answered a question for {lines.name(overview.postmortem)}."
    if each is None:
        return _say(overview, head)
    longer = len(each.answer) > _ANSWER
    document = f" The whole answer is {text.link(overview.document, 'in the document')}." if overview.document else ""
    more = [parts.context(f"This is its beginning.{document}")] if longer else []
    return _say(overview, head, _asks(each), parts.section(text.quote(each.answer, _ANSWER) or "–"), *more)


def _declined(overview: Overview, values: Values) -> Drawing:
    each = _question(overview, values)
    head = f"{_asked(each)} cannot answer a question for {lines.name(overview.postmortem)}."
    if each is None:
        return _say(overview, head)
    hint = [parts.section(f"They say who could know:\n{text.quote(each.answer, _ANSWER)}")] if each.answer else []
    return _say(overview, head, _asks(each), *hint)


def _silent(overview: Overview, values: Values) -> Drawing:
    each = _question(overview, values)
    head = (
        f"{_asked(each)} was reminded and has not answered yet, for {lines.name(overview.postmortem)}. "
        "Nobody is reminded again: a word from you may help, or ask somebody else."
    )
    return _say(overview, head, *([_asks(each)] if each else []))


def _untold(overview: Overview, values: Values) -> Drawing:
    each = _question(overview, values)
    head = f":warning: {_asked(each)} could not be reached with the question for {lines.name(overview.postmortem)}. Ask somebody else."
    return _say(overview, head, *([_asks(each)] if each else []))


def _lines_off(overview: Overview, values: Values) -> Drawing:
    by, reason = values.get("by"), values.get("reason")
    who = text.mention(by if isinstance(by, str) else None, "Somebody")
    head = f"{who} says that something is off in their lines of the timeline of {lines.name(overview.postmortem)}."
    quoted = text.quote(reason, _ANSWER) if isinstance(reason, str) else ""
    notes = parts.actions(parts.button("Read the notes", ids.NOTES_OPEN, overview.postmortem.id))
    return parts.drawing(head, [parts.section(head), *([parts.section(quoted)] if quoted else []), notes])


def _question(overview: Overview, values: Values) -> Question | None:
    return next((each for each in overview.life.questions if each.id == values.get("question")), None)


def _asked(question: Question | None) -> str:
    return text.mention(question.asked_of if question else None, "Somebody")


def _asks(question: Question) -> Block:
    return parts.context(text.quote(question.text, _QUESTION) or "–")


def _say(overview: Overview, head: str, *more: Block) -> Drawing:
    record = overview.postmortem
    button = parts.button("Questions", ids.QUESTIONS_OPEN, question_pages.value(record.id))
    return parts.drawing(head, [parts.section(head), *more, parts.actions(button)])


TO_PERSON: Mapping[str, Note] = {
    Topic.QUESTION_ANSWERED: _answered,
    Topic.QUESTION_DECLINED: _declined,
    Topic.QUESTION_SILENT: _silent,
    Topic.QUESTION_UNTOLD: _untold,
    Topic.LINES_OFF: _lines_off,
}
