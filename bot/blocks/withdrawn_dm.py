"""The question to whoever changed a line, when nobody marks its message any more: shall it stay? Drawn anew once that is
answered, or somebody marks the message again."""

from __future__ import annotations

from bot.blocks import ids, lines, parts, text, timeline_line
from bot.domain.capture import Capture, Question
from bot.domain.overview import Overview
from bot.domain.timeline import Item
from bot.ports.chat import Drawing

_ENDS = {
    Question.KEPT: ":white_check_mark: It stays. Thank you.",
    Question.NONE: "Somebody marks it again: it stays, and there is nothing left to do.",
}


def draw(overview: Overview, capture: Capture, item: Item) -> Drawing:
    """As things stand."""
    name = lines.name(overview.postmortem)
    head = f"Nobody marks the message any more that a line of the timeline of {name} comes from. You changed that line: shall it stay?"
    shown = parts.section(f"{head}\n{timeline_line.whole(overview, item)}")
    if item.removed:
        return parts.drawing(head, [shown, parts.context(":wastebasket: It was taken out; it can be put back.")])
    if capture.question is not Question.ASKED:
        return parts.drawing(head, [shown, parts.context(_ENDS[capture.question])])
    buttons = parts.actions(
        parts.button("Keep it", ids.LINE_KEEP, timeline_line.value(item), "primary"),
        parts.button("Take it out", ids.LINE_OUT, timeline_line.value(item)),
    )
    unless = text.escape("Until somebody says otherwise, it stays.")
    return parts.drawing(head, [shown, buttons, parts.context(unless)])
