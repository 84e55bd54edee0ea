"""Channels, private channels and direct messages, and how the API describes them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sandbox.spec.types import Json
from sandbox.world.messages import Messages

LONGEST_NAME = 80
_NAME = re.compile(r"[^\sA-Z!\"$%&'()*+,./:;<=>?@\[\\\]^`{|}~#]+")


@dataclass
class Channel:
    """A conversation; `kind` is public, private, im or mpim; `members` keeps the order of joining."""

    id: str
    name: str
    kind: str
    creator: str = ""
    created: int = 0
    members: list[str] = field(default_factory=list)
    archived: bool = False
    general: bool = False
    ext_shared: bool = False
    topic: Json = field(default_factory=lambda: {"value": "", "creator": "", "last_set": 0})
    purpose: Json = field(default_factory=lambda: {"value": "", "creator": "", "last_set": 0})
    previous_names: list[str] = field(default_factory=list)
    messages: Messages = field(default_factory=Messages)
    ephemerals: list[Json] = field(default_factory=list)
    pins: list[Json] = field(default_factory=list)
    bookmarks: list[Json] = field(default_factory=list)
    tabs: list[Json] = field(default_factory=list)
    closed: bool = False

    @property
    def direct(self) -> bool:
        """True for a conversation between people rather than a channel with a name."""
        return self.kind in ("im", "mpim")


def is_name(name: str) -> bool:
    """True for what a channel may be called: small letters of any script, digits, - and _, 80 characters at most."""
    return len(name) <= LONGEST_NAME and bool(_NAME.fullmatch(name))


def shape(channel: Channel, team_id: str, viewer: str) -> Json:
    """The channel object of conversations.info and conversations.list, as `viewer` (a user id) gets it."""
    return _direct(channel, team_id, viewer) if channel.kind == "im" else _named(channel, team_id, viewer)


def _direct(channel: Channel, team_id: str, viewer: str) -> Json:
    other = next((member for member in channel.members if member != viewer), viewer)
    return {
        "id": channel.id,
        "created": channel.created,
        "is_archived": channel.archived,
        "is_im": True,
        "is_org_shared": False,
        "context_team_id": team_id,
        "updated": channel.created * 1000,
        "user": other,
        "is_user_deleted": False,
        "is_open": not channel.closed,
        "priority": 0,
        **_properties(channel),
    }


def _named(channel: Channel, team_id: str, viewer: str) -> Json:
    return {
        "id": channel.id,
        "name": channel.name,
        "is_channel": channel.kind == "public",
        "is_group": channel.kind == "private",
        "is_im": False,
        "is_mpim": channel.kind == "mpim",
        "is_private": channel.kind != "public",
        "created": channel.created,
        "is_archived": channel.archived,
        "is_general": channel.general,
        "unlinked": 0,
        "name_normalized": channel.name,
        "is_shared": channel.ext_shared,
        "is_org_shared": False,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "context_team_id": team_id,
        "updated": channel.created * 1000,
        "parent_conversation": None,
        "creator": channel.creator,
        "is_ext_shared": channel.ext_shared,
        "shared_team_ids": [team_id],
        "pending_connected_team_ids": [],
        "is_member": viewer in channel.members,
        "topic": dict(channel.topic),
        "purpose": dict(channel.purpose),
        "previous_names": list(channel.previous_names),
        **_properties(channel),
    }


def _properties(channel: Channel) -> Json:
    """The canvases that are tabs of the channel, and the one that is its own."""
    if not channel.tabs:
        return {}
    shown: Json = {"tabs": [{**tab, "data": dict(tab["data"])} for tab in channel.tabs]}
    own = next((tab["data"]["file_id"] for tab in channel.tabs if tab["type"] == "channel_canvas"), None)
    if own:
        shown["canvas"] = {"file_id": own, "is_empty": False, "quip_thread_id": own}
    return {"properties": shown}
