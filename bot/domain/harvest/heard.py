"""A message as an event tells of it, while the incident goes on. Events come more than once and in any order, so what is kept
of a message is the same whichever of its versions came first: the latest edit, and of one edit the version with more
links in it, since Slack adds the links of a preview later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.domain.harvest import message as messages
from bot.domain.harvest.message import MalformedMessage, Message

# What Slack tells about a message without its being one.
CHANGED, DELETED, REPLIED, TOMBSTONE = "message_changed", "message_deleted", "message_replied", "tombstone"
_HEAVIEST = 2**63 - 1


def version(event: Mapping[str, Any]) -> Message | None:
    """The message that the event brings, new or as it stands after a change; None where it brings none, and for what is left
    of a deleted one."""
    channel, subtype, raw = event.get("channel"), event.get("subtype"), event
    if subtype == CHANGED:
        raw = event["message"] if isinstance(event.get("message"), Mapping) else {}
    if not isinstance(channel, str) or raw.get("subtype") == TOMBSTONE or subtype in (DELETED, REPLIED):
        return None
    try:
        return messages.from_slack(raw, channel)
    except MalformedMessage:
        return None


def moved_thread(event: Mapping[str, Any]) -> str | None:
    """The thread in which there is a reply that the event does not bring."""
    first = event.get("message")
    found = first.get("ts") if event.get("subtype") == REPLIED and isinstance(first, Mapping) else None
    return found if isinstance(found, str) else None


def thread_of(event: Mapping[str, Any]) -> str | None:
    """The first message of the thread that the event is about, if it is a reply."""
    inner = event.get("message")
    raw = inner if isinstance(inner, Mapping) else event
    found = raw.get("thread_ts") or event.get("thread_ts")
    return found if isinstance(found, str) and found != raw.get("ts") else None


def weight(message: Message) -> int:
    """The heavier of two versions is kept. What is left of a deleted message never takes the place of what was said."""
    if message.subtype == TOMBSTONE:
        return -1
    seconds, micros = messages.ts_key(message.edited_ts) if message.edited_ts else (0, 0)
    return min((seconds * 1_000_000 + micros) * 1000 + min(len(message.links), 999), _HEAVIEST)


def joined(held: Message, other: Message) -> Message:
    """One of two versions of a message, with what only grows taken from both; the same whichever is held."""
    best, rest = sorted((held, other), key=_order, reverse=True)
    latest = max((each for each in (best.latest_reply, rest.latest_reply) if each), key=messages.ts_key, default=None)
    return replace(
        best,
        thread_ts=best.thread_ts or rest.thread_ts,
        reply_count=max(best.reply_count, rest.reply_count),
        latest_reply=latest,
        reactions=best.reactions or rest.reactions,
        pinned=best.pinned or rest.pinned,
        ticked_by=best.ticked_by or rest.ticked_by,
    )


def _order(message: Message) -> tuple[int, int, int, str]:
    """Which version is kept; the rest tells apart what should not differ, so that the order never decides."""
    own = replace(message, thread_ts=None, reply_count=0, latest_reply=None, reactions=(), pinned=False, ticked_by=())
    return weight(message), len(message.files), len(message.text), repr(own)
