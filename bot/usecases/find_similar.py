"""Earlier incidents like this one, for one reader: only those that this person may see anyway, each with a link."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain import search, similar
from bot.domain.earlier import Earlier
from bot.domain.policy import Policy
from bot.domain.postmortem import Postmortem
from bot.domain.status import Status
from bot.ports.store import Unit
from bot.usecases import overviews, visibility

# As far back as is looked; a team has a few dozen a year.
LOOKED = 500
CARD = "card"
_WRITTEN_IN = (Status.DRAFT, Status.IN_REVIEW)


@dataclass(frozen=True, slots=True)
class FindSimilar:
    """Finds them, as long as the post-mortem is being written. Reads only."""

    policy: Policy
    workspace_url: str

    def __call__(self, unit: Unit, record: Postmortem, user_id: str) -> tuple[Earlier, ...]:
        """At most three, the most alike first."""
        if record.status not in _WRITTEN_IN or not (record.services or similar.significant(record.subject)):
            return ()
        others = unit.search.records(record.team_id, limit=LOOKED)
        seen = visibility.eyes(unit, record.team_id, user_id).seen(others)
        tz = self.policy.calendar.tz
        return tuple(
            Earlier(match, search.day(match.record, tz), self._link(unit, match.record))
            for match in similar.similar(record, seen)
        )

    def _link(self, unit: Unit, record: Postmortem) -> str:
        """The page that people share, else the document, else the card in its channel; "" while there is none of them."""
        if record.page_url:
            return record.page_url
        document = overviews.document_link(unit, record.id)
        if document:
            return document
        card = unit.posts.get(record.id, CARD)
        if card is None or not self.workspace_url:
            return ""
        return f"{self.workspace_url}archives/{card.channel_id}/p{card.ts.replace('.', '')}"
