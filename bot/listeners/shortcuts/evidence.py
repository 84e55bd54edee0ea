"""*Attach as evidence*: what the message links to, and what hangs at it, shows a line of the timeline (R-21)."""

from __future__ import annotations

from datetime import datetime

from bot.blocks import ids, pointed_forms, pointed_notes
from bot.domain import pointed, timeline, typed, writing
from bot.domain.pointed import Pointed
from bot.domain.postmortem import Postmortem
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.listeners.shortcuts import shortcut
from bot.listeners.shortcuts.shortcut import Shortcut
from bot.ports.store import Unit

# So much of what a form carries is room for addresses; the others stand in a field instead of beside a box.
_ROOM = 1500


def choose(desk: Desk, unit: Unit, call: Call, record: Postmortem, given: Pointed, now: datetime) -> Answer:
    """Which line, and which of the addresses."""
    writing.check_changes(record)
    every = unit.items.timeline(record.id)
    nearest = pointed.nearest(every, given.source)
    if not given.evidence:
        return Answer(pointed_notes.nothing_to_show())
    if not nearest:
        return Answer(pointed_notes.no_line(record))
    boxes, rest = split(given.evidence)
    carried = shortcut.carried(record, given.source, call.response_url, call.place.channel_id, urls=boxes)
    came_from = shortcut.posted(desk, call, given.source)
    view = pointed_forms.evidence(nearest, timeline.in_order(every), boxes, rest, came_from, carried)
    return Answer(screens=(shortcut.show(call, view),))


def split(urls: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Those that a form can carry beside a box, and the rest."""
    boxes: list[str] = []
    for url in urls:
        if sum(map(typed.width, (*boxes, url))) + 4 * len(boxes) > _ROOM or not url.isascii():
            break
        boxes.append(url)
    return boxes, list(urls[len(boxes) :])


ATTACH_AS_EVIDENCE = Shortcut(
    ids.ATTACH_AS_EVIDENCE, "Attach as evidence", "let what this message links to show a line of the timeline", choose
)
