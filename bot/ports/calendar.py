"""Wherever meetings are kept beside Slack (R-13). An event has one identity for ever: publishing it again moves it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.domain.invitation import Event
from bot.domain.postmortem import DocumentFile


class Trail(Protocol):
    """Where the event is handed over, and which files of it were before: kept step by step, so that what became of a lost
    answer can be looked up before anything is done twice."""

    @property
    def channel(self) -> str: ...
    @property
    def thread_ts(self) -> str: ...

    def files(self) -> Sequence[DocumentFile]:
        """Every file so far, oldest first."""
        ...

    def keep(self, file: DocumentFile) -> None:
        """Remember this step."""
        ...


class Calendar(Protocol):
    """Raises `IntegrationError` or `RateLimited`."""

    def publish(self, event: Event, trail: Trail) -> str:
        """The event stands at this time with these people; nothing happens where it does already. Returns what names the
        version that people see."""
        ...

    def withdraw(self, event: Event, trail: Trail) -> str:
        """It does not take place; the same."""
        ...
