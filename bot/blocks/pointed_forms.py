"""The forms that a message's menu opens, beside those of a line and of a query: to open the post-mortem first, a TODO, and
which line the message shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.blocks import address_fields, evidence_boxes, ids, inputs, lines, modals, parts, question_forms, section_form
from bot.blocks import text as words
from bot.blocks.inputs import Answers, Block
from bot.domain import pieces
from bot.domain.pointed import Source
from bot.domain.postmortem import Postmortem
from bot.domain.timeline import Item

TODO, URLS = "todo", "evidence"
# So many lines fit into one list, whatever their letters are.
MOST = 400
_NEAREST = 100
_URLS_HINT = "One web address a line. The message itself is where the line comes from, and shows nothing."


def start(label: str, closed: Postmortem | None, metadata: str) -> dict[str, Any]:
    """There is nothing yet that the message could be added to; `label` is what was chosen in its menu."""
    none = (
        f"{lines.name(closed)} of this channel is Closed." if closed else "There is no post-mortem in this channel yet."
    )
    again = f"The message stays where it is: choose *{label}* in its menu again as soon as the post-mortem is open."
    blocks = [parts.section(f"{none} Start one?"), parts.context(again)]
    return modals.view(ids.START_HERE, "No post-mortem here", "Start the post-mortem", blocks, metadata)


def source(at: Source, link: str | None) -> str:
    """`The message, posted 2026-11-23 14:20:11 UTC`."""
    return f"{words.link(link, 'The message') if link else 'The message'}, posted {words.utc(at.at)}"


def todo(said: str, came_from: str, metadata: str) -> dict[str, Any]:
    """What is to be done, in the message's own words until somebody finds better ones."""
    blocks: list[Block] = [
        *(
            inputs.line(
                "What is to be done" if number == 0 else "What is to be done, continued",
                section_form.piece_id(TODO, number), part, multiline=True, optional=number > 0,
                hint="It waits in the list of TODOs until somebody decides what becomes of it." if number == 0 else "",
            )
            for number, part in enumerate(pieces.split(said))
        ),
        parts.context(came_from),
    ]  # fmt: skip
    return modals.view(ids.POINTED_TODO, "Add as TODO", "Add", blocks, metadata)


def read_todo(values: object, drawn: int) -> str:
    """What was typed."""
    answers = Answers(values)
    found = [answers.text(TODO)]
    while answers.has(section_form.piece_id(TODO, len(found))):
        found.append(answers.text(section_form.piece_id(TODO, len(found))))
    return pieces.join(found, drawn)


def evidence(
    nearest: Sequence[Item], in_order: Sequence[Item], offered: Sequence[str], rest: Sequence[str], came_from: str, metadata: str
) -> dict[str, Any]:  # fmt: skip
    """Which line it shows, the nearest in time first, and which of its addresses; `rest` are those that no box holds."""
    first = list(nearest[:_NEAREST])
    shown, above = {item.id for item in nearest[:MOST]}, {item.id for item in first}
    others = [item for item in in_order if item.id in shown and item.id not in above]
    more = len(in_order) - MOST
    cut = f"The {MOST} lines that are nearest in time are in the list; {more} are in the timeline alone."
    blocks = [
        question_forms.line_select(others, first),
        *([parts.context(cut)] if more > 0 else []),
        *evidence_boxes.draw(offered, ticked=True, label="Found in the message"),
        *address_fields.draw("Further addresses", URLS, "\n".join(rest), _URLS_HINT),
        parts.context(came_from),
    ]
    return modals.view(ids.POINTED_EVIDENCE, "Attach as evidence", "Attach", blocks, metadata)


def read_evidence(values: object, offered: Sequence[str]) -> tuple[str, str]:
    """The line's id, and the addresses, one a line."""
    answers = Answers(values)
    ticked = evidence_boxes.read(values, offered)
    typed = address_fields.read(answers, URLS)
    return answers.choice(question_forms.LINE) or "", "\n".join(filter(str.strip, (*ticked, typed)))
