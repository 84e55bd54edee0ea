"""The memory of files beside the document: it in another format, and pictures in the threads of posts; one of a kind can be seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.domain.postmortem import DocumentFile


class RecordFiles(Protocol):
    """Files by their record and by what they are: `html`, or the name of the post that a picture belongs to."""

    def of(self, postmortem_id: str, what: str) -> Sequence[DocumentFile]:
        """All uploads of that, oldest first."""
        ...

    def whats(self, postmortem_id: str) -> frozenset[str]:
        """Of what there is a file that people can see, or one on its way."""
        ...

    def put(self, what: str, file: DocumentFile) -> None:
        """Insert or update by file id."""
        ...

    def removed(self, file_id: str) -> None:
        """It is gone from Slack."""
        ...
