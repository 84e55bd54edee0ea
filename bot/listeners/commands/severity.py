"""`/postmortem severity SEV-2 [reason]`: the IC sets it, the owner proposes it (R-62)."""

from __future__ import annotations

from datetime import datetime

from bot.blocks import lines, replies
from bot.domain import mentions, severity
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.commands import status
from bot.listeners.commands.subcommand import Subcommand
from bot.listeners.desk import Desk
from bot.ports.store import Unit


def run(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Set it, or ask the IC."""
    to, reason = severity.read(mentions.words(call.text))
    record = status.current(unit, call, lock=True)
    made = desk.set_severity(unit, call.place.team_id, record.id, to, reason, call.place.user_id, now)
    name = lines.name(made.record)
    if made.asked:
        return Answer(replies.say(f"You proposed SEV-{to} for {name}. <@{made.asked}> was asked to confirm."))
    return Answer(replies.say(f"{name} is SEV-{to} now. The channel is told what follows from it."))


SEVERITY = Subcommand("severity", "severity SEV-2 [reason]", "set the severity; the deadline follows", run)
