"""Looking at examples from the form of the message, and turning their pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import examples_list, ids, inside
from bot.domain.postmortem import Postmortem
from bot.listeners import layers
from bot.listeners.actions.press import Press
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.chat import Drawing
from bot.ports.screens import UpdateView
from bot.ports.store import Unit

TITLE = "Examples"


def page(desk: Desk, unit: Unit, call: Call, record: Postmortem | None, number: int) -> Drawing:
    """One page for the person who asks."""
    team, user = call.place.team_id, call.place.user_id
    mine = record if record is not None and record.team_id == team else None
    found = desk.show_examples(unit, team, mine, user, number)
    shown = [(each.record, each.text) for each in found.examples]
    return examples_list.drawing(shown, found.number, found.of, found.links, mine.id if mine else "")


def open_list(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Over the form that is being written."""
    drawing = page(desk, unit, call, unit.records.get(call.text), 0)
    return Answer(screens=(layers.shown(call, layers.notice(drawing, TITLE)),)) if call.modal else Answer(drawing)


def turn(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Another page in the place of this one."""
    record_id, _, said = call.text.rpartition(":")
    number = int(said) if said.isascii() and said.isdigit() and len(said) < 5 else 0
    drawing = page(desk, unit, call, unit.records.get(record_id) if record_id else None, number)
    if call.modal:
        view = inside.instead(call.view, layers.notice(drawing, TITLE))
        return Answer(screens=(UpdateView(call.modal.id, view),))
    return Answer(drawing, replace=True)


BUTTONS: Mapping[str, Press] = {ids.EXAMPLES_OPEN: open_list, ids.EXAMPLES_PAGE: turn}
