"""The button that shows how a deadline is counted, to the one who asks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import deadline_notes, ids
from bot.listeners import layers
from bot.listeners.actions.press import Press
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.store import Unit
from bot.usecases import standing


def show(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Over the form where it was pressed, else as a message of their own."""
    record = standing.record_or_refuse(unit, call.text, team_id=call.place.team_id)
    drawing = deadline_notes.working(desk.overview(unit, record, now))
    shown = layers.notice(drawing, deadline_notes.TITLE)
    return Answer(screens=(layers.shown(call, shown),)) if call.modal else Answer(drawing)


BUTTONS: Mapping[str, Press] = {ids.DEADLINE_WORKING: show}
