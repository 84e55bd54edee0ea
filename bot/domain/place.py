"""What is known of an incident's channel: whether everybody may see it, and who is in it. A private channel's post-mortem
is for its members alone, so who they are is kept, and in doubt nobody is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel as last read at `read_at` (aware UTC). `shared` is true with people of other organisations in it.

    `members` are only known of private channels: of public ones everybody may become one.
    """

    team_id: str
    channel_id: str
    name: str
    private: bool
    shared: bool
    read_at: datetime
    members: frozenset[str] = frozenset()


def may_look(channel: Channel | None, user_id: str, *, guest: bool) -> bool:
    """Whether somebody may see what belongs to the channel: members of a private one; of a public one everybody who is
    not a guest. A channel of which nothing is known yet is nobody's."""
    if channel is None:
        return False
    return user_id in channel.members if channel.private else not guest
