"""The memory of reports that were handed out as files, so that one request is one file whatever fails."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.postmortem import DocumentFile


class ReportFiles(Protocol):
    """Files by the request that they answer; in `DocumentFile.postmortem_id` stands that request."""

    def of(self, asked: str) -> Sequence[DocumentFile]:
        """All uploads of a request, oldest first."""
        ...

    def put(self, team_id: str, file: DocumentFile) -> None:
        """Insert or update by file id."""
        ...

    def purge(self, before: datetime) -> int:
        """Forget those reserved before that; returns how many."""
        ...
