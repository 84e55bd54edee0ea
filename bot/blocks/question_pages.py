"""The page of the questions (R-08) and of who has confirmed their lines (X-8): eight questions a page, each with what this
reader may do with it."""

from __future__ import annotations

from typing import Any

from bot.blocks import ids, pages, parts, text
from bot.blocks.pages import Page
from bot.blocks.parts import Block
from bot.domain import line_checks, phrases, questions, writing
from bot.domain.actors import Actor
from bot.domain.line_checks import CheckState, LineCheck
from bot.domain.overview import Overview
from bot.domain.postmortem import Postmortem
from bot.domain.questions import Question, QuestionState, UsedAs

_QUESTION, _ANSWER = 800, 1800
_PEOPLE = 20
_USED = {
    UsedAs.TIMELINE: "It is a line of the timeline.",
    UsedAs.EVIDENCE: "It shows a line of the timeline.",
    UsedAs.QUERY: "It is among the queries.",
}
_CHECKED = (
    (CheckState.RIGHT, ":white_check_mark: They are right, say"),
    (CheckState.OFF, ":pencil2: Something is off, say"),
    (CheckState.ASKED, ":hourglass_flowing_sand: Not answered yet:"),
)


def listed(overview: Overview, page: Page, reader: Actor) -> dict[str, Any]:
    """Open ones first."""
    record, known = overview.postmortem, questions.listed(overview.life.questions)
    page, shown, of = pages.cut(known, page)
    blocks: list[Block] = [parts.section(_head(known)), *_ask(record)]
    for each in shown:
        blocks += _question(overview, each, reader)
    blocks += _turn(record.id, page, of)
    return pages.plain_view("Questions", [*blocks, *_lines(overview, reader)], pages.metadata(record.id, page))


def value(record_id: str, number: int = 0) -> str:
    """What the button hands back that shows this page."""
    return f"{record_id}:{number}"


def counted(overview: Overview) -> str:
    """`2 wait for an answer, 1 answer to be used`; "" without any."""
    waiting, answers = questions.open_ones(overview.life.questions), questions.unused(overview.life.questions)
    said = [f"{len(waiting)} {'waits' if len(waiting) == 1 else 'wait'} for an answer"] if waiting else []
    return ", ".join([*said, f"{phrases.count(len(answers), 'answer')} to be used"] if answers else said)


def _head(known: tuple[Question, ...]) -> str:
    if not known:
        return "*Nobody was asked anything yet.* Whoever knows something about it can be asked, from other teams too."
    return f"*{phrases.count(len(known), 'question')}*, {len(questions.open_ones(known))} open"


def _ask(record: Postmortem) -> list[Block]:
    if not questions.matters(record):
        return []
    return [parts.actions(parts.button("Ask somebody", ids.QUESTION_ASK, record.id, "primary"))]


def _question(overview: Overview, each: Question, reader: Actor) -> list[Block]:
    said = text.quote(each.text, _QUESTION) or "–"
    blocks = [
        parts.section(
            f"{text.mention(each.asked_by)} asked {text.mention(each.asked_of)}, {text.when(each.at)}:\n{said}"
        )
    ]
    if each.answer:
        blocks.append(parts.section(f"{text.mention(each.asked_of)}:\n{text.quote(each.answer, _ANSWER)}"))
    blocks.append(parts.context(_state(overview, each)))
    buttons = _buttons(overview.postmortem, each, reader)
    return [*blocks, parts.actions(*buttons)] if buttons else blocks


def _state(overview: Overview, each: Question) -> str:
    match each.state:
        case QuestionState.ANSWERED:
            whole = f" All of it is {text.link(overview.document, 'in the document')}." if overview.document else ""
            longer = whole if len(each.answer) > _ANSWER and each.to_be_used else ""
            return f":white_check_mark: Answered {text.when(each.answered_at or each.at)}. {_USED.get(each.used_as, '')}{longer}"
        case QuestionState.DECLINED:
            return f"{text.mention(each.asked_of)} cannot answer it, {text.when(each.answered_at or each.at)}."
        case _:
            return ":speech_balloon: Waits for an answer."


def _buttons(record: Postmortem, each: Question, reader: Actor) -> list[Block]:
    if questions.may_withdraw(each, record, reader.user_id):
        return [parts.button("Withdraw", ids.QUESTION_WITHDRAW, each.id)]
    if not each.to_be_used or not writing.may_write(reader) or writing.frozen(record):
        return []
    return [
        parts.button("Into the timeline", ids.QUESTION_TO_TIMELINE, each.id),
        parts.button("As evidence of a line", ids.QUESTION_TO_EVIDENCE, each.id),
        parts.button("Among the queries", ids.QUESTION_TO_QUERY, each.id),
    ]


def _turn(record_id: str, page: Page, of: int) -> list[Block]:
    if of < 2:
        return []
    turns = [("← Earlier", ids.QUESTIONS_EARLIER, page.number - 1)] * (page.number > 0)
    turns += [("Later →", ids.QUESTIONS_OPEN, page.number + 1)] * (page.number < of - 1)
    buttons = [parts.button(label, action, value(record_id, to)) for label, action, to in turns]
    return [parts.context(f"Page {page.number + 1} of {of}"), parts.actions(*buttons)]


def _lines(overview: Overview, reader: Actor) -> list[Block]:
    theirs = line_checks.lines_of(overview.life.items)
    checks = overview.life.checks
    if not theirs and not checks:
        return []
    blocks: list[Block] = [
        parts.divider(),
        parts.section(f"*Lines of the timeline, looked at by who wrote them*\n{_said(checks)}"),
    ]
    changed = [each.user_id for each in checks if line_checks.changed_since(each, theirs.get(each.user_id, ()))]
    if changed:
        blocks.append(parts.context(f"Changed since they were asked: lines of {_people(changed)}."))
    if writing.may_write(reader) and questions.matters(overview.postmortem):
        blocks.append(parts.actions(ask_button(overview.postmortem)))
    return blocks


def ask_button(record: Postmortem) -> Block:
    """The button that asks responders for their word."""
    return parts.button("Ask responders to confirm their lines", ids.LINES_ASK, record.id)


def _said(checks: tuple[LineCheck, ...]) -> str:
    if not checks:
        return "Nobody was asked yet whether theirs are right."
    by_state = ((head, [each.user_id for each in checks if each.state is state]) for state, head in _CHECKED)
    return "\n".join(f"{head} {_people(people)}" for head, people in by_state if people)


def _people(users: list[str]) -> str:
    return phrases.listing([text.mention(user) for user in users], most=_PEOPLE)
