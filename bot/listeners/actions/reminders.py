"""Asking for fewer reminders: by the menu of a reminder, and by `/postmortem snooze` (R-02)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import ids, replies, text
from bot.domain.postmortem import Postmortem
from bot.listeners.actions.press import Press
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.store import Unit
from bot.usecases import be_quiet, standing


def later(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """By the menu."""
    record_id, _, wish = call.text.partition(":")
    record = standing.record_or_refuse(unit, record_id, team_id=call.place.team_id)
    return quieter(desk, unit, call, record, wish, now)


def quieter(desk: Desk, unit: Unit, call: Call, record: Postmortem, wish: str, now: datetime) -> Answer:
    """As wished, and said what holds now."""
    quiet = desk.be_quiet(unit, call.place.team_id, record.id, wish, call.place.user_id, now)
    sentence, until = be_quiet.said(record, quiet, wish)
    return Answer(replies.say(f"{sentence} {text.when(until)}." if until else sentence))


BUTTONS: Mapping[str, Press] = {ids.REMIND_LATER: later}
