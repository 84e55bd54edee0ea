"""Wherever the document is published as a page (R-29), and what is kept of each page. Nothing is ever retried behind this port: an
`IntegrationError` says whether the act may have taken place, and every act here may be done again."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Protocol

from bot.domain.wiki import KeptPage, PageDraft, PageState
from bot.ports.errors import IntegrationError


class PageAway(IntegrationError):
    """People archived the page, put it into the trash or deleted it: nothing was written."""

    def __init__(self, message: str, state: PageState) -> None:
        super().__init__(message, name=f"page_{state.value}", retryable=False)
        self.state = state


@dataclass(frozen=True, slots=True)
class Merging:
    """From what stands on a page to what shall stand there: with our parts as they are now, or without them. What people wrote stays.
    Raises `IntegrationError` where that cannot be told."""

    written: Callable[[str], str]
    emptied: Callable[[str], str]


class Publisher(Protocol):
    """Raises `IntegrationError` or `RateLimited`."""

    @property
    def configured(self) -> bool:
        """Whether there is a wiki at all; without one every call is refused in a plain sentence."""
        ...

    def find(self, draft: PageDraft, left: Collection[str] = ()) -> str | None:
        """The id of the page that is this post-mortem's already, whatever became of it; never one of those that were `left`."""
        ...

    def create(self, draft: PageDraft, left: Collection[str] = ()) -> str:
        """An empty page under the title of its birth, of a restricted one for nobody but us; the one that stands where the wiki says that
        it has it already."""
        ...

    def address(self, page_id: str) -> str:
        """Where people read it; it tells nothing of what the page says."""
        ...

    def write(self, page_id: str, draft: PageDraft, kept: KeptPage, merging: Merging) -> None:
        """Labels, title and our parts as they are now. Of one that is closed others are kept out first; where that is refused the page is
        emptied. Raises `PageAway`."""
        ...

    def open(self, page_id: str) -> None:
        """Whoever may read the space may read what we closed."""
        ...

    def shut(self, page_id: str, draft: PageDraft, kept: KeptPage, merging: Merging) -> None:
        """Nobody but us may read it any more, and nothing of ours stands on it; also where it is gone. Raises `PageAway`."""
        ...


class WikiPages(Protocol):
    """What is kept of pages."""

    def get(self, postmortem_id: str, *, lock: bool = False) -> KeptPage | None:
        """That of a record."""
        ...

    def put(self, kept: KeptPage) -> None:
        """Insert or replace it."""
        ...
