"""The canvas that shows a post-mortem's document in Slack, as far as we know of it (R-29)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# Beneath what Slack allows for one table, header and the line under it included.
MOST_CELLS = 300
# 1 MiB is the most that Slack takes; it may count a little more than we do.
MOST_BYTES = 1024 * 1024 - 1024
# What Slack refused may have been mended by tomorrow; people who deleted a canvas twice do not want one.
AGAIN_AFTER = timedelta(days=1)
# An answer that was lost may belong to a request that is still on its way.
LATE = timedelta(minutes=5)
DELETED = "deleted_again"


class CanvasState(StrEnum):
    """There is none; one was asked for and nobody knows whether it came; it is there and empty; it holds the document; it has to
    be deleted, since what stood in it earlier is not to be read any more; or Slack refused."""

    NONE = "none"
    MAKING = "making"
    EMPTY = "empty"
    STANDING = "standing"
    LEAVING = "leaving"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class KeptCanvas:
    """`digest` is the SHA-256 of what stands in it, in hex. `since` is when the state began. `doubted` is when a request began whose answer
    was lost, until it was looked whether it left a second canvas. `deleted`: people deleted one. `refused` is Slack's name of the reason.
    """

    postmortem_id: str
    state: CanvasState
    since: datetime
    canvas_id: str | None = None
    digest: str | None = None
    permalink: str | None = None
    doubted: datetime | None = None
    deleted: bool = False
    refused: str | None = None

    @property
    def may_be_there(self) -> bool:
        """Whether there is anything in Slack, as far as we know."""
        return self.canvas_id is not None or self.doubted is not None or self.state is CanvasState.MAKING

    @property
    def link(self) -> str | None:
        """Where people read it; None while it does not hold the document."""
        return self.permalink if self.state is CanvasState.STANDING else None

    def rests(self, now: datetime) -> bool:
        """Whether a refusal still stands."""
        if self.state is not CanvasState.REFUSED:
            return False
        return self.refused == DELETED or now - self.since < AGAIN_AFTER


def title(name: str) -> str:
    """The canvas of a post-mortem of that name; nothing that people typed, and what it is found by."""
    return f"{name} post-mortem"
