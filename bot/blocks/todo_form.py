"""One action item as a form: its words with hints on them, what becomes of it, and for a ticket its type, priority, person and
day (R-33, R-34, X-1, X-2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.blocks import ids, inputs, modals, parts, rich, section_form, text
from bot.blocks.inputs import Answers, Block
from bot.domain import actionable, actions, pieces
from bot.domain.actions import ActionItem, ActionKind, Choice, Decision, Priority, Terms

DECISION, SAID, ASSIGNEE, WHAT = "decision", "said", "assignee", "text"
KIND, PRIORITY, WHY, DUE, INTO, ROI = "kind", "priority", "why_ticket", "due", "into", "roi"
SAID_LABEL = "The address of a ticket that is there already, or the reason"
SAID_LABEL_TRACKER = "The key or address of a ticket that is there already, or the reason"
# Where each thing that is missing is shown.
FIELDS = {
    actions.NO_TICKET: SAID,
    actions.NO_REASON: SAID,
    actions.NO_KIND: KIND,
    actions.NO_WHY: WHY,
    actions.NO_TARGET: INTO,
}
_MOST_TARGETS = 100


@dataclass(frozen=True, slots=True)
class Frame:
    """What the form shows beside the item: the day that the rule gives and how it comes about, what it may be merged into,
    whether there is a tracker, and the words of the chat that say until when."""

    day: date | None = None
    working: str = ""
    targets: Sequence[ActionItem] = ()
    tracker: bool = False
    said_due: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """What came back."""

    words: str
    decision: Decision
    said: str
    assignee: str | None
    terms: Terms
    into: str | None


def form(
    text_of_it: str,
    choice: Choice | None,
    metadata: str,
    frame: Frame | None = None,
    *,
    warning: str = "",
    theirs: str = "",
    said: str | None = None,
) -> dict[str, Any]:
    """One action item: its words, what becomes of it, and who does it until when."""
    frame = frame or Frame()
    beside = said if said is not None else (choice.ticket or choice.reason) if choice else ""
    blocks: list[Block] = [
        *([parts.section(f":warning: {warning}")] if warning else []),
        *(rich.meanwhile(theirs) if theirs else []),
        *_words(text_of_it),
        *hint(text_of_it),
        _decision(choice, frame),
        *_terms(choice.terms if choice else Terms()),
        inputs.line(
            said_label(frame.tracker), SAID, beside, optional=True,
            hint="A ticket may get its address later. What will not be done needs a reason.",
        ),
        *_into(choice, frame),
        inputs.person("Who does it", ASSIGNEE, choice.assignee if choice else None, optional=True),
        inputs.day("Due, for a ticket", DUE, (choice.terms.due if choice else None) or frame.day, _until(frame)),
        inputs.line(
            "What it costs, and what it is worth (ROI)", ROI, choice.terms.roi if choice else "", optional=True, most=1000,
            hint="Two days against an hour of every week, say. Some things are not worth their effort, and that is fine.",
        ),
    ]  # fmt: skip
    return modals.view(ids.ACTION, "Action item", "Save", blocks, metadata)


def said_label(tracker: bool) -> str:
    """What is asked for beside the decision."""
    return SAID_LABEL_TRACKER if tracker else SAID_LABEL


def hint(words: str) -> list[Block]:
    """What would make the words clearer (X-2); nobody is held up by it."""
    said = actionable.hints(words)
    return [parts.context(*(f":bulb: {text.escape(each)}." for each in said))] if said else []


def drawn(text_of_it: str) -> int:
    """How many inputs hold the words."""
    return len(pieces.split(text_of_it))


def read(values: object, parts_drawn: int, by_rule: date | None) -> Filled:
    """What was typed and chosen. A day that is the rule's stays with the rule, also when that moves."""
    answers = Answers(values)
    words = [answers.text(WHAT)]
    while answers.has(section_form.piece_id(WHAT, len(words))):
        words.append(answers.text(section_form.piece_id(WHAT, len(words))))
    chosen, due = answers.choice(DECISION), answers.day(DUE)
    return Filled(
        pieces.join(words, parts_drawn),
        Decision(chosen) if chosen in set(Decision) else Decision.DISCUSS,
        answers.text(SAID),
        answers.user(ASSIGNEE),
        Terms(
            kind(answers.choice(KIND)), _priority(answers.choice(PRIORITY)), answers.text(WHY),
            None if due == by_rule else due, answers.text(ROI),
        ),
        answers.choice(INTO),
    )  # fmt: skip


def kind(chosen: str | None) -> ActionKind | None:
    """The type of that name."""
    return ActionKind(chosen) if chosen in set(ActionKind) else None


def kinds() -> list[tuple[str, str]]:
    """Every type, for a list to choose from."""
    return [(label, each.value) for each, label in actions.KINDS.items()]


def _priority(chosen: str | None) -> Priority:
    return Priority(chosen) if chosen in set(Priority) else Priority.P1


def _decision(choice: Choice | None, frame: Frame) -> Block:
    current = choice.decision if choice else Decision.TICKET
    offered = [each for each in Decision if each is not Decision.MERGED or frame.targets or current is Decision.MERGED]
    options = [(actions.LABELS[each], each.value) for each in offered]
    return inputs.select("What becomes of it?", DECISION, options, current.value)


def _terms(terms: Terms) -> list[Block]:
    chosen = terms.priority or Priority.P1
    priorities = [(label, each.value) for each, label in actions.PRIORITIES.items()]
    return [
        inputs.select("Type, for a ticket", KIND, kinds(), terms.kind and terms.kind.value, optional=True),
        inputs.select("Priority, for a ticket", PRIORITY, priorities, chosen.value, optional=True),
        inputs.line("Why a ticket, although its priority is lower", WHY, terms.justification, optional=True, most=1000),
    ]


def _until(frame: Frame) -> str:
    """What the day comes from."""
    return (
        f"Said in the channel: “{text.clip(text.plain(frame.said_due), 100)}”. {frame.working}"
        if frame.said_due
        else frame.working
    )


def _into(choice: Choice | None, frame: Frame) -> list[Block]:
    if not frame.targets:
        return []
    options = [(each.text, each.id) for each in frame.targets[-_MOST_TARGETS:]]
    into = choice.into if choice and choice.into in {value for _, value in options} else None
    return [inputs.select("Merged into which one", INTO, options, into, optional=True)]


def _words(what: str) -> list[Block]:
    return [
        inputs.line(
            "What is to be done" if number == 0 else "What is to be done, continued",
            section_form.piece_id(WHAT, number),
            part,
            multiline=True,
            optional=number > 0,
        )
        for number, part in enumerate(pieces.split(what))
    ]
