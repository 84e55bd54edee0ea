"""Finding the lines that somebody marked as TODO where nothing else is looked for, without reading every line."""

from __future__ import annotations

from bot.domain.harvest import text
from bot.domain.harvest.rules import h01_todo
from bot.domain.harvest.spots import Said

# One of these stands in every line that the rule takes, whatever its case; of the last ones only as they are.
_SIGNS = ("todo", "to-do", "to do", "action", "follow", "next steps", *text.OPEN_BOXES)
_CAPITALS = ("AI", "AP")


def places(said: Said) -> list[int]:
    """Which of these messages hold a marked line (H-01)."""
    return [place for place in said.places(_SIGNS, _CAPITALS) if is_marked(said.texts[place])]


def is_marked(said: str) -> bool:
    """Whether a line of a message is marked, or the heading of a list."""
    return any(h01_todo.marks(line) for line in text.lines(said, text.no_names)[0])
