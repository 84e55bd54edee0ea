"""One page of what was looked for, and turning to the next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import ids, search_list
from bot.domain import search_typed
from bot.listeners.actions.press import Press
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.chat import Drawing
from bot.ports.store import Unit

_READ = {search_list.LIST: search_typed.listing, search_list.SEARCH: search_typed.search}


def page(desk: Desk, unit: Unit, call: Call, command: str, typed: str, number: int) -> Drawing:
    """One page for the person who asks. Raises BadInput for what cannot be looked for."""
    place = call.place
    query = _READ[command](typed, place.user_id)
    found = desk.find_records(unit, place.team_id, place.user_id, query, number)
    return search_list.drawing(query, found, f"{command} {typed}")


def turn(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Another page in the place of this one, of what there is by now."""
    command, number, typed = search_list.read(call.text)
    return Answer(page(desk, unit, call, command, typed, number), replace=True)


BUTTONS: Mapping[str, Press] = {ids.SEARCH_NEWER: turn, ids.SEARCH_OLDER: turn}
