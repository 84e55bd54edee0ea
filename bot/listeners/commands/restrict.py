"""`/postmortem restrict <reason>` and `unrestrict <reason>`: among the people concerned, and open again (R-63)."""

from __future__ import annotations

from datetime import datetime

from bot.blocks import replies
from bot.domain import mentions
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.commands import status
from bot.listeners.commands.subcommand import Run, Subcommand
from bot.listeners.desk import Desk
from bot.ports.store import Unit


def _run(restricted: bool) -> Run:
    def run(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
        record = status.current(unit, call, lock=True)
        saved = desk.restrict(
            unit, call.place.team_id, record.id, restricted, mentions.words(call.text), call.place.user_id, now
        )
        said = "restricted: its title is not shown any more, and invitations, e-mails and posts outside this channel name its number alone"
        return Answer(replies.say(f"*{saved.name}* is {said if restricted else 'not restricted any more'}."))

    return run


RESTRICT = Subcommand("restrict", "restrict REASON", "keep it among the people of a private channel", _run(True))
UNRESTRICT = Subcommand("unrestrict", "unrestrict REASON", "lift the restriction", _run(False))
