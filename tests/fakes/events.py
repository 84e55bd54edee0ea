"""Events about messages, in Slack's shape, of the messages that a fake room holds."""

from __future__ import annotations

from typing import Any

from bot.domain.harvest.message import Message

Json = dict[str, Any]


def posted(message: Message) -> Json:
    """It was just posted: nobody has answered, nothing is unfurled."""
    raw = _inner(message)
    return {**raw, "type": "message", "channel": message.channel_id, "event_ts": message.ts, "channel_type": "channel"}


def changed(message: Message, at: str) -> Json:
    """It is another one now, as it stands here."""
    inner = _inner(message)
    return {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "channel": message.channel_id,
        "ts": at,
        "message": inner,
        "previous_message": {**inner, "text": "before"},
        "event_ts": at,
    }


def deleted(message: Message, at: str) -> Json:
    """It is gone."""
    place = {"channel": message.channel_id, "ts": at, "event_ts": at}
    gone = {"deleted_ts": message.ts, "previous_message": _inner(message)}
    return {"type": "message", "subtype": "message_deleted", "hidden": True, **place, **gone}


def _inner(message: Message) -> Json:
    raw: Json = {"type": "message", "ts": message.ts, "text": message.text}
    given = {
        "user": message.user_id,
        "subtype": message.subtype,
        "thread_ts": message.thread_ts,
        "bot_id": message.bot_id,
        "username": message.bot_name,
        "reply_count": message.reply_count or None,
        "latest_reply": message.latest_reply,
        "edited": {"user": message.user_id, "ts": message.edited_ts} if message.edited_ts else None,
        "attachments": [{"from_url": link, "original_url": link} for link in message.links],
        "files": [
            {"id": file.id, "name": file.name, "permalink": file.permalink, "mimetype": file.mimetype}
            for file in message.files
        ],
    }
    return raw | {name: value for name, value in given.items() if value}
