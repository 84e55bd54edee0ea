"""Signs of an incident in a channel that has no open record (R-01). Most messages are no sign, and that is found out without
the database; a sign costs one indexed look-up more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain import noticed, noticed_signs
from bot.domain.harvest import message as messages
from bot.domain.harvest.message import MalformedMessage
from bot.domain.noticed import Gone
from bot.domain.noticed_signs import Sign
from bot.listeners.desk import Desk
from bot.ports.store import Unit

# Direct conversations are no place for an incident.
_ROOMS = {None, "channel", "group"}
_GONE = {
    "channel_archive": Gone.ARCHIVED, "group_archive": Gone.ARCHIVED, "channel_rename": Gone.RENAMED,
    "group_rename": Gone.RENAMED,
}  # fmt: skip


def sign(event: Mapping[str, Any]) -> Sign | None:
    """What the message tells; None for almost all of them."""
    channel = event.get("channel")
    if not isinstance(channel, str) or event.get("channel_type") not in _ROOMS:
        return None
    try:
        return noticed_signs.read(messages.from_slack(event, channel))
    except MalformedMessage:
        return None


def told_here(unit: Unit, team_id: str, event: Mapping[str, Any]) -> bool:
    """A sign, in a channel whose record is not about it: one indexed look-up, for signs alone."""
    found = sign(event)
    return found is not None and noticed.free(unit.records.current(team_id, str(event["channel"])), found.at)


def heard(desk: Desk, unit: Unit, team_id: str, event: Mapping[str, Any], now: datetime) -> None:
    """Keep that there is an incident, nothing of what was said."""
    found = sign(event)
    if found is not None:
        desk.notice(unit, team_id, str(event["channel"]), found, now)


def waits_here(unit: Unit, team_id: str, event: Mapping[str, Any]) -> bool:
    """A channel in which an incident waits for its post-mortem: one indexed look-up."""
    newest = unit.noticed.newest(team_id, _channel(event))
    return newest is not None and newest.waits


def put_away(desk: Desk, unit: Unit, team_id: str, event: Mapping[str, Any], now: datetime) -> None:
    """It was archived, or has another name: the managers hear of its incident at the next digest."""
    desk.notice.put_away(unit, team_id, _channel(event), _GONE[str(event["type"])])


def _channel(event: Mapping[str, Any]) -> str:
    """Archived it is named by its id; renamed, by what it is now."""
    channel = event.get("channel")
    found = channel.get("id") if isinstance(channel, Mapping) else channel
    return found if isinstance(found, str) else ""
