"""pins.*, reactions.*, bookmarks.*: small marks on messages and channels."""

from __future__ import annotations

import re

from sandbox.spec.types import Json, SlackError
from sandbox.web.api import Handler
from sandbox.web.call import Call
from sandbox.world import posting
from sandbox.world.channels import Channel

MAX_BOOKMARKS = 100


def _message(call: Call, channel: Channel) -> str:
    if not call.text("timestamp"):
        raise SlackError("no_item_specified")
    ts = call.ts("timestamp", "bad_timestamp") or ""
    message = channel.messages.by_ts.get(ts)
    if message is None or message.get("subtype") == "tombstone":
        raise SlackError("message_not_found")
    return ts


def pins_add(call: Call) -> Json:
    """pins.add."""
    channel = call.joined()
    posting.pin(call.world, channel, _message(call, channel), call.me)
    return {}


def pins_remove(call: Call) -> Json:
    """pins.remove."""
    channel = call.channel()
    posting.unpin(call.world, channel, _message(call, channel), call.me)
    return {}


def pins_list(call: Call) -> Json:
    """pins.list."""
    channel = call.channel()
    items = []
    for pin in channel.pins:
        message = {**channel.messages.show(pin["ts"]), "permalink": posting.permalink(call.world, channel, pin["ts"])}
        row = {"type": "message", "channel": channel.id, "message": message}
        items.append({**row, "created": pin["created"], "created_by": pin["created_by"]})
    return {"items": items}


def _reaction(call: Call) -> tuple[Channel, str, str]:
    channel = call.joined()
    if channel.archived:
        raise SlackError(call.listed("is_archived", "no_access"))
    name = call.text("name").strip(":")
    if not posting.reactable(call.world, channel, call.text("timestamp"), name):
        raise SlackError("invalid_name")
    return channel, _message(call, channel), name


def reactions_add(call: Call) -> Json:
    """reactions.add."""
    channel, ts, name = _reaction(call)
    posting.react(call.world, channel, ts, call.me, name)
    return {}


def reactions_remove(call: Call) -> Json:
    """reactions.remove."""
    channel, ts, name = _reaction(call)
    posting.unreact(call.world, channel, ts, call.me, name)
    return {}


def reactions_get(call: Call) -> Json:
    """reactions.get."""
    channel = call.channel()
    ts = _message(call, channel)
    message = {**channel.messages.show(ts), "permalink": posting.permalink(call.world, channel, ts)}
    return {"type": "message", "channel": channel.id, "message": message}


def _bookmark(call: Call, channel: Channel) -> Json:
    wanted = call.text("bookmark_id")
    found = next((row for row in channel.bookmarks if row["id"] == wanted), None)
    if found is None:
        raise SlackError("not_found")
    return found


def _channel(call: Call) -> Channel:
    channel = call.channel("channel_id")
    if call.me not in channel.members:
        raise SlackError("access_denied")
    return channel


def _link(call: Call) -> str:
    link = call.text("link")
    if not re.match(r"https?://", link):
        raise SlackError("invalid_link")
    return link


def bookmarks_add(call: Call) -> Json:
    """bookmarks.add: links only."""
    channel = _channel(call)
    if call.text("type") != "link":
        raise SlackError("invalid_bookmark_type")
    if len(channel.bookmarks) >= MAX_BOOKMARKS:
        raise SlackError("too_many_bookmarks")
    now = int(call.world.clock.now())
    row: Json = {
        "id": call.world.ids.new("Bk"),
        "channel_id": channel.id,
        "title": call.text("title"),
        "link": _link(call),
        "emoji": call.text("emoji"),
        "icon_url": None,
        "type": "link",
        "entity_id": None,
        "date_created": now,
        "date_updated": 0,
        "rank": "i",
        "last_updated_by_user_id": call.me,
        "last_updated_by_team_id": call.world.team.id,
        "shortcut_id": None,
        "app_id": None,
    }
    channel.bookmarks.append(row)
    return {"bookmark": row}


def bookmarks_edit(call: Call) -> Json:
    """bookmarks.edit."""
    row = _bookmark(call, _channel(call))
    if call.text("link"):
        row["link"] = _link(call)
    for name in ("title", "emoji"):
        if call.text(name):
            row[name] = call.text(name)
    row["date_updated"] = int(call.world.clock.now())
    return {"bookmark": row}


def bookmarks_list(call: Call) -> Json:
    """bookmarks.list."""
    return {"bookmarks": _channel(call).bookmarks}


def bookmarks_remove(call: Call) -> Json:
    """bookmarks.remove."""
    channel = _channel(call)
    channel.bookmarks.remove(_bookmark(call, channel))
    return {}


METHODS: dict[str, Handler] = {
    "pins.add": pins_add,
    "pins.remove": pins_remove,
    "pins.list": pins_list,
    "reactions.add": reactions_add,
    "reactions.remove": reactions_remove,
    "reactions.get": reactions_get,
    "bookmarks.add": bookmarks_add,
    "bookmarks.edit": bookmarks_edit,
    "bookmarks.list": bookmarks_list,
    "bookmarks.remove": bookmarks_remove,
}
