"""Earlier incidents that look like this one, in a few small lines: what they are, and what both have in common. Whether what
came of them is done is not known, and not said."""

from __future__ import annotations

from collections.abc import Sequence

from bot.blocks import lines, parts, text
from bot.blocks.parts import Block
from bot.domain import phrases
from bot.domain.earlier import Earlier
from bot.domain.similar import Match

_TITLE, _SHARED = 100, 120


def block(earlier: Sequence[Earlier]) -> list[Block]:
    """One context block; none where nothing is alike."""
    if not earlier:
        return []
    listed = "\n".join(f"• {_line(each)}" for each in earlier)
    return [parts.context(f":mag: Looks like earlier ones:\n{listed}")]


def _line(earlier: Earlier) -> str:
    record = earlier.match.record
    name = f"{record.name} {text.clip(lines.title(record), _TITLE)}"
    shown = text.link(earlier.url, name) if earlier.url else text.escape(name)
    return f"{shown}, {phrases.day(earlier.day)}: {_shared(earlier.match)}"


def _shared(match: Match) -> str:
    said = []
    if match.services:
        named = text.clip(", ".join(match.services), _SHARED)
        said.append(f"same service{'s' if len(match.services) > 1 else ''}: {text.escape(named)}")
    if match.words:
        said.append(f"also about {text.escape(text.clip(', '.join(match.words), _SHARED))}")
    if match.severity:
        said.append(f"SEV-{match.record.severity} too")
    return "; ".join(said)
