"""What can happen in a channel: post, edit, delete, react, pin, join, leave. Each changes the state and announces it."""

from __future__ import annotations

from typing import Any

from sandbox.spec import emoji, events
from sandbox.spec.types import Json, SlackError
from sandbox.world import echoes
from sandbox.world.channels import Channel
from sandbox.world.workspace import World

MAX_PINS = 100


def _event(world: World, channel: Channel, body: Json, **more: Any) -> None:
    ts = more.pop("event_ts", None) or world.new_ts()
    kind = events.CHANNEL_TYPES[channel.kind]
    world.announce({**body, **more, "channel": channel.id, "event_ts": ts, "channel_type": kind}, channel)


def post(world: World, channel: Channel, message: Json, *, ts: str | None = None, quiet: bool = False) -> Json:
    """Put a message into a channel; `ts` back-dates it. Returns the stored message. Announced unless `quiet`."""
    message.setdefault("type", "message")
    message["ts"] = ts if ts and ts not in channel.messages.by_ts else world.new_ts(channel)
    thread = message.get("thread_ts")
    if thread and (parent := channel.messages.by_ts.get(thread)) is not None:
        message["parent_user_id"] = parent.get("user") or parent.get("bot_id")
    channel.messages.add(message)
    channel.closed = False
    if not quiet:
        shown = channel.messages.show(message["ts"])
        if shown.get("files") and "subtype" not in shown:
            shown["subtype"] = "file_share"
        _event(world, channel, shown, event_ts=message["ts"])
        _mentions(world, channel, shown)
        echoes.posted(world, channel, message)
    return message


def _mentions(world: World, channel: Channel, shown: Json) -> None:
    if channel.direct or shown.get("subtype") not in (None, "thread_broadcast", "file_share"):
        return
    keys = ("user", "text", "ts", "thread_ts", "blocks", "files", "client_msg_id", "team", "bot_id", "app_id")
    body = {key: shown[key] for key in keys if key in shown}
    for app in world.apps:
        if f"<@{app.bot_user_id}" in shown.get("text", ""):
            mention = {"type": "app_mention", **body, "channel": channel.id, "event_ts": shown["ts"]}
            world.announce({**mention, "sandbox_app": app.id}, channel)


def edit(world: World, channel: Channel, ts: str, changes: Json, editor: str, *, mark: bool = True) -> Json:
    """Change a message; `mark` sets `edited`. None as a value takes a key away."""
    before = channel.messages.show(ts, metadata=True)
    message = channel.messages.by_ts[ts]
    for key, value in changes.items():
        if value is None:
            message.pop(key, None)
        else:
            message[key] = value
    when = world.new_ts(channel)
    if mark:
        message["edited"] = {"user": editor, "ts": when}
    _changed(world, channel, before, ts, when)
    echoes.changed(world, channel, before, message)
    return message


def _changed(world: World, channel: Channel, before: Json, ts: str, when: str) -> None:
    body = {
        "type": "message",
        "subtype": "message_changed",
        "message": channel.messages.show(ts),
        "previous_message": {key: value for key, value in before.items() if key != "metadata"},
        "hidden": True,
        "ts": when,
    }
    _event(world, channel, body, event_ts=when)


def delete(world: World, channel: Channel, ts: str) -> None:
    """Delete a message. A parent with replies stays as a tombstone, announced as a change."""
    before, gone = channel.messages.show(ts), dict(channel.messages.by_ts[ts])
    channel.pins = [pin for pin in channel.pins if pin["ts"] != ts]
    when = world.new_ts(channel)
    if channel.messages.threads.get(ts):
        message = channel.messages.by_ts[ts]
        message.clear()
        message |= {"type": "message", "subtype": "tombstone", "text": "This message was deleted.", "user": "USLACKBOT"}
        message |= {"hidden": True, "ts": ts, "thread_ts": ts}
        _changed(world, channel, before, ts, when)
    else:
        channel.messages.remove(ts)
        body = {"type": "message", "subtype": "message_deleted", "hidden": True, "deleted_ts": ts, "ts": when}
        _event(world, channel, {**body, "previous_message": before}, event_ts=when)
    echoes.deleted(world, channel, gone)


def reactable(world: World, channel: Channel, ts: str, name: str) -> bool:
    """True for a name that an emoji has here, and for one that already stands on the message: an export tells of no custom emoji."""
    rows = (channel.messages.by_ts.get(ts) or {}).get("reactions", [])
    return emoji.known(name, world.emoji) or any(row["name"] == name for row in rows)


def react(world: World, channel: Channel, ts: str, user: str, name: str) -> None:
    """Add a reaction. SlackError already_reacted, too_many_emoji."""
    message = channel.messages.by_ts[ts]
    rows: list[Json] = message.setdefault("reactions", [])
    row = next((r for r in rows if r["name"] == name), None)
    if row and user in row["users"]:
        raise SlackError("already_reacted")
    if row is None:
        if len(rows) >= 23:
            raise SlackError("too_many_emoji")
        row = {"name": name, "users": [], "count": 0}
        rows.append(row)
    row["users"].append(user)
    row["count"] += 1
    _reaction(world, channel, "reaction_added", message, user, name)


def unreact(world: World, channel: Channel, ts: str, user: str, name: str) -> None:
    """Take a reaction back. SlackError no_reaction."""
    message = channel.messages.by_ts[ts]
    row = next((r for r in message.get("reactions", []) if r["name"] == name), None)
    if row is None or user not in row["users"]:
        raise SlackError("no_reaction")
    row["users"].remove(user)
    row["count"] -= 1
    message["reactions"] = [r for r in message["reactions"] if r["users"]]
    if not message["reactions"]:
        del message["reactions"]
    _reaction(world, channel, "reaction_removed", message, user, name)


def _reaction(world: World, channel: Channel, kind: str, message: Json, user: str, name: str) -> None:
    item = {"type": "message", "channel": channel.id, "ts": message["ts"]}
    event: Json = {"type": kind, "user": user, "reaction": name, "item": item, "event_ts": world.new_ts()}
    if message.get("user"):
        event["item_user"] = message["user"]
    world.announce(event, channel)


def pin(world: World, channel: Channel, ts: str, user: str) -> None:
    """Pin a message. SlackError already_pinned, too_many_pins."""
    if any(row["ts"] == ts for row in channel.pins):
        raise SlackError("already_pinned")
    if len(channel.pins) >= MAX_PINS:
        raise SlackError("too_many_pins")
    channel.pins.insert(0, {"ts": ts, "created": int(world.clock.now()), "created_by": user})
    channel.messages.by_ts[ts].setdefault("pinned_to", []).append(channel.id)
    _pin(world, channel, "pin_added", ts, user)


def unpin(world: World, channel: Channel, ts: str, user: str) -> None:
    """Take a pin away. SlackError no_pin."""
    if not any(row["ts"] == ts for row in channel.pins):
        raise SlackError("no_pin")
    channel.pins = [row for row in channel.pins if row["ts"] != ts]
    channel.messages.by_ts[ts].pop("pinned_to", None)
    _pin(world, channel, "pin_removed", ts, user, has_pins=bool(channel.pins))


def _pin(world: World, channel: Channel, kind: str, ts: str, user: str, **more: Any) -> None:
    message = channel.messages.show(ts)
    item: Json = {"type": "message", "channel": channel.id, "created": int(world.clock.now()), "created_by": user}
    item["message"] = {**message, "permalink": permalink(world, channel, ts)}
    event = {"type": kind, "user": user, "channel_id": channel.id, "item": item, "event_ts": world.new_ts(), **more}
    if message.get("user"):
        event["item_user"] = message["user"]
    world.announce(event, channel)


def join(world: World, channel: Channel, user: str, inviter: str | None = None) -> None:
    """Add a member, with the channel_join line and the event."""
    channel.members.append(user)
    line: Json = {"subtype": "channel_join", "user": user, "text": f"<@{user}> has joined the channel"}
    if inviter:
        line["inviter"] = inviter
    post(world, channel, line)
    event: Json = {"type": "member_joined_channel", "user": user, "channel": channel.id, "team": world.team.id}
    event |= {"channel_type": "C" if channel.kind == "public" else "G", "event_ts": world.new_ts()}
    if inviter:
        event["inviter"] = inviter
    world.announce(event, channel)


def leave(world: World, channel: Channel, user: str, actor: str | None = None) -> None:
    """Take a member away, with the channel_leave line and the event; the bot itself hears channel_left or group_left."""
    post(world, channel, {"subtype": "channel_leave", "user": user, "text": f"<@{user}> has left the channel"})
    event: Json = {"type": "member_left_channel", "user": user, "channel": channel.id, "team": world.team.id}
    event |= {"channel_type": "C" if channel.kind == "public" else "G", "event_ts": world.new_ts()}
    world.announce(event, channel)
    app = world.app_of(bot_user=user)
    if app is not None:
        kind = "channel_left" if channel.kind == "public" else "group_left"
        gone = {"type": kind, "channel": channel.id, "actor_id": actor or user, "event_ts": world.new_ts()}
        world.announce({**gone, "sandbox_app": app.id}, channel)
    channel.members.remove(user)


def permalink(world: World, channel: Channel, ts: str) -> str:
    """The address of a message; of a reply with its thread."""
    link = f"{world.base_url}/archives/{channel.id}/p{ts.replace('.', '')}"
    thread = (channel.messages.by_ts.get(ts) or {}).get("thread_ts")
    return f"{link}?thread_ts={thread}&cid={channel.id}" if thread and thread != ts else link
