"""The forms around a question: to ask one, to answer it, to say that one cannot, and to let an answer show a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.blocks import address_fields, ids, inputs, lines, modals, parts, section_form, text, whole
from bot.blocks.inputs import Answers, Block
from bot.domain import pieces
from bot.domain.postmortem import Postmortem
from bot.domain.questions import Question
from bot.domain.timeline import Item

PERSON, QUESTION, ANSWER, HINT, LINE, URLS = "person", "question", "answer", "hint", "line", "evidence"
ANSWER_FIELDS = 3
_LABEL, _GROUP = 75, 100
_URLS_HINT = "The addresses in the answer that can be evidence: one a line. Take out what does not belong here."


def ask(
    record: Postmortem, metadata: str, *, person: str | None = None, words: str = "", sentence: str = ""
) -> dict[str, Any]:
    """Whom, and what; `sentence` says why the form opened."""
    intro = [parts.section(text.escape(text.clip(sentence, 1000)))] if sentence else []
    blocks: list[Block] = [
        *intro,
        parts.context(lines.name(record)),
        inputs.person("Who could know?", PERSON, person, "One person. They are told at once.", optional=False),
        inputs.line(
            "What do you want to know?", QUESTION, words, multiline=True,
            hint="What they saw, what they did, how something works: so that they need not read everything first.",
        ),
    ]  # fmt: skip
    return modals.view(ids.ASK, "Ask somebody", "Ask", blocks, metadata)


def read_ask(values: object) -> tuple[str | None, str]:
    """The person and the question."""
    answers = Answers(values)
    return answers.user(PERSON), answers.text(QUESTION)


def answer(question: Question, metadata: str) -> dict[str, Any]:
    """The question, and room for three full fields."""
    hint = "What you know, and the address of the graph, the log or the page that shows it. Everybody of the post-mortem reads it."
    blocks = [
        *whole.quoted(question.text),
        *(
            inputs.line(
                "Your answer" if number == 0 else "Your answer, continued", section_form.piece_id(ANSWER, number), "",
                multiline=True, optional=number > 0, hint=hint if number == 0 else "",
            )
            for number in range(ANSWER_FIELDS)
        ),
    ]  # fmt: skip
    return modals.view(ids.ANSWER, "Answer", "Send", blocks, metadata)


def read_answer(values: object) -> str:
    """The whole answer; each further field begins a new line."""
    answers = Answers(values)
    found = [answers.text(section_form.piece_id(ANSWER, number)) for number in range(ANSWER_FIELDS)]
    return pieces.join(found, 1)


def decline(question: Question, metadata: str) -> dict[str, Any]:
    """Who could know, if anybody comes to mind."""
    blocks = [
        *whole.quoted(question.text),
        inputs.line(
            "Who could know, or where could one look?", HINT, "", most=1000, optional=True, multiline=True,
            hint="It may stay empty. Who asked you reads it.",
        ),
    ]  # fmt: skip
    return modals.view(ids.QUESTION_BACK, "I can't answer this", "Send", blocks, metadata)


def read_hint(values: object) -> str:
    """What was typed there."""
    return Answers(values).text(HINT)


def evidence(question: Question, items: Sequence[Item], proposed: Sequence[str], metadata: str) -> dict[str, Any]:
    """Which line the answer shows, and the addresses that were found in it."""
    blocks: list[Block] = [
        parts.section(text.quote(question.answer, 1000) or "–"),
        line_select(items),
        *address_fields.draw("What shows it", URLS, "\n".join(proposed), _URLS_HINT, optional=False),
    ]
    return modals.view(ids.EVIDENCE, "What does it show?", "Save", blocks, metadata)


def read_evidence(values: object) -> tuple[str, str]:
    """The line's id and the addresses."""
    answers = Answers(values)
    return answers.choice(LINE) or "", address_fields.read(answers, URLS)


def line_select(items: Sequence[Item], first: Sequence[Item] = ()) -> Block:
    """A select takes 100 options: more lines are put into groups by the time at which each begins. `first` are lines that
    stand above the others, at most 100, in a group of their own where there are others."""
    element: Block = {"type": "static_select", "action_id": ids.INPUT}
    if len(first) + len(items) <= _GROUP:
        element["options"] = _options([*first, *items])
    else:
        starts = range(0, len(items), _GROUP)
        element["option_groups"] = [
            *([{"label": parts.plain("Nearest in time", _LABEL), "options": _options(first)}] if first else []),
            *(
                {
                    "label": parts.plain(f"From {text.utc(items[at].at)}", _LABEL),
                    "options": _options(items[at : at + _GROUP]),
                }
                for at in starts
            ),
        ]
    return {
        "type": "input",
        "block_id": LINE,
        "label": parts.plain("The line of the timeline", 200),
        "element": element,
    }


def _options(items: Sequence[Item]) -> list[Block]:
    return [{"text": parts.plain(_label(item), _LABEL), "value": item.id} for item in items]


def _label(item: Item) -> str:
    return f"{text.utc(item.at)[5:16]} {' '.join(item.text.split())}"
