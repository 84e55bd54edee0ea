"""What stands in for a wiki where none is configured: no page is made, and the document is the file in the card's thread."""

from __future__ import annotations

from collections.abc import Collection
from typing import NoReturn

from bot.domain.wiki import KeptPage, PageDraft
from bot.ports.errors import IntegrationError
from bot.ports.publisher import Merging

NONE = "No wiki is set up: the document stands in the card's thread. An administrator sets CONFLUENCE_URL for a page."


class ConsolePublisher:
    """bot.ports.publisher.Publisher without one."""

    @property
    def configured(self) -> bool:
        """There is none."""
        return False

    def find(self, draft: PageDraft, left: Collection[str] = ()) -> str | None:
        """Nothing was ever made."""
        return None

    def create(self, draft: PageDraft, left: Collection[str] = ()) -> str:
        """Refused."""
        _none()

    def address(self, page_id: str) -> str:
        """There is none."""
        return ""

    def write(self, page_id: str, draft: PageDraft, kept: KeptPage, merging: Merging) -> None:
        """Refused."""
        _none()

    def open(self, page_id: str) -> None:
        """Nothing was ever closed."""

    def shut(self, page_id: str, draft: PageDraft, kept: KeptPage, merging: Merging) -> None:
        """Nothing ever stood anywhere."""


def _none() -> NoReturn:
    raise IntegrationError(NONE, name="no_wiki", retryable=False)
