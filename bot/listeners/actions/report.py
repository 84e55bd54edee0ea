"""The report as a file: it comes in a direct message."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import ids, replies, report_post
from bot.domain import period
from bot.listeners.actions.press import Press
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.store import Unit
from bot.usecases import make_report


def _hand_out(what: str) -> Press:
    def act(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
        days = period.read(call.text, desk.report.today(now))
        desk.report.hand_out(unit, call.place.team_id, call.place.user_id, what, days, now)
        return Answer(replies.say(report_post.ON_ITS_WAY))

    return act


BUTTONS: Mapping[str, Press] = {
    ids.REPORT_CSV: _hand_out(make_report.CSV),
    ids.REPORT_PICTURE: _hand_out(make_report.PICTURE),
}
