"""The memory of who was asked what about a post-mortem, and who wants to hear of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.domain.line_checks import LineCheck
from bot.domain.questions import Question
from bot.domain.watching import Watcher


class Questions(Protocol):
    """Questions to single people (R-08)."""

    def all(self, postmortem_id: str) -> Sequence[Question]:
        """All questions of a record, the oldest first."""
        ...

    def get(self, question_id: str) -> Question | None:
        """One question."""
        ...

    def waiting_for(self, team_id: str, user_id: str) -> Sequence[Question]:
        """Open questions to this person, of any record of the workspace."""
        ...

    def put(self, question: Question) -> None:
        """Insert or replace by id."""
        ...


class Watchers(Protocol):
    """Who wants to hear of every change (R-08)."""

    def all(self, postmortem_id: str) -> Sequence[Watcher]:
        """Everybody who watches, first come first."""
        ...

    def put(self, watcher: Watcher) -> None:
        """Insert or replace."""
        ...

    def remove(self, postmortem_id: str, user_id: str) -> bool:
        """Not any more; False when they did not watch."""
        ...


class LineChecks(Protocol):
    """Who was asked to confirm the lines that come from their messages (X-8)."""

    def all(self, postmortem_id: str) -> Sequence[LineCheck]:
        """Everybody who was asked, by when."""
        ...

    def put(self, check: LineCheck) -> None:
        """Insert or replace by person."""
        ...
