"""`/postmortem watch`, `watch off`: be told of every change (R-08)."""

from __future__ import annotations

from datetime import datetime

from bot.blocks import lines, replies
from bot.domain.errors import Refused
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.commands import status
from bot.listeners.commands.subcommand import Subcommand
from bot.listeners.desk import Desk
from bot.ports.store import Unit

_WORDS = {"": True, "on": True, "off": False}
END = "`/postmortem watch off` ends that."
HOW = "Type `/postmortem watch` to be told of every change, or `/postmortem watch off` to end that."


def run(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Begin, or end."""
    word = call.text.strip().lower()
    if word not in _WORDS:
        raise Refused(HOW)
    record = status.current(unit, call, lock=True)
    watches = desk.watch(unit, record, call.place.user_id, _WORDS[word], now)
    name = lines.name(record)
    if watches:
        said = f"You watch {name} now: what others change is told to you within a few minutes. {END}"
        return Answer(replies.say(said))
    return Answer(replies.say(f"You do not watch {name}. Type `/postmortem watch` to be told of every change."))


WATCH = Subcommand("watch", "watch [off]", "be told of every change in a direct message; `watch off` ends it", run)
