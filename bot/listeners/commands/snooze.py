"""`/postmortem snooze`: fewer reminders of this channel's post-mortem, for a while or until taken back (R-02)."""

from __future__ import annotations

from datetime import datetime

from bot.listeners.actions import reminders
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.commands import status
from bot.listeners.commands.subcommand import Subcommand
from bot.listeners.desk import Desk
from bot.ports.store import Unit


def run(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Do as wished."""
    record = status.current(unit, call, lock=True)
    return reminders.quieter(desk, unit, call, record, call.text.strip().lower(), now)


SNOOZE = Subcommand("snooze", "snooze 1d", "fewer reminders for you: 4h, 1d or 3d of peace; mute; or off", run)
