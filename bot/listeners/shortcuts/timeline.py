"""*Add to timeline*: one line for the message, with what the harvest would read in it; for one that has its line already, that."""

from __future__ import annotations

from datetime import datetime

from bot.blocks import ids, pointed_notes, text, timeline_form
from bot.domain import writing
from bot.domain.errors import Refused
from bot.domain.pointed import Pointed
from bot.domain.postmortem import Postmortem
from bot.domain.timeline import Item
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.listeners.shortcuts import shortcut
from bot.listeners.shortcuts.shortcut import Shortcut
from bot.ports.store import Unit

THERE = "This message is in the timeline already: what you save here changes its line."


def choose(desk: Desk, unit: Unit, call: Call, record: Postmortem, given: Pointed, now: datetime) -> Answer:
    """The form of a new line, or of the one that there is."""
    writing.check_changes(record)
    there = desk.point_out.line_of(unit, record, given.source)
    if there:
        return _existing(desk, unit, call, record, given, there)
    typed = timeline_form.Typed(text.utc(given.at), given.words, given.kind, "\n".join(given.evidence))
    carried = shortcut.carried(
        record,
        given.source,
        call.response_url,
        call.place.channel_id,
        at=given.at.isoformat(),
        parts=timeline_form.drawn(typed),
    )
    view = timeline_form.draw(
        typed, carried, new=True, source=shortcut.posted(desk, call, given.source), callback=ids.POINTED_LINE
    )
    return Answer(screens=(shortcut.show(call, view),))


def form(
    record: Postmortem, item: Item, answer: str | None, came_from: str, *, menu: str = "", again: bool = False
) -> dict[str, object]:
    """The form of a line that there is; with `again` its answer takes the place of the one whose button was pressed."""
    typed = timeline_form.of(item)
    carried = shortcut.carried(
        record, None, answer, menu, item=item.id, version=item.version, parts=timeline_form.drawn(typed), again=again
    )
    return timeline_form.draw(typed, carried, new=False, source=came_from, callback=ids.POINTED_LINE)


def _existing(desk: Desk, unit: Unit, call: Call, record: Postmortem, given: Pointed, there: Item) -> Answer:
    """Its form for whoever may change it, else the line and whom to tell."""
    try:
        desk.point_out.item(unit, record, there.id, call.place.user_id)
    except Refused as refused:
        return Answer(pointed_notes.in_timeline(record, there, refused.message))
    came_from = f"{THERE} {shortcut.posted(desk, call, given.source)}"
    return Answer(
        screens=(shortcut.show(call, form(record, there, call.response_url, came_from, menu=call.place.channel_id)),)
    )


ADD_TO_TIMELINE = Shortcut(
    ids.ADD_TO_TIMELINE, "Add to timeline", "make this message a line of the post-mortem's timeline", choose
)
