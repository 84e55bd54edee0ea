"""`/postmortem meeting`: book the meeting, move it, cancel it, or say when it was held (R-11)."""

from __future__ import annotations

from datetime import datetime

from bot.listeners.actions import meeting
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.commands import status
from bot.listeners.commands.subcommand import Subcommand
from bot.listeners.desk import Desk
from bot.ports.store import Unit


def run(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Open the form."""
    record = status.current(unit, call, lock=True)
    desk.book_meeting.check_right(unit, record, call.place.user_id)
    return Answer(screens=(meeting.form(desk, unit, record, call, now),))


MEETING = Subcommand("meeting", "meeting", "book the meeting, move or cancel it, or enter when it was held", run)
