"""Which TODOs came since somebody decided on others (R-30): who has been through the list once looks for what is new in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain import side_rooms
from bot.domain.actions import ActionItem
from bot.domain.harvest.finding import TodoFinding
from bot.domain.proposals import Key

_SITTING = timedelta(hours=1)
"""Decisions of the last hour are of the same sitting: what was new at its beginning is so on its later pages."""


def keys(todos: Sequence[TodoFinding], decided: Sequence[ActionItem], now: datetime) -> frozenset[Key]:
    """Those said after the last decision on one before this sitting; none while nothing was decided, or where all are. `now` in UTC."""
    made = [each.at for each in decided if each.ts]
    last = max([each for each in made if each <= now - _SITTING] or made, default=None)
    if last is None:
        return frozenset()
    found = frozenset((each.ts, each.line) for each in todos if float(side_rooms.place(each.ts)[0]) > last.timestamp())
    return found if len(found) < len(todos) else frozenset()


def first(todos: Sequence[TodoFinding], new: frozenset[Key]) -> tuple[TodoFinding, ...]:
    """The new ones before the others, each in their order."""
    return tuple(sorted(todos, key=lambda each: (each.ts, each.line) not in new))
