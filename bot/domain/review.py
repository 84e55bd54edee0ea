"""The review before the meeting: what readers answered to the review post, each note open until the owner has dealt with
it (R-40, R-41)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class NoteState(StrEnum):
    """A note is open until somebody ticks it off."""

    OPEN = "open"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Note:
    """What one reader said: a reply in the thread of the review post, or a comment typed into the form (`ts` None)."""

    id: str
    postmortem_id: str
    user_id: str
    text: str
    at: datetime
    channel_id: str = ""
    ts: str | None = None
    state: NoteState = NoteState.OPEN
    done_by: str | None = None
    done_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether nobody has ticked it off."""
        return self.state is NoteState.OPEN


@dataclass(frozen=True, slots=True)
class Approval:
    """A reader is content with the post-mortem as it stood at `version`."""

    postmortem_id: str
    user_id: str
    at: datetime
