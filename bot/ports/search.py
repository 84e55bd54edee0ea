"""Looking for words in everything that was written, beside the ports of `bot.ports.store`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from bot.domain.postmortem import Postmortem
from bot.domain.search import Passage


class Search(Protocol):
    """Questions over the words of many records."""

    def records(
        self, team_id: str, *, limit: int | None = None, among: Collection[str] | None = None
    ) -> Sequence[Postmortem]:
        """All records whatever their status, or those among these, the newest number first."""
        ...

    def numbered(self, team_id: str, number: int) -> frozenset[str]:
        """The id of the record with this number, if there is one."""
        ...

    def with_word(self, team_id: str, word: str, among: Collection[str] | None = None) -> frozenset[str]:
        """Ids of the records in which the word occurs, of all or among these, whatever its case: title, services, sections,
        the timeline as it stands, queries, action items, the message to customers."""
        ...

    def passages(self, ids: Sequence[str], word: str) -> Mapping[str, Sequence[Passage]]:
        """Where the word occurs in these few records, by record; titles and services are left out."""
        ...
