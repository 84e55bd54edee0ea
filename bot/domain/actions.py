"""What is to be done about an incident: each TODO of the chat is decided on once, by a person (R-30, R-34, R-35)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Decision(StrEnum):
    """What becomes of a TODO. A topic for discussion is not decided yet: it blocks Close (R-35)."""

    TICKET = "ticket"
    DISCUSS = "discuss"
    DONE = "done"
    WONT_DO = "wont_do"


@dataclass(frozen=True, slots=True)
class ActionItem:
    """One TODO that somebody decided on, or an action item added by hand. `ticket` is the address of the ticket;
    `reason` says why it will not be done. `ts`, `line` name the message it comes from, when it comes from one.
    """

    id: str
    postmortem_id: str
    text: str
    decision: Decision
    by: str
    at: datetime
    reason: str = ""
    ticket: str = ""
    assignee: str | None = None
    ts: str | None = None
    line: int | None = None
    version: int = 1

    @property
    def undecided(self) -> bool:
        """R-35: what is still to be discussed stands in the way of Closed."""
        return self.decision is Decision.DISCUSS
