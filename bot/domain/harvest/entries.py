"""Which lines of a message that is a follow-up are one each. Of a list every entry is, unless it is far too light by its words: under
"open points", "1. report to the ministry - Dagmar" is to be done, too. The line above the entries only says what they are."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.harvest import text
from bot.domain.harvest.heaviest import Heaviest

_LIGHTER = 1.5
"""So much less is asked of an entry than of a line that stands by itself."""
_Lines = Sequence[tuple[text.Line, Heaviest]]


def standing(weighed: _Lines, least: float) -> _Lines:
    """The line that weighs most of a message, others that weigh at least `least`, and the entries of its list."""
    top = min(least, max((best.weight for _, best in weighed), default=least))
    of_entry = top if sum(line.bullet for line, _ in weighed) < 2 else min(top, least - _LIGHTER)
    taken = [(line, best) for line, best in weighed if best.weight >= (of_entry if line.bullet else top)]
    entries = [line.number for line, _ in taken if line.bullet]
    heading = entries[0] - 1 if len(entries) > 1 else None
    return [(line, best) for line, best in taken if line.bullet or line.number != heading]
