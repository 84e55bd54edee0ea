"""Lines of the timeline with a box each, ten to a group: as many as one form holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.blocks import inputs
from bot.blocks.inputs import Answers
from bot.blocks.parts import Block
from bot.domain.timeline import Item

# Forty groups of ten: half of Slack's hundred blocks, and well below what it takes for one form.
MOST = 400
_GROUP, _PREFIX = 10, "lines:"


def draw(items: Sequence[Item], *, ticked: bool, value: Callable[[Item], str]) -> list[Block]:
    """Boxes for the first lines of these, up to MOST."""
    shown = items[:MOST]
    groups = [shown[at : at + _GROUP] for at in range(0, len(shown), _GROUP)]
    return [_group(number, group, ticked, value) for number, group in enumerate(groups)]


def read(values: object) -> list[str] | None:
    """The values of the ticked ones; None for a form that had no boxes."""
    answers = Answers(values)
    groups = [name for name in answers.names() if name.startswith(_PREFIX)]
    return [value for name in groups for value in answers.several(name)] if groups else None


def _group(number: int, group: Sequence[Item], ticked: bool, value: Callable[[Item], str]) -> Block:
    first, last = (f"{item.at:%Y-%m-%d}, {item.at:%H:%M}" for item in (group[0], group[-1]))
    last = last.removeprefix(first[:12])
    label = f"{first} to {last} UTC" if len(group) > 1 else f"{first} UTC"
    options = [(f"{_clock(item)} {item.text}", value(item)) for item in group]
    return inputs.ticks(label, f"{_PREFIX}{number}", options, [value(item) for item in group] if ticked else ())


def _clock(item: Item) -> str:
    return f"~{item.at:%H:%M}" if item.approximate else f"{item.at:%H:%M:%S}"
