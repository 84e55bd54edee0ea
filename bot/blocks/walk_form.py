"""Going through the lines without evidence, one after the other (R-21): what shows this one, or why does nothing?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.blocks import evidence_boxes, ids, inputs, modals, pages, parts, timeline_line
from bot.blocks.inputs import Answers
from bot.blocks.pages import Page
from bot.blocks.parts import Block
from bot.domain.overview import Overview
from bot.domain.timeline import Item

EVIDENCE, WAIVER = "evidence", "waiver"
EMPTY = "Say what shows it, or why there is no data. To leave it for later, press Skip for now."


@dataclass(frozen=True, slots=True)
class Step:
    """Which of how many lines this is, and the page of the timeline that the walk goes back to."""

    number: int
    of: int
    page: Page


def field(name: str, item: Item) -> str:
    """The fields of two lines have different names: Slack would keep in the second what was typed in the first."""
    return f"{name}:{item.id}"


def draw(overview: Overview, item: Item, step: Step, offered: Sequence[str], *, warning: str = "") -> dict[str, Any]:
    """The form of one line; `warning` is what happened to the line before, or to this one."""
    record = overview.postmortem
    blocks: list[Block] = [
        *([parts.section(f":warning: {warning}")] if warning else []),
        parts.context(f"{step.number} of {step.of} without evidence"),
        parts.section(timeline_line.said(overview, item)),
        *evidence_boxes.draw(offered, f":{item.id}"),
        inputs.line(
            "Another address" if offered else "What shows it", field(EVIDENCE, item), "", optional=True, multiline=True,
            placeholder="https://", hint="The metric, the log or the page that shows it: one address a line.",
        ),
        inputs.line(
            "Or: why is there no data?", field(WAIVER, item), "", most=1000, optional=True,
            hint="Leave it empty when there is an address above.",
        ),
        parts.actions(parts.button("Skip for now", ids.WALK_SKIP, timeline_line.value(item))),
    ]  # fmt: skip
    carried = pages.metadata(record.id, step.page, item=item.id, version=item.version, number=step.number, of=step.of)
    submit = "Save, next" if step.number < step.of else "Save"
    return modals.view(ids.WALK, "What shows it?", submit, blocks, carried)


def ended(record_id: str, page: Page, left: int) -> dict[str, Any]:
    """The end of the walk, where the last line was skipped."""
    said = (
        f"{left} of them are still without evidence." if left else "Each has evidence, or a reason why there is none."
    )
    blocks = [parts.section(f"You have been through all of them. {said}")]
    return pages.plain_view("What shows it?", blocks, pages.metadata(record_id, page))


def read(values: object, item: Item, offered: Sequence[str]) -> tuple[tuple[str, ...], str, str]:
    """The ticked addresses, the typed ones as they were typed, and the reason."""
    answers = Answers(values)
    ticked = evidence_boxes.read(values, offered)
    return ticked, answers.text(field(EVIDENCE, item)), answers.text(field(WAIVER, item))
