"""What is to be done about an incident: each TODO of the chat is decided on once, by a person (R-30, R-34, R-35)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain import details, errors


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


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody chose for one TODO: `ticket` is an address, `reason` a sentence, `assignee` a user id or a name."""

    decision: Decision
    ticket: str = ""
    reason: str = ""
    assignee: str | None = None


def choose(decision: Decision, said: str, assignee: str | None = None) -> Choice:
    """The choice with what was typed beside it: for a ticket its address, else a reason. Raises BadInput for a ticket
    without an address, and for what will not be done without a reason (R-30)."""
    words = said.strip()
    if decision is Decision.TICKET:
        if not details.is_web_address(words):
            why = "Paste the ticket's address here: it begins with https:// or http://."
            raise errors.bad_input("no_ticket", why)
        return Choice(decision, ticket=words, assignee=assignee)
    if decision is Decision.WONT_DO and not words:
        raise errors.bad_input("no_reason", "Say why it will not be done: the reason is worth as much as a ticket.")
    return Choice(decision, reason=words, assignee=assignee)


LABELS = {
    Decision.TICKET: "Ticket",
    Decision.DISCUSS: "Topic for discussion",
    Decision.DONE: "Already done",
    Decision.WONT_DO: "Won't do",
}
