"""What happens to incidents' channels: archived and brought back, deleted, renamed, given another id; and to the bot's own place in
them. Channels without a post-mortem are nobody's concern here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.domain.room import How
from bot.listeners.desk import Desk
from bot.ports.store import Unit

Hear = Callable[[Desk, Unit, str, Mapping[str, Any], datetime], None]


def channel_of(event: Mapping[str, Any]) -> str:
    """The channel's id: events give it alone, or within the channel; "" when it is missing."""
    channel = event.get("channel")
    found = channel.get("id") if isinstance(channel, Mapping) else channel
    return found if isinstance(found, str) else ""


def ours(unit: Unit, team_id: str, event: Mapping[str, Any]) -> bool:
    """A channel that has a post-mortem: one indexed look-up."""
    return unit.records.current(team_id, channel_of(event)) is not None


def was_ours(unit: Unit, team_id: str, event: Mapping[str, Any]) -> bool:
    """The same, by the id that it had before."""
    return unit.records.current(team_id, str(event.get("old_channel_id") or "")) is not None


def closed(how: How) -> Hear:
    """Nothing can be written there from now on."""

    def hear(desk: Desk, unit: Unit, team_id: str, event: Mapping[str, Any], now: datetime) -> None:
        desk.room_closed(unit, team_id, channel_of(event), how, now, by=_by(desk, event))

    return hear


def unarchived(desk: Desk, unit: Unit, team_id: str, event: Mapping[str, Any], now: datetime) -> None:
    """It is there again."""
    desk.room_opened(unit, team_id, channel_of(event), How.ARCHIVED, now, by=_by(desk, event))


def renamed(desk: Desk, unit: Unit, team_id: str, event: Mapping[str, Any], now: datetime) -> None:
    """What it is called from now on."""
    channel = event.get("channel")
    name = channel.get("name") if isinstance(channel, Mapping) else None
    if isinstance(name, str) and name:
        unit.rooms.rename(team_id, channel_of(event), name)


def moved(desk: Desk, unit: Unit, team_id: str, event: Mapping[str, Any], now: datetime) -> None:
    """Which id it has from now on."""
    before, after = event.get("old_channel_id"), event.get("new_channel_id")
    if isinstance(before, str) and isinstance(after, str) and after:
        desk.room_moved(unit, team_id, before, after, now)


def member(unit: Unit, team_id: str, event: Mapping[str, Any]) -> bool:
    """A channel that was read because of a post-mortem, or has one."""
    channel = channel_of(event)
    return unit.channels.get(team_id, channel) is not None or ours(unit, team_id, event)


def joined(desk: Desk, unit: Unit, team_id: str, event: Mapping[str, Any], now: datetime) -> None:
    """Who came into a private channel may see its post-mortem from now on. We ourselves read what we missed."""
    user, channel = str(event.get("user") or ""), channel_of(event)
    unit.channels.join(team_id, channel, user)
    if user == desk.bot_user:
        inviter = event.get("inviter")
        desk.room_opened(unit, team_id, channel, How.LEFT, now, by=inviter if isinstance(inviter, str) else None)


def left(desk: Desk, unit: Unit, team_id: str, event: Mapping[str, Any], now: datetime) -> None:
    """Who left it may not any more; we ourselves say what that means."""
    user, channel = str(event.get("user") or ""), channel_of(event)
    unit.channels.leave(team_id, channel, user)
    if user == desk.bot_user:
        desk.room_closed(unit, team_id, channel, How.LEFT, now)


def _by(desk: Desk, event: Mapping[str, Any]) -> str | None:
    """Who did it, where Slack says so; never ourselves."""
    by = event.get("actor_id") or event.get("user")
    return by if isinstance(by, str) and by and by != desk.bot_user else None
