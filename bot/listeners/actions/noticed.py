"""The buttons at the end of a call without a post-mortem, and in the list of incidents that have none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import ids, replies, start_offer
from bot.domain.errors import Refused
from bot.domain.noticed import NoticedState
from bot.listeners import layers, opening
from bot.listeners.actions.press import Press
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.store import Unit


def start(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The same that `/postmortem start` does, with what is known of the incident filled in."""
    opened = desk.offer.start(unit, call.place.team_id, call.text, call.place.user_id, now)
    if not opened.created:
        return Answer(replies.say(f"*{opened.record.name}* was started for it already: its card is in the channel."))
    return opening.answer(desk, unit, opened, call, now)


def open_decline(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The form that asks why none is needed."""
    found = desk.offer.found(unit, call.place.team_id, call.text)
    record = desk.offer.recorded(unit, found)
    if record is not None:
        raise Refused(f"{record.name} was started for it meanwhile: there is nothing left to answer.")
    if found.state is NoticedState.DECLINED:
        raise Refused(
            f"<@{found.settled_by}> said already that none is needed. `/postmortem start` starts one all the same."
        )
    return Answer(screens=(layers.shown(call, start_offer.not_needed(found)),))


BUTTONS: Mapping[str, Press] = {ids.NOTICED_START: start, ids.NOTICED_DECLINE: open_decline}
