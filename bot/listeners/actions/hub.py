"""The button that shows everything there is to do, to the one who pressed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.blocks import hub, ids
from bot.domain.postmortem import Postmortem
from bot.listeners.actions.press import Press
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.chat import Drawing
from bot.ports.store import Unit
from bot.usecases import standing


def drawn(desk: Desk, unit: Unit, record: Postmortem, call: Call, now: datetime, *, again: bool = True) -> Drawing:
    """Everything there is to do, for the one who asks."""
    user = call.place.user_id
    support, similar = desk.in_support(unit, call.place.team_id, user), desk.find_similar(unit, record, user)
    return hub.hub(desk.overview(unit, record, now), support=support, again=again, similar=similar)


def open_hub(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The same that `/postmortem` answers."""
    record = standing.record_or_refuse(unit, call.text, team_id=call.place.team_id)
    return Answer(drawn(desk, unit, record, call, now))


def show_anew(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The same, in the place of what was shown before."""
    return replace(open_hub(desk, unit, call, now), replace=True)


BUTTONS: Mapping[str, Press] = {ids.HUB_OPEN: open_hub, ids.HUB_ANEW: show_anew}
