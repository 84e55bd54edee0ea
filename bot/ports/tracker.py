"""Wherever tickets are kept (R-31, R-32). Nothing is ever retried behind this port: an `IntegrationError` says whether the act may have
taken place (`unknown`), and then it is looked for by its label before anything is tried again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.domain.ticket_labels import Change
from bot.domain.tickets import FieldNeed, Ticket, TicketDraft, TicketForm
from bot.ports.errors import IntegrationError


class FieldsNeeded(IntegrationError):
    """The tracker's form wants more than we filled in: a person is asked. Nothing was made."""

    def __init__(self, message: str, needs: Sequence[FieldNeed]) -> None:
        super().__init__(message, name="fields_needed", retryable=False)
        self.needs = tuple(needs)


class Tracker(Protocol):
    """Raises `IntegrationError` or `RateLimited`."""

    @property
    def configured(self) -> bool:
        """Whether there is a tracker at all; without one every call is refused in a plain sentence."""
        ...

    def create(self, draft: TicketDraft) -> Ticket:
        """Make one; its labels are those of the draft. What the form has no place for is left out and named, but never the labels."""
        ...

    def find(self, label: str) -> Sequence[Ticket]:
        """Those with this label, oldest first. What was just made may be missing for minutes."""
        ...

    def read(self, key: str) -> Ticket | None:
        """One as it stands now; None when there is none of this key, or we may not see it."""
        ...

    def standing(self, keys: Sequence[str]) -> Mapping[str, Ticket]:
        """Fifty at most, by the search, which may be some time behind. Of those that are missing in it nothing is known: they may
        be gone, moved, or new; `read` tells."""
        ...

    def relabel(self, key: str, change: Change) -> None:
        """Take labels off and put others on; those of people stay. Doing it twice changes nothing."""
        ...

    def link_back(self, key: str, address: str, title: str, identity: str) -> None:
        """The ticket leads back to us; once for an identity, however often it is done."""
        ...

    def unlink(self, key: str, identity: str) -> None:
        """It does not lead back to us any more under this identity; also where it never did, or is gone."""
        ...

    def form(self, project: str, issue_type: str, *, anew: bool = False) -> TicketForm:
        """What the form for making such a ticket has; `anew` takes none that is remembered."""
        ...

    def needs(self, draft: TicketDraft) -> Sequence[FieldNeed]:
        """What the form wants beyond this draft; nothing is made."""
        ...
