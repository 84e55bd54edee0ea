"""The answers about the meeting on the shared calendar; the message is drawn anew by the outbox (R-13)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.blocks import ids
from bot.listeners.actions.press import Press
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.store import Unit

Act = Callable[[Unit, str, str, str, str, datetime], None]


def _answer(which: Callable[[Desk], Act]) -> Press:
    def press(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
        record_id, _, asked = call.text.partition(":")
        which(desk)(unit, call.place.team_id, record_id, asked, call.place.user_id, now)
        return Answer()

    return press


BUTTONS: Mapping[str, Press] = {
    ids.CALENDAR_THEIRS: _answer(lambda desk: desk.answer_calendar.theirs),
    ids.CALENDAR_OURS: _answer(lambda desk: desk.answer_calendar.ours),
    ids.CALENDAR_BACK: _answer(lambda desk: desk.answer_calendar.put_back),
    ids.CALENDAR_LEAVE: _answer(lambda desk: desk.answer_calendar.leave_out),
}
