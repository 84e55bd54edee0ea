"""Who may see and enter what: members go into public channels by themselves, guests and strangers only where they were put."""

from __future__ import annotations

from sandbox.world.channels import Channel
from sandbox.world.users import User
from sandbox.world.workspace import World


def is_bound(user: User) -> bool:
    """True for guests and for strangers, who know of no channel that they are not in."""
    return user.is_restricted or user.is_ultra_restricted or user.is_stranger


def sees(user: User, channel: Channel) -> bool:
    """True for somebody who may look into a conversation."""
    return user.id in channel.members or (channel.kind == "public" and not is_bound(user))


def elsewhere(world: World, user: User) -> bool:
    """True for a guest of one channel who is in one already."""
    rooms = (channel for channel in world.channels.values() if not channel.direct and not channel.archived)
    return user.is_ultra_restricted and any(user.id in channel.members for channel in rooms)


def barred(world: World, user: User, channel: Channel, *, invited: bool) -> str:
    """Why somebody cannot be in a channel, as a sentence; empty when they can. A shared channel is one of the strangers' own, too."""
    if user.is_stranger and not channel.ext_shared:
        return f"{user.name} is of another workspace and #{channel.name} is not shared"
    if elsewhere(world, user):
        return f"{user.name} is a guest of a single channel and in one already"
    if is_bound(user) and not user.is_stranger and not invited:
        return f"{user.name} is a guest and joins no channel alone; name an inviter"
    return ""
