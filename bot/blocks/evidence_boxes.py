"""Addresses found around a line, each with a box: what is ticked shows the line (R-21)."""

from __future__ import annotations

from collections.abc import Sequence

from bot.blocks import inputs, parts, text
from bot.blocks.inputs import Answers
from bot.blocks.parts import Block
from bot.domain import evidence

FOUND = "found"
_GROUP, _LABEL, _LOOK = 10, 60, 1900


def draw(
    offered: Sequence[str], suffix: str = "", *, ticked: bool = False, label: str = "Found in its message and thread"
) -> list[Block]:
    """Boxes for these addresses, and links to look at them first; `suffix` keeps the boxes of two lines apart."""
    if not offered:
        return []
    groups = [range(at, min(at + _GROUP, len(offered))) for at in range(0, len(offered), _GROUP)]
    boxes = [
        inputs.ticks(
            label if number == 0 else "And further on",
            f"{FOUND}:{number}{suffix}",
            [(f"{at + 1}. {evidence.label(offered[at], _LABEL)}", evidence.key(offered[at])) for at in group],
            [evidence.key(offered[at]) for at in group] if ticked else (),
        )
        for number, group in enumerate(groups)
    ]
    return [*boxes, parts.context(_look(offered))]


def read(values: object, offered: Sequence[str]) -> tuple[str, ...]:
    """The ticked ones among those that are offered."""
    answers = Answers(values)
    ticked = {key for name in answers.names() if name.startswith(f"{FOUND}:") for key in answers.several(name)}
    return tuple(url for url in offered if evidence.key(url) in ticked)


def _look(offered: Sequence[str]) -> str:
    said = "Open to check:"
    for number, url in enumerate(offered, start=1):
        more = f"{said} {text.link(url, str(number))}"
        said = more if len(more) <= _LOOK else said
    return said
