"""What somebody who is asked gets (R-08): the question, who asks, about which post-mortem, and two ways to answer. It is edited
in place when the question is settled. Who may not see the post-mortem reads the question alone."""

from __future__ import annotations

from bot.blocks import ids, lines, parts, text, whole
from bot.blocks.parts import Block
from bot.domain.overview import Overview
from bot.domain.questions import Question, QuestionState
from bot.ports.chat import Drawing

_SETTLED = {
    QuestionState.ANSWERED: ":white_check_mark: You answered. Thank you.",
    QuestionState.DECLINED: "You cannot answer it; {asker} was told. Thank you.",
    QuestionState.WITHDRAWN: "It was withdrawn: nothing is left to do. Thank you.",
}
_MOST = 30


def ask(overview: Overview, question: Question, *, sees: bool) -> Drawing:
    """The message as it stands now."""
    head = _head(overview, question, sees, "asks you something", "asks you about")
    blocks = [parts.section(head), *whole.quoted(question.text)]
    if question.open:
        return parts.drawing(head, [*blocks, *_buttons(overview, question, sees)])
    settled = _SETTLED[question.state].format(asker=text.mention(question.asked_by))
    return parts.drawing(f"{head} {settled}", [*blocks, parts.section(settled), *_answer(question)])


def nudge(overview: Overview, question: Question, *, sees: bool) -> Drawing:
    """The one reminder."""
    head = _head(overview, question, sees, "still waits for your answer", "still waits for your answer about")
    return parts.drawing(head, [parts.section(head), *whole.quoted(question.text), *_buttons(overview, question, sees)])


def _answer(question: Question) -> list[Block]:
    """What they wrote, as far as a message has room beside the question."""
    said = whole.quoted(question.answer)
    if len(said) <= _MOST:
        return said
    return [*said[:_MOST], parts.context("… The rest of it is kept as well, and has no room in here.")]


def _head(overview: Overview, question: Question, sees: bool, outside: str, inside: str) -> str:
    asker = text.mention(question.asked_by, "somebody")
    if not sees:
        return f"{asker} {outside}, for a post-mortem:"
    return f"{asker} {inside} {lines.name(overview.postmortem)}:"


def _buttons(overview: Overview, question: Question, sees: bool) -> list[Block]:
    buttons = parts.actions(
        parts.button("Answer", ids.QUESTION_ANSWER, question.id, "primary"),
        parts.button("I can't answer this", ids.QUESTION_DECLINE, question.id),
    )
    if not sees:
        return [buttons, parts.context("Your answer goes to the people of that post-mortem.")]
    record = overview.postmortem
    channel = f"{overview.workspace_url}archives/{record.channel_id}" if overview.workspace_url else ""
    where = text.link(channel, "the incident's channel") if channel else f"<#{record.channel_id}>"
    return [
        buttons,
        parts.context(f"What happened is told in {where}. Your answer goes to the people of the post-mortem."),
    ]
