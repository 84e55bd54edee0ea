"""Earlier and open post-mortems found again, by words and filters: only those that the reader may see, and nobody learns from
a number that there are others (R-63)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain import search
from bot.domain.found import Hit, Results
from bot.domain.policy import Policy
from bot.domain.postmortem import Postmortem
from bot.domain.search import Query
from bot.domain.status import Status
from bot.ports.store import Unit
from bot.usecases import visibility

SIZE = 8
_MOST_PASSAGES = 2


@dataclass(frozen=True, slots=True)
class FindRecords:
    """Finds them. Reads only."""

    policy: Policy

    def __call__(self, unit: Unit, team_id: str, user_id: str, query: Query, number: int = 0) -> Results:
        """One page for this person, the newest first, and before them the one whose number was typed."""
        tz = self.policy.calendar.tz
        records = unit.search.records(team_id, among=self._with_words(unit, team_id, query))
        over = self._over(unit, team_id, records)
        found = [each for each in records if search.fits(query, each, tz, over=each.id in over)]
        seen = visibility.eyes(unit, team_id, user_id).seen(found)
        ordered = sorted(seen, key=lambda each: not any(search.is_named(each, word) for word in query.words))
        last = max(0, (len(ordered) - 1) // SIZE)
        number = max(0, min(number, last))
        shown = ordered[number * SIZE : (number + 1) * SIZE]
        return Results(self._hits(unit, shown, query, tz), number, last + 1, len(ordered))

    @staticmethod
    def _over(unit: Unit, team_id: str, records: Sequence[Postmortem]) -> frozenset[str]:
        """Ids of those that were merged into one that is Closed, or is not there any more."""
        parts = [(each.id, each.merged.record_id) for each in records if each.merged is not None]
        primaries = unit.search.records(team_id, among={into for _, into in parts}) if parts else ()
        open_ones = {each.id for each in primaries if each.status is not Status.CLOSED}
        return frozenset(part for part, into in parts if into not in open_ones)

    @staticmethod
    def _with_words(unit: Unit, team_id: str, query: Query) -> frozenset[str] | None:
        """Ids of the records with every word; None where no word is asked for. The longest word leaves the fewest."""
        left: frozenset[str] | None = None
        for word in sorted(query.words, key=len, reverse=True):
            if left is not None and not left:
                break
            ids, number = unit.search.with_word(team_id, word, left), search.number(word)
            named = unit.search.numbered(team_id, number) if number is not None else frozenset()
            left = ids | (named if left is None else named & left)
        return left

    @staticmethod
    def _hits(unit: Unit, shown: Sequence[Postmortem], query: Query, tz: str) -> list[Hit]:
        """Of a restricted one nothing that was written is shown outside of it."""
        ids = [each.id for each in shown if not each.restricted]
        places = {word: unit.search.passages(ids, word) for word in query.words} if ids else {}
        hits = []
        for each in shown:
            asked = [word for word in query.words if not search.in_sight(each, word)]
            first = [(word, places[word][each.id][0]) for word in asked if places.get(word, {}).get(each.id)]
            hits.append(Hit(each, search.day(each, tz), tuple(first[:_MOST_PASSAGES])))
        return hits
