"""What stands in for a tracker where none is configured: every question is answered with how things are, and nothing is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NoReturn

from bot.domain.ticket_labels import Change
from bot.domain.tickets import FieldNeed, Ticket, TicketDraft, TicketForm
from bot.ports.errors import IntegrationError

NONE = "No tracker is set up: the action items stand in the document. An administrator sets JIRA_URL for tickets."


class ConsoleTracker:
    """bot.ports.tracker.Tracker without one."""

    @property
    def configured(self) -> bool:
        """There is none."""
        return False

    def create(self, draft: TicketDraft) -> Ticket:
        """Refused."""
        _none()

    def find(self, label: str) -> Sequence[Ticket]:
        """Nothing was ever made."""
        return []

    def read(self, key: str) -> Ticket | None:
        """There is none."""
        return None

    def standing(self, keys: Sequence[str]) -> Mapping[str, Ticket]:
        """None."""
        return {}

    def relabel(self, key: str, change: Change) -> None:
        """Refused."""
        _none()

    def link_back(self, key: str, address: str, title: str, identity: str) -> None:
        """Refused."""
        _none()

    def unlink(self, key: str, identity: str) -> None:
        """Refused."""
        _none()

    def form(self, project: str, issue_type: str, *, anew: bool = False) -> TicketForm:
        """Refused."""
        _none()

    def needs(self, draft: TicketDraft) -> Sequence[FieldNeed]:
        """Refused."""
        _none()


def _none() -> NoReturn:
    raise IntegrationError(NONE, name="no_tracker", retryable=False)
