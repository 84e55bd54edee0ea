"""Looking for words in everything that was written, beside the ports of `bot.ports.store`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.domain.postmortem import Postmortem
from bot.domain.search import Passage


class Search(Protocol):
    """Questions over the words of many records."""

    def records(self, team_id: str, *, limit: int | None = None) -> Sequence[Postmortem]:
        """All records whatever their status, the newest number first."""
        ...

    def with_word(self, team_id: str, word: str) -> frozenset[str]:
        """Ids of the records in which the word occurs, whatever its case: title, services, sections, the timeline as it
        stands, queries, action items, the message to customers."""
        ...

    def passages(self, ids: Sequence[str], word: str) -> Mapping[str, Sequence[Passage]]:
        """Where the word occurs in these few records, by record; titles and services are left out."""
        ...
