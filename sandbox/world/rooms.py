"""What can happen to a channel as a whole: made, renamed, put away and brought back. Each changes the state and announces it."""

from __future__ import annotations

from typing import Any

from sandbox.spec.types import Json
from sandbox.world import posting
from sandbox.world.channels import Channel
from sandbox.world.workspace import World


def create(world: World, name: str, creator: str, *, private: bool, members: list[str] | None = None) -> Channel:
    """A new channel with its creator in it, announced as channel_created when it is a public one."""
    key, kind = world.ids.named("C", name), "private" if private else "public"
    everybody = list(dict.fromkeys([creator, *(members or [])]))
    channel = Channel(key, name, kind, creator=creator, created=int(world.clock.now()), members=everybody)
    world.channels[key] = channel
    if private:
        world.announce({"type": "sandbox.workspace"})
        return channel
    row = {"id": key, "name": name, "created": channel.created, "creator": creator}
    world.announce({"type": "channel_created", "channel": row, "event_ts": world.new_ts()}, channel)
    return channel


def rename(world: World, channel: Channel, name: str, user: str) -> None:
    """Another name, with the line about it."""
    old, channel.name = channel.name, name
    channel.previous_names.append(old)
    text = f'has renamed the channel from "{old}" to "{name}"'
    posting.post(world, channel, {"subtype": "channel_name", "user": user, "old_name": old, "name": name, "text": text})
    row = {"id": channel.id, "name": name, "created": channel.created}
    _about(world, channel, "rename", row)


def archive(world: World, channel: Channel, user: str) -> None:
    """Put a channel away, with the line about it."""
    text = f"<@{user}> archived the channel"
    posting.post(world, channel, {"subtype": "channel_archive", "user": user, "text": text, "members": channel.members})
    channel.archived = True
    _about(world, channel, "archive", channel.id, user=user)


def unarchive(world: World, channel: Channel, user: str) -> None:
    """Bring a channel back, with the line about it."""
    channel.archived = False
    text = f"<@{user}> un-archived the channel"
    posting.post(world, channel, {"subtype": "channel_unarchive", "user": user, "text": text})
    _about(world, channel, "unarchive", channel.id, user=user)


def delete(world: World, channel: Channel) -> None:
    """An administrator deletes a channel for good: nobody finds it, or what was written there, any more."""
    _about(world, channel, "deleted", channel.id)
    del world.channels[channel.id]


def share(world: World, channel: Channel) -> str:
    """Share a channel with another organisation: it has another id from now on, and everything else as before."""
    before, after = channel.id, world.ids.named("C", f"{channel.name} shared")
    del world.channels[before]
    channel.id, channel.ext_shared = after, True
    world.channels[after] = channel
    event = {"type": "channel_id_changed", "old_channel_id": before, "new_channel_id": after}
    world.announce({**event, "event_ts": world.new_ts()}, channel)
    return after


def _about(world: World, channel: Channel, what: str, row: Json | str, **more: Any) -> None:
    prefix = "channel" if channel.kind == "public" else "group"
    event = {"type": f"{prefix}_{what}", "channel": row, "event_ts": world.new_ts(), **more}
    world.announce(event, channel)
