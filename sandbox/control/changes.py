"""What changes in the workspace around the messages: who is where, what channels are called, who works here."""

from __future__ import annotations

from sandbox.control.desk import Desk
from sandbox.spec.types import Json, Refusal
from sandbox.world import access, posting, rooms
from sandbox.world import users as people
from sandbox.world.users import User


def join(desk: Desk, body: Json) -> Json:
    """{user, channel, inviter?}: a person, or a bot by its handle."""
    user, channel = desk.user(body), desk.channel(body)
    if user.id in channel.members:
        raise Refusal(f"{user.name} is in #{channel.name} already")
    inviter = desk.user(body, "inviter") if body.get("inviter") else None
    if inviter and (inviter.id not in channel.members or access.is_bound(inviter)):
        raise Refusal(f"{inviter.name} cannot invite into #{channel.name}")
    if why := access.barred(desk.world, user, channel, invited=inviter is not None):
        raise Refusal(why)
    posting.join(desk.world, channel, user.id, inviter.id if inviter else None)
    return {}


def leave(desk: Desk, body: Json) -> Json:
    """{user, channel, actor?}: `actor` takes somebody else out, or a bot by its handle."""
    user, channel = desk.user(body), desk.channel(body)
    if user.id not in channel.members:
        raise Refusal(f"{user.name} is not in #{channel.name}")
    actor = desk.user(body, "actor").id if body.get("actor") else None
    posting.leave(desk.world, channel, user.id, actor)
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
    rooms.rename(desk.world, channel, str(body["name"]), user.id)
    return {}


def archive(desk: Desk, body: Json) -> Json:
    """{user, channel}."""
    user = desk.user(body)
    channel = desk.place(body, user)
    rooms.archive(desk.world, channel, user.id)
    return {}


def unarchive(desk: Desk, body: Json) -> Json:
    """{user, channel}."""
    user = desk.user(body)
    channel = desk.channel(body, user)
    rooms.unarchive(desk.world, channel, user.id)
    return {}


def delete_channel(desk: Desk, body: Json) -> Json:
    """{user, channel}: gone for good."""
    rooms.delete(desk.world, desk.channel(body))
    return {}


def share_channel(desk: Desk, body: Json) -> Json:
    """{user, channel}: shared with another organisation, and so with another id; announced as channel_id_changed."""
    channel = desk.channel(body)
    if channel.direct:
        raise Refusal(f"#{channel.name} is no channel that could be shared")
    return {"channel": rooms.share(desk.world, channel)}


def create_channel(desk: Desk, body: Json) -> Json:
    """{user, name, private?, members?}: a new channel with its creator in it."""
    user = desk.user(body)
    name = str(body["name"])
    if access.is_bound(user):
        raise Refusal(f"{user.name} is a guest and makes no channels")
    if desk.world.channel(name):
        raise Refusal(f"there is a channel #{name} already")
    members = [desk.user({"user": one}).id for one in body.get("members") or []]
    channel = rooms.create(desk.world, name, user.id, private=bool(body.get("private")), members=members)
    return {"channel": channel.id}


_CHANGEABLE = ("name", "real_name", "display_name", "tz", "email", "title", "deleted", "is_admin", "is_restricted")
_ADDABLE = (*_CHANGEABLE, "is_ultra_restricted", "is_stranger")


def change_user(desk: Desk, body: Json) -> Json:
    """{user, real_name?, display_name?, tz?, deleted?, ...}: the profile changes; announced as user_change and user_profile_changed."""
    user = desk.world.user(str(body.get("user", "")))
    if user is None:
        raise Refusal(f"no user {body.get('user')!r} in this workspace")
    for key in _CHANGEABLE:
        if key in body:
            setattr(user, key, body[key])
    user.updated = int(desk.world.clock.now())
    shown = people.shape(user, desk.world.clock.now(), with_email=True)
    for kind in ("user_change", "user_profile_changed"):
        event = {"type": kind, "user": shown, "cache_ts": user.updated, "event_ts": desk.world.new_ts()}
        desk.world.announce(event)
    return {"user": shown}


def add_user(desk: Desk, body: Json) -> Json:
    """{name, real_name?, tz?, ...}: a new colleague; announced as team_join."""
    name = str(body["name"])
    if desk.world.user(name):
        raise Refusal(f"there is a {name} already")
    key = desk.world.ids.named("U", name)
    more = {k: body[k] for k in _ADDABLE if k in body and k != "name"}
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
    "delete_channel": delete_channel,
    "share_channel": share_channel,
    "change_user": change_user,
    "add_user": add_user,
    "change_team": change_team,
}
