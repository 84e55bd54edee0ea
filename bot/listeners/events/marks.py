"""Reactions, pins, edits and deletions, in the channels of open records: whether an event has the shape that it should, and
whether it concerns a record, for one indexed look-up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.harvest import message as messages
from bot.domain.harvest.message import MalformedMessage
from bot.listeners.desk import Desk
from bot.ports.store import Unit

Event = Mapping[str, Any]
CHANGED, DELETED = "message_changed", "message_deleted"


def marks(desk: Desk, event: Event) -> bool:
    """A reaction on a message that means something here."""
    item = event.get("item")
    return (
        isinstance(item, Mapping)
        and item.get("type") == "message"
        and _ts(item.get("ts"))
        and _ts(event.get("event_ts"))
        and isinstance(event.get("user"), str)
        and desk.marks.means_something(event)
    )


def on_message(unit: Unit, team_id: str, event: Event) -> bool:
    """In a channel with an open record."""
    return followed(unit, team_id, event["item"].get("channel"))


def pins(desk: Desk, event: Event) -> bool:
    """A pinned message, whole; files and comments that are pinned have none."""
    item = event.get("item")
    message = item.get("message") if isinstance(item, Mapping) else None
    return (
        isinstance(message, Mapping)
        and _ts(message.get("ts"))
        and _ts(event.get("event_ts"))
        and isinstance(event.get("user"), str)
    )


def on_channel(unit: Unit, team_id: str, event: Event) -> bool:
    """The same for a pin."""
    return followed(unit, team_id, event.get("channel_id"))


def followed(unit: Unit, team_id: str, channel: object) -> bool:
    """Whether the channel has an open record: one indexed look-up."""
    return isinstance(channel, str) and bool(channel) and unit.records.concerned(team_id, channel, None)


def rewritten(event: Event) -> bool:
    """A message that became another, or is gone."""
    return event.get("subtype") in (CHANGED, DELETED)


def reacted(desk: Desk, unit: Unit, team_id: str, event: Event, now: datetime) -> None:
    """`reaction_added`, `reaction_removed`."""
    desk.marks.reaction(unit, team_id, event, now, on=event["type"] == "reaction_added")


def pinned(desk: Desk, unit: Unit, team_id: str, event: Event, now: datetime) -> None:
    """`pin_added`, `pin_removed`."""
    desk.marks.pin(unit, team_id, event, now, on=event["type"] == "pin_added")


def heard(desk: Desk, unit: Unit, team_id: str, event: Event, now: datetime) -> None:
    """`message_changed`, `message_deleted`."""
    if event.get("subtype") == CHANGED:
        desk.marks.changed(unit, team_id, event, now)
    elif _ts(event.get("deleted_ts")) and _ts(event.get("event_ts") or event.get("ts")):
        desk.marks.deleted(unit, team_id, event, now)


def _ts(value: object) -> bool:
    if not isinstance(value, str):
        return False
    try:
        messages.ts_key(value)
    except MalformedMessage:
        return False
    return True
