"""The form of one line of the timeline: when, what, of which kind, and what shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.blocks import address_fields, evidence_boxes, ids, inputs, modals, parts, rich, section_form, text
from bot.blocks.inputs import Answers, Block
from bot.domain import pieces, timeline
from bot.domain.harvest.finding import TimelineKind
from bot.domain.timeline import Item

WHEN, ABOUT, WHAT, KIND, EVIDENCE, WAIVER = "when", "about", "text", "kind", "evidence", "waiver"
_WHEN_HINT = "14:02 UTC, yesterday 23:10, 2026-11-23 14:02:05, 2:02 pm or about 14:02; without a zone it is your own."
_EVIDENCE_HINT = "The metric, the log or the page that shows it: one address a line."


@dataclass(frozen=True, slots=True)
class Typed:
    """A line as it was typed; `about` is the box that says so of its time."""

    when: str = ""
    text: str = ""
    kind: TimelineKind = TimelineKind.other
    evidence: str = ""
    waiver: str = ""
    about: bool = False


def of(item: Item) -> Typed:
    """A stored line as somebody would type it."""
    return Typed(text.utc(item.at), item.text, item.kind, "\n".join(item.evidence), item.waiver, item.approximate)


def draw(
    typed: Typed, metadata: str, *, new: bool, source: str = "", warning: str = "", theirs: str = "",
    offered: Sequence[str] = (), callback: str = ids.ITEM,
) -> dict[str, Any]:  # fmt: skip
    """The modal. `source` links to the message that the line comes from; `theirs` is what somebody else saved meanwhile;
    `offered` are addresses from around that message. `callback` names who may send it: POINTED_LINE is for whoever sees it."""
    options = [(timeline.kind_label(kind), kind.value) for kind in TimelineKind]
    blocks: list[Block] = [
        *([parts.section(f":warning: {warning}")] if warning else []),
        *(rich.meanwhile(theirs) if theirs else []),
        inputs.line("When", WHEN, typed.when, most=100, hint=_WHEN_HINT, placeholder="14:02 UTC"),
        inputs.tick("How exact the time is", ABOUT, "Only about right", typed.about),
        *_words(typed.text),
        *([parts.context(source)] if source else []),
        inputs.select("Kind", KIND, options, typed.kind.value),
        *evidence_boxes.draw(offered),
        *address_fields.draw("What shows it", EVIDENCE, typed.evidence, _EVIDENCE_HINT),
        inputs.line(
            "Or: why is there no data?", WAIVER, typed.waiver, most=1000, optional=True,
            hint="Leave it empty when there is an address above.",
        ),
    ]  # fmt: skip
    return modals.view(callback, "Add a line" if new else "A line", "Save", blocks, metadata)


def drawn(typed: Typed) -> int:
    """How many inputs hold the words."""
    return len(pieces.split(typed.text))


def read(values: object, drawn: int) -> Typed:
    """What was typed; an unknown kind is `other`."""
    answers = Answers(values)
    words = [answers.text(WHAT)]
    while answers.has(section_form.piece_id(WHAT, len(words))):
        words.append(answers.text(section_form.piece_id(WHAT, len(words))))
    kind = answers.choice(KIND)
    return Typed(
        answers.text(WHEN).strip(),
        pieces.join(words, drawn),
        TimelineKind(kind) if kind in set(TimelineKind) else TimelineKind.other,
        address_fields.read(answers, EVIDENCE),
        answers.text(WAIVER),
        answers.ticked(ABOUT),
    )


def _words(what: str) -> list[Block]:
    parts_of_it = pieces.split(what)
    return [
        inputs.line(
            "What happened" if number == 0 else "What happened, continued",
            section_form.piece_id(WHAT, number),
            part,
            multiline=True,
            optional=number > 0,
            hint="What changed, or what was decided and done; systems and roles rather than names."
            if number == 0
            else "",
        )
        for number, part in enumerate(parts_of_it)
    ]
