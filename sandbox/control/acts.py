"""What a person does in channels: writes, edits, deletes, reacts, pins, joins; and what happens in the workspace around them."""

from __future__ import annotations

import base64
from typing import Any

from sandbox.control.desk import Desk
from sandbox.spec.types import Json, Refusal
from sandbox.world import files, install, posting, times
from sandbox.world import users as people
from sandbox.world.channels import Channel
from sandbox.world.messages import stamp
from sandbox.world.users import User


def post(desk: Desk, body: Json) -> Json:
    """{user, channel, text, thread?, broadcast?, file?, files?, at?, raw?}: writes as a person would, escaped and with mentions."""
    if "bot" in body:
        return post_as_bot(desk, body)
    user = desk.user(body)
    channel = desk.place(body, user)
    message: Json = {"user": user.id, "team": desk.world.team.id, "client_msg_id": desk.world.ids.hex(32)}
    message |= _written(desk, body)
    return _put(desk, channel, user.id, message, body)


def post_as_bot(desk: Desk, body: Json) -> Json:
    """{bot, channel, text, blocks?, attachments?, thread?, at?}: an incoming webhook or another maker's app."""
    channel = desk.channel(body)
    message = {**install.webhook_author(desk.world, str(body["bot"])), "text": str(body.get("text", ""))}
    message |= {key: body[key] for key in ("blocks", "attachments") if key in body}
    return _put(desk, channel, "", message, body)


def _written(desk: Desk, body: Json) -> Json:
    text = str(body.get("text", ""))
    if body.get("raw"):
        return {"text": text}
    written, block = desk.world.typist().write(text)
    blocks = [{**block, "block_id": desk.world.ids.short()}] if text else []
    return {"text": written, "blocks": blocks}


def _put(desk: Desk, channel: Channel, user: str, message: Json, body: Json) -> Json:
    if body.get("thread"):
        message["thread_ts"] = channel.messages.thread_of(str(body["thread"])) or str(body["thread"])
        if body.get("broadcast"):
            message["subtype"] = "thread_broadcast"
    ts = _when(desk, channel, body)
    attached = [*(body.get("files") or []), *([body["file"]] if "file" in body else [])]
    if attached:
        message["files"] = [_attach(desk, channel, user, row, ts, message.get("thread_ts")) for row in attached]
        message |= {"upload": True, "display_as_bot": False}
    elif not message.get("text") and not message.get("blocks") and not message.get("attachments"):
        raise Refusal("there is nothing to send")
    stored = posting.post(desk.world, channel, message, ts=ts)
    return {"channel": channel.id, "ts": stored["ts"], "message": channel.messages.show(stored["ts"])}


def _when(desk: Desk, channel: Channel, body: Json) -> str:
    given = body.get("at") or body.get("ts")
    if not given:
        return desk.world.new_ts(channel)
    at = times.read(given, int(desk.world.clock.now() * 1e6))
    while stamp(at) in channel.messages.by_ts:
        at += 1
    return stamp(at)


def _attach(desk: Desk, channel: Channel, user: str, row: Json, ts: str, thread: str | None) -> Json:
    raw = base64.b64decode(row["base64"]) if "base64" in row else str(row.get("content", "")).encode()
    file = files.make(desk.world, str(row["name"]), raw, user, title=row.get("title"))
    files.share(desk.world, file, channel, ts, thread)
    return file


def _mine(desk: Desk, body: Json) -> tuple[User, Channel, str]:
    user = desk.user(body)
    channel = desk.channel(body, user)
    ts = desk.message(body, channel)
    if channel.messages.by_ts[ts].get("user") != user.id and not body.get("as_admin"):
        raise Refusal(f"{user.name} did not write that message")
    return user, channel, ts


def edit(desk: Desk, body: Json) -> Json:
    """{user, channel, ts, text}: the writer's own message."""
    user, channel, ts = _mine(desk, body)
    posting.edit(desk.world, channel, ts, _written(desk, body), user.id)
    return {"message": channel.messages.show(ts)}


def delete(desk: Desk, body: Json) -> Json:
    """{user, channel, ts, as_admin?}: a message; with replies it leaves a tombstone."""
    _, channel, ts = _mine(desk, body)
    posting.delete(desk.world, channel, ts)
    return {}


def _marked(desk: Desk, body: Json) -> tuple[User, Channel, str]:
    user = desk.user(body)
    channel = desk.channel(body, user)
    return user, channel, desk.message(body, channel)


def react(desk: Desk, body: Json) -> Json:
    """{user, channel, ts, name}."""
    user, channel, ts = _marked(desk, body)
    posting.react(desk.world, channel, ts, user.id, str(body["name"]).strip(":"))
    return {}


def unreact(desk: Desk, body: Json) -> Json:
    """{user, channel, ts, name}."""
    user, channel, ts = _marked(desk, body)
    posting.unreact(desk.world, channel, ts, user.id, str(body["name"]).strip(":"))
    return {}


def pin(desk: Desk, body: Json) -> Json:
    """{user, channel, ts}."""
    user, channel, ts = _marked(desk, body)
    posting.pin(desk.world, channel, ts, user.id)
    return {}


def unpin(desk: Desk, body: Json) -> Json:
    """{user, channel, ts}."""
    user, channel, ts = _marked(desk, body)
    posting.unpin(desk.world, channel, ts, user.id)
    return {}


def unfurl(desk: Desk, body: Json) -> Json:
    """{channel, ts, attachments}: Slack adds a preview of a link, a message_changed without a change of text."""
    channel = desk.channel(body)
    posting.edit(desk.world, channel, desk.message(body, channel), {"attachments": body["attachments"]}, "", mark=False)
    return {}


def join(desk: Desk, body: Json) -> Json:
    """{user, channel, inviter?}: a person, or a bot by its handle."""
    user, channel = desk.user(body), desk.channel(body)
    if user.id in channel.members:
        raise Refusal(f"{user.name} is in #{channel.name} already")
    inviter = desk.user(body, "inviter").id if body.get("inviter") else None
    posting.join(desk.world, channel, user.id, inviter)
    return {}


def leave(desk: Desk, body: Json) -> Json:
    """{user, channel}."""
    user, channel = desk.user(body), desk.channel(body)
    if user.id not in channel.members:
        raise Refusal(f"{user.name} is not in #{channel.name}")
    posting.leave(desk.world, channel, user.id)
    return {}


def topic(desk: Desk, body: Json) -> Json:
    """{user, channel, topic}."""
    user = desk.user(body)
    channel = desk.place(body, user)
    text = str(body.get("topic", ""))
    channel.topic = {"value": text, "creator": user.id, "last_set": int(desk.world.clock.now())}
    line = {"subtype": "channel_topic", "user": user.id, "topic": text, "text": f"set the channel topic: {text}"}
    posting.post(desk.world, channel, line)
    return {}


def rename(desk: Desk, body: Json) -> Json:
    """{user, channel, name}."""
    user = desk.user(body)
    channel = desk.place(body, user)
    old, channel.name = channel.name, str(body["name"])
    channel.previous_names.append(old)
    text = f'has renamed the channel from "{old}" to "{channel.name}"'
    line = {"subtype": "channel_name", "user": user.id, "old_name": old, "name": channel.name, "text": text}
    posting.post(desk.world, channel, line)
    row = {"id": channel.id, "name": channel.name, "created": channel.created}
    _about(desk, channel, "rename", channel_row=row)
    return {}


def archive(desk: Desk, body: Json) -> Json:
    """{user, channel}."""
    user = desk.user(body)
    channel = desk.place(body, user)
    text = f"<@{user.id}> archived the channel"
    posting.post(desk.world, channel, {"subtype": "channel_archive", "user": user.id, "text": text})
    channel.archived = True
    _about(desk, channel, "archive", user=user.id)
    return {}


def unarchive(desk: Desk, body: Json) -> Json:
    """{user, channel}."""
    user, channel = desk.user(body), desk.channel(body)
    channel.archived = False
    _about(desk, channel, "unarchive", user=user.id)
    return {}


def _about(desk: Desk, channel: Channel, what: str, **more: Any) -> None:
    prefix = "channel" if channel.kind == "public" else "group"
    row = more.pop("channel_row", channel.id)
    event = {"type": f"{prefix}_{what}", "channel": row, "event_ts": desk.world.new_ts(), **more}
    desk.world.announce(event, channel)


def create_channel(desk: Desk, body: Json) -> Json:
    """{user, name, private?, members?}: a new channel with its creator in it."""
    user = desk.user(body)
    name = str(body["name"])
    if desk.world.channel(name):
        raise Refusal(f"there is a channel #{name} already")
    kind = "private" if body.get("private") else "public"
    members = [user.id, *(desk.user({"user": one}).id for one in body.get("members") or [])]
    key = desk.world.ids.named("C", name)
    now = int(desk.world.clock.now())
    channel = Channel(key, name, kind, creator=user.id, created=now, members=list(dict.fromkeys(members)))
    desk.world.channels[key] = channel
    row = {"id": key, "name": name, "created": now, "creator": user.id}
    desk.world.announce({"type": "channel_created", "channel": row, "event_ts": desk.world.new_ts()}, channel)
    return {"channel": key}


_CHANGEABLE = ("name", "real_name", "display_name", "tz", "email", "title", "deleted", "is_admin", "is_restricted")


def change_user(desk: Desk, body: Json) -> Json:
    """{user, real_name?, display_name?, tz?, deleted?, ...}: the profile changes; announced as user_change."""
    user = desk.world.user(str(body.get("user", "")))
    if user is None:
        raise Refusal(f"no user {body.get('user')!r} in this workspace")
    for key in _CHANGEABLE:
        if key in body:
            setattr(user, key, body[key])
    user.updated = int(desk.world.clock.now())
    shown = people.shape(user, desk.world.clock.now(), with_email=True)
    desk.world.announce(
        {"type": "user_change", "user": shown, "cache_ts": user.updated, "event_ts": desk.world.new_ts()}
    )
    return {"user": shown}


def add_user(desk: Desk, body: Json) -> Json:
    """{name, real_name?, tz?, ...}: a new colleague; announced as team_join."""
    name = str(body["name"])
    if desk.world.user(name):
        raise Refusal(f"there is a {name} already")
    key = desk.world.ids.named("U", name)
    more = {k: body[k] for k in _CHANGEABLE if k in body and k != "name"}
    user = User(key, name, desk.world.team.id, **{"real_name": name, **more})
    desk.world.users[key] = user
    shown = people.shape(user, desk.world.clock.now(), with_email=True)
    desk.world.announce({"type": "team_join", "user": shown, "event_ts": desk.world.new_ts()})
    return {"user": shown}


ACTS = {
    "post": post,
    "edit": edit,
    "delete": delete,
    "react": react,
    "unreact": unreact,
    "pin": pin,
    "unpin": unpin,
    "unfurl": unfurl,
    "join": join,
    "leave": leave,
    "topic": topic,
    "rename": rename,
    "archive": archive,
    "unarchive": unarchive,
    "create_channel": create_channel,
    "change_user": change_user,
    "add_user": add_user,
}
