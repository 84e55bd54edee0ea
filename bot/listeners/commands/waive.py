"""`/postmortem waive <reason>`, `waive false-alarm <reason>`, `waive undo`: by the IC, where the settings allow it."""

from __future__ import annotations

from datetime import datetime

from bot.blocks import lines, replies
from bot.domain import mentions
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.commands import status
from bot.listeners.commands.subcommand import Subcommand
from bot.listeners.desk import Desk
from bot.ports.store import Unit

FALSE_ALARM, UNDO = "false-alarm", "undo"


def run(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Waive it, or take that back."""
    record = status.current(unit, call, lock=True)
    team, by = call.place.team_id, call.place.user_id
    if call.text.strip().lower() == UNDO:
        saved = desk.waive.undo(unit, team, record.id, by, now)
        return Answer(replies.say(f"{lines.name(saved)} is not waived any more: its deadline is the old one."))
    first, _, rest = call.text.strip().partition(" ")
    alarm = first.lower() == FALSE_ALARM
    reason = mentions.words(rest.strip() if alarm else call.text)
    saved = desk.waive(unit, team, record.id, reason, by, now, false_alarm=alarm)
    said = f"{lines.name(saved)} is waived. Type `/postmortem waive undo` to take that back."
    return Answer(replies.say(said))


WAIVE = Subcommand(
    "waive", "waive [false-alarm] REASON", "give it up on purpose, below SEV-2 or a false alarm; `waive undo`", run
)
