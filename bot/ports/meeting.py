"""The memory of who meets: the directory of services, whom people added or left out, and the uploaded invitations."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from bot.domain.invitees import Change
from bot.domain.postmortem import DocumentFile
from bot.domain.services import Service, ServiceChange


class Services(Protocol):
    """The directory of services of a workspace."""

    def all(self, team_id: str) -> Sequence[Service]:
        """The whole directory, by name."""
        ...

    def some(self, team_id: str, keys: Collection[str]) -> Mapping[str, Service]:
        """Those of them that are there, by key."""
        ...

    def put(self, service: Service) -> None:
        """Insert or replace by its key."""
        ...

    def remove(self, team_id: str, key: str) -> None:
        """Take it out."""
        ...

    def note(self, change: ServiceChange) -> None:
        """Append to the history."""
        ...

    def history(self, team_id: str, key: str, *, limit: int) -> Sequence[ServiceChange]:
        """What was changed about one service, the newest first."""
        ...


class Invitations(Protocol):
    """Who is invited to one meeting, beside those who are by their roles; and its calendar files."""

    def changes(self, postmortem_id: str) -> Sequence[Change]:
        """Whom people added or left out, in order."""
        ...

    def replace(self, postmortem_id: str, changes: Sequence[Change]) -> None:
        """These are the decisions now."""
        ...

    def files(self, postmortem_id: str) -> Sequence[DocumentFile]:
        """All uploaded invitations, oldest first."""
        ...

    def put_file(self, file: DocumentFile) -> None:
        """Insert or update by file id."""
        ...
