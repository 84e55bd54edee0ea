"""`/postmortem policy`: how deadlines are counted here, and who is reminded of what and when."""

from __future__ import annotations

from datetime import datetime

from bot.blocks import policy_page
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.commands.subcommand import Subcommand
from bot.listeners.desk import Desk
from bot.ports.store import Unit


def run(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Show the settings in words."""
    return Answer(policy_page.drawing(desk.policy, unit.calendar.scheduling(call.place.team_id)))


POLICY = Subcommand("policy", "policy", "how deadlines are counted here, and who is reminded when", run, reads=True)
