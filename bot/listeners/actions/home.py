"""The Home tab's own buttons: another list, another page, one post-mortem in a modal with everything there is to do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import home as blocks
from bot.blocks import ids, modals
from bot.domain import home as rules
from bot.domain.home import Shown
from bot.listeners import layers
from bot.listeners.actions import hub
from bot.listeners.actions.press import Press
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.screens import PublishHome
from bot.ports.store import Unit
from bot.usecases import standing


def drawn(desk: Desk, unit: Unit, team_id: str, user_id: str, shown: Shown, page: int, now: datetime) -> PublishHome:
    """A person's tab as it stands now."""
    found = desk.show_home(unit, team_id, user_id, shown, page, now)
    own = (*found.owned[: rules.MOST_MINE], *found.commanded[: rules.MOST_MINE])
    looks = {line.record.id: desk.overview(unit, line.record, now) for line in own}
    return PublishHome(user_id, blocks.view(found, desk.workspace_url, looks))


def turn(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Another list or another page."""
    shown, page = blocks.read(call.text)
    return Answer(screens=(drawn(desk, unit, call.place.team_id, call.place.user_id, shown, page, now),))


def open_record(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """One post-mortem; who may see it is asked at the door."""
    record = standing.record_or_refuse(unit, call.text, team_id=call.place.team_id)
    view = modals.notice(hub.drawn(desk, unit, record, call, now, again=False), record.name)
    return Answer(screens=(layers.shown(call, view),))


BUTTONS: Mapping[str, Press] = {
    ids.HOME_RECORD: open_record,
    ids.HOME_FILTER: turn,
    ids.HOME_EARLIER: turn,
    ids.HOME_LATER: turn,
}
