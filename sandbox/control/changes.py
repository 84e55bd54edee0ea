"""What changes in the workspace around the messages: who is where, what channels are called, who works here."""

from __future__ import annotations

from typing import Any

from sandbox.control.desk import Desk
from sandbox.spec.types import Json, Refusal
from sandbox.world import posting
from sandbox.world import users as people
from sandbox.world.channels import Channel
from sandbox.world.users import User


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


def change_team(desk: Desk, body: Json) -> Json:
    """{plan?: paid or free, canvases?: false where the team has none}."""
    team = desk.world.team
    if body.get("plan", "paid") not in ("paid", "free"):
        raise Refusal("a plan is paid or free")
    team.plan, team.canvases = str(body.get("plan", team.plan)), bool(body.get("canvases", team.canvases))
    return {"plan": team.plan, "canvases": team.canvases}


ACTS = {
    "join": join,
    "leave": leave,
    "topic": topic,
    "rename": rename,
    "archive": archive,
    "unarchive": unarchive,
    "create_channel": create_channel,
    "change_user": change_user,
    "add_user": add_user,
    "change_team": change_team,
}
