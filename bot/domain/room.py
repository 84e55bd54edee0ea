"""Why nothing can be written to an incident's channel for now: it was archived or deleted, or the bot was taken out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class How(StrEnum):
    """What happened to the channel, the graver the later."""

    ARCHIVED = "archived"
    LEFT = "left"
    DELETED = "deleted"


# What was written there can still be read while it is archived.
UNREADABLE = frozenset({How.LEFT, How.DELETED})
UNREAD = {
    How.LEFT: "I was taken out of the channel: type `/invite @postmortem` there, and I read on by myself.",
    How.DELETED: "The channel was deleted, so there is nothing more to be read.",
}
_GRAVER = list(How)


@dataclass(frozen=True, slots=True)
class Closed:
    """A channel that cannot be written to since `at` (aware UTC); `by` is who did it, where Slack said so."""

    team_id: str
    channel_id: str
    how: How
    at: datetime
    by: str | None = None

    @property
    def unreadable(self) -> bool:
        """Whether nothing can be read there either."""
        return self.how in UNREADABLE

    def gives_way(self, how: How) -> bool:
        """Whether what happened now is graver than this."""
        return _GRAVER.index(how) > _GRAVER.index(self.how)
