"""Moving a line among its neighbours. The timeline follows the times, so a line goes past another only where the times leave
it open: within one second, or by being only about right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain import errors, timeline
from bot.domain.timeline import Item

EXACT = "Both times are exact, and the timeline follows the times: to move this line, edit its time."


@dataclass(frozen=True, slots=True)
class Moved:
    """`line` went past `past`, both as they were; `changed` are all lines whose time or rank is another now."""

    line: Item
    past: Item
    changed: tuple[Item, ...]


def passable(line: Item, past: Item) -> bool:
    """Whether the times of two neighbours leave their order open."""
    return _second(line) == _second(past) or line.approximate or past.approximate


def move(items: Sequence[Item], item_id: str, *, up: bool) -> Moved:
    """The line one place up or down. Raises Refused where it cannot go further, or where both times are exact."""
    listed = list(timeline.in_order(items))
    place = next(number for number, item in enumerate(listed) if item.id == item_id)
    other = place - 1 if up else place + 1
    if other not in range(len(listed)):
        raise errors.refused("at_the_end", f"This line is the {'first' if up else 'last'} already.")
    line, past = listed[place], listed[other]
    if _second(line) == _second(past):
        group = [item for item in listed if _second(item) == _second(line)]
        return Moved(line, past, _changed(group, _swapped(group, line, past)))
    if not passable(line, past):
        raise errors.refused("exact", EXACT)
    goes, stays = (line, past) if line.approximate else (past, line)
    group = [item for item in listed if _second(item) == _second(stays)]
    goes_before = (goes is line) == up
    at = group.index(stays) + (0 if goes_before else 1)
    after = [*group[:at], replace(goes, at=stays.at), *group[at:]]
    return Moved(line, past, _changed([*group, goes], after))


def _swapped(group: list[Item], one: Item, other: Item) -> list[Item]:
    """Shown as the same second, they may differ by less: each place keeps its instant, and the lines change places."""
    order = [other if item is one else one if item is other else item for item in group]
    return [replace(item, at=place.at) for item, place in zip(order, group, strict=True)]


def _changed(before: Sequence[Item], after: Sequence[Item]) -> tuple[Item, ...]:
    old = {item.id: item for item in before}
    ranked = (replace(item, rank=number) for number, item in enumerate(after))
    return tuple(item for item in ranked if item != old[item.id])


def _second(item: Item) -> int:
    return int(item.at.timestamp())
