"""What a message sets off besides itself: metadata events for apps that asked for their type, link_shared for an app's domains."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from sandbox.spec.types import Json
from sandbox.world.apps import App
from sandbox.world.channels import Channel
from sandbox.world.workspace import World

_LINK = re.compile(r"<(https?://[^|>\s]+)(?:\|[^>]*)?>")


def posted(world: World, channel: Channel, message: Json) -> None:
    """Announce what a new message sets off."""
    _metadata(world, channel, "posted", message, None, message.get("metadata"))
    _links(world, channel, message)


def changed(world: World, channel: Channel, before: Json, message: Json) -> None:
    """Announce that an edit put in, changed or took away metadata."""
    old, new = before.get("metadata"), message.get("metadata")
    if old != new:
        kind = "updated" if old and new else "posted" if new else "deleted"
        _metadata(world, channel, kind, message, old, new)


def deleted(world: World, channel: Channel, message: Json) -> None:
    """Announce that metadata went away with its message."""
    _metadata(world, channel, "deleted", message, message.get("metadata"), None)


def _metadata(world: World, channel: Channel, kind: str, message: Json, old: Any, new: Any) -> None:
    if not (old or new):
        return
    author = world.app_of(bot_id=message.get("bot_id"))
    ts = world.new_ts()
    body: Json = {"type": f"message_metadata_{kind}", "channel_id": channel.id, "message_ts": message["ts"]}
    body |= {"app_id": author.id if author else "", "bot_id": message.get("bot_id", "")}
    body |= {"user_id": author.bot_user_id if author else message.get("user", ""), "team_id": world.team.id}
    body |= {"metadata": new} if new else {"deleted_ts": ts}
    body |= {"previous_metadata": old} if old else {}
    for app in world.apps:
        if _wants(app, body["app_id"], str((new or old).get("event_type"))):
            world.announce({**body, "event_ts": ts, "sandbox_app": app.id}, channel)


def _wants(app: App, author: str, event_type: str) -> bool:
    return any(
        row.get("app_id") in (author, "*") and row.get("event_type") in (event_type, "*")
        for row in app.metadata_subscriptions
    )


def _links(world: World, channel: Channel, message: Json) -> None:
    urls = list(dict.fromkeys(_LINK.findall(message.get("text", ""))))
    for app in world.apps if urls and "user" in message else ():
        links = [{"domain": domain, "url": url} for url in urls if (domain := _domain(app, url))]
        member = app.bot_user_id in channel.members
        if not links or message.get("bot_id") == app.bot_id or not (member or channel.kind == "public"):
            continue
        body: Json = {"type": "link_shared", "channel": channel.id, "user": message["user"], "links": links}
        body |= {"is_bot_user_member": member, "message_ts": message["ts"], "source": "conversations_history"}
        body |= {"unfurl_id": f"{channel.id}.{message['ts']}.{world.ids.hex(64)}", "event_ts": world.new_ts()}
        body |= {"thread_ts": message["thread_ts"]} if message.get("thread_ts") else {}
        world.announce({**body, "sandbox_app": app.id}, channel if member else None)


def _domain(app: App, url: str) -> str | None:
    host = urlsplit(url).hostname or ""
    return next((one for one in app.unfurl_domains if host == one or host.endswith(f".{one}")), None)
