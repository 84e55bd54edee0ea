"""`/postmortem channel add #room`, `channel remove #room`, `channel`: more channels of one post-mortem (R-67)."""

from __future__ import annotations

import re
from datetime import datetime

from bot.blocks import lines, replies
from bot.domain.errors import Refused
from bot.domain.postmortem import Postmortem
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.commands import status
from bot.listeners.commands.subcommand import Subcommand
from bot.listeners.desk import Desk
from bot.ports.store import Unit

HOW = "Type `/postmortem channel add #room` or `/postmortem channel remove #room`; choose the channel from the list that Slack offers."
NOT_READ = (
    "It is not known yet what kind of channel <#{channel}> is: nothing was changed. It is looked at now; type this again in a "
    "minute. If it is private, type /invite with my name there first."
)
_CHANNEL = re.compile(r"<#([CG][A-Z0-9]+)(?:\|[^>]*)?>\Z")


def run(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Add one, remove one, or list them."""
    record = status.current(unit, call, lock=True)
    word, rest = (*call.text.split(None, 1), "", "")[:2]
    if not word:
        return Answer(replies.say(_listed(unit, record)))
    found = _CHANNEL.match(rest.strip())
    if word.lower() not in ("add", "remove") or found is None:
        raise Refused(HOW)
    channel, team, by = found[1], call.place.team_id, call.place.user_id
    name = lines.name(record)
    if word.lower() == "remove":
        desk.remove_channel(unit, team, record.id, channel, by, now)
        said = f"<#{channel}> does not belong to {name} any more: what was found there is gone, what people confirmed stays."
        return Answer(replies.say(said))
    if desk.add_channel(unit, team, record.id, channel, by, now) is None:
        return Answer(replies.say(NOT_READ.format(channel=channel)))
    said = f"<#{channel}> belongs to {name} now: it is read, and what is said there is heard. The card shows how far it has got."
    return Answer(replies.say(f"{said} `/postmortem channel remove <#{channel}>` undoes that."))


def _listed(unit: Unit, record: Postmortem) -> str:
    others = [f"<#{each.channel_id}>" for each in unit.side_rooms.of(record.id) if each.current]
    more = f", and {', '.join(others)} beside it" if others else " alone"
    return f"{lines.name(record)} lives in <#{record.channel_id}>{more}. {HOW}"


CHANNEL = Subcommand(
    "channel",
    "channel add #room",
    "a sub-team's channel belongs to it too; `channel remove #room` undoes that, `channel` lists them",
    run,
)
