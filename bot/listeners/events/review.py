"""Replies under the review post become notes (R-41): new ones, and those that are written anew. The channel for reviews
is another one than the incident's, as a rule, so it is the thread that tells."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.harvest import message as messages
from bot.domain.harvest.message import MalformedMessage, Message
from bot.listeners.desk import Desk
from bot.ports.store import Unit

# What people write; joining, pinning and the like have subtypes of their own.
_WRITTEN = {None, "thread_broadcast", "file_share", "me_message"}


def reply(event: Mapping[str, Any]) -> Message | None:
    """The reply that the event tells of, as it stands now; None for anything else, and for what apps wrote."""
    channel, subtype, raw = event.get("channel"), event.get("subtype"), event
    if subtype == "message_changed":
        raw = event["message"] if isinstance(event.get("message"), Mapping) else {}
    if not isinstance(channel, str) or raw.get("subtype") not in _WRITTEN:
        return None
    try:
        found = messages.from_slack(raw, channel)
    except MalformedMessage:
        return None
    return found if found.is_reply and not found.is_bot and found.user_id else None


def under_review(unit: Unit, team_id: str, event: Mapping[str, Any]) -> bool:
    """A reply to a message of ours that is edited in place: one indexed look-up."""
    found = reply(event)
    return found is not None and unit.posts.at(found.channel_id, found.thread_ts or "") is not None


def heard(desk: Desk, unit: Unit, team_id: str, event: Mapping[str, Any], now: datetime) -> None:
    """Keep it as a note."""
    found = reply(event)
    if found is not None:
        desk.hear_reply(unit, team_id, found, now)
