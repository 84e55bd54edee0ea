"""*Add as TODO*: the message waits in the list of TODOs until somebody decides what becomes of it (R-30)."""

from __future__ import annotations

from datetime import datetime

from bot.blocks import ids, pointed_forms, pointed_notes
from bot.domain import pieces, writing
from bot.domain.pointed import Pointed
from bot.domain.postmortem import Postmortem
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.listeners.shortcuts import shortcut
from bot.listeners.shortcuts.shortcut import Shortcut
from bot.ports.store import Unit


def choose(desk: Desk, unit: Unit, call: Call, record: Postmortem, given: Pointed, now: datetime) -> Answer:
    """The form, or where it is in the list already."""
    writing.check_decides(record)
    there = desk.point_out.todo_of(unit, record, given.source)
    if there:
        return Answer(pointed_notes.todo_there(record, there))
    carried = shortcut.carried(
        record, given.source, call.response_url, call.place.channel_id, parts=len(pieces.split(given.words))
    )
    view = pointed_forms.todo(given.words, shortcut.posted(desk, call, given.source), carried)
    return Answer(screens=(shortcut.show(call, view),))


ADD_AS_TODO = Shortcut(ids.ADD_AS_TODO, "Add as TODO", "put this message on the post-mortem's list of TODOs", choose)
