"""`/postmortem harvest`: read the channel again."""

from __future__ import annotations

from datetime import datetime

from bot.blocks import replies
from bot.domain.errors import Refused
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.commands import status
from bot.listeners.commands.subcommand import Subcommand
from bot.listeners.desk import Desk
from bot.ports.store import Unit

STARTED = "The channel is being read again. The card shows how far it has got."
RUNNING = (
    "The channel is being read already; what was said meanwhile is read right after. The card shows how far it has got."
)


def run(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Read what is new; `harvest all` reads everything again."""
    word = call.text.strip().lower()
    if word not in ("", "all"):
        raise Refused("Type `/postmortem harvest`, or `/postmortem harvest all` to read everything again.")
    record = status.current(unit, call, lock=True)
    started = desk.request_harvest(unit, record, now, everything=word == "all")
    return Answer(replies.say(STARTED if started else RUNNING))


HARVEST = Subcommand("harvest", "harvest [all]", "read the channel again for responders, timeline and TODOs", run)
