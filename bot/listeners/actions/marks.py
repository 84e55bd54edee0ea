"""The two answers about a line that nobody marks any more; the message is drawn anew by the outbox."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import ids
from bot.listeners.actions.press import Press
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.store import Unit


def keep(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """It stays."""
    record_id, _, item_id = call.text.partition(":")
    desk.answer_withdrawn.keep(unit, call.place.team_id, record_id, item_id, call.place.user_id, now)
    return Answer()


def take_out(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """It goes."""
    record_id, _, item_id = call.text.partition(":")
    desk.answer_withdrawn.take_out(unit, call.place.team_id, record_id, item_id, call.place.user_id, now)
    return Answer()


BUTTONS: Mapping[str, Press] = {ids.LINE_KEEP: keep, ids.LINE_OUT: take_out}
