"""Earlier incidents that look like this one, so that somebody who begins to write knows where to look: a service in common
weighs most, then words in both titles, the more the rarer they are; the severity only decides between equals. Where little
is in common nothing is offered, since three wrong hints are worse than none."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.postmortem import Postmortem

MOST = 3
_SERVICE, _MORE_SERVICES, _WORD, _SEVERITY, _ENOUGH = 3.0, 1.0, 1.5, 0.5, 2.5
# A word in up to so many titles is as good as one in two of them.
_RARE = 3
_TOKEN = re.compile(r"[^\W_]+")
# Words of nearly every title: English, and of incidents.
_STOP_WORDS = """
    a about after again all an and any are as at back be because been before being by can cannot could did do does down during
    each error errors fail failed failing failure fails few for from had has have high in incident incidents into is issue
    issues it its more most new no not of off on one only or our out outage over problem problems return returned returning
    returns show showing shows some still than that the their them then there these they this to too under unavailable up very
    was we were when where which while who why will with without
"""
_STOP = frozenset(_STOP_WORDS.split())


@dataclass(frozen=True, slots=True)
class Match:
    """An earlier one and what both have, as people typed it in this one."""

    record: Postmortem
    services: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    severity: bool = False


def similar(record: Postmortem, others: Iterable[Postmortem]) -> tuple[Match, ...]:
    """At most three of the others that are older than this one, the most alike first, of equal ones the newest. Restricted
    ones are neither compared nor offered (R-63)."""
    open_to_all = [each for each in others if not each.restricted and each.id != record.id]
    if record.restricted:
        return ()
    rarity = _rarity([record, *open_to_all])
    scored = [
        (_score(match, rarity), match) for match in (_match(record, each) for each in _older(record, open_to_all))
    ]
    enough = [each for each in scored if each[0] >= _ENOUGH]
    enough.sort(key=lambda each: (-each[0], -_began(each[1].record), -each[1].record.number))
    return tuple(match for _, match in enough[:MOST])


def significant(title: str) -> dict[str, str]:
    """The words of a title that may tell one incident from another, by their folded form."""
    found = (each for each in _TOKEN.findall(title) if not each.isdigit())
    kept = {each.casefold(): each for each in found if len(each) > 2 or not each.isascii()}
    return {folded: word for folded, word in kept.items() if folded not in _STOP}


def _older(record: Postmortem, others: Sequence[Postmortem]) -> list[Postmortem]:
    return [each for each in others if each.number < record.number and _began(each) <= _began(record)]


def _began(record: Postmortem) -> float:
    return (record.times.started_at or record.created_at).timestamp()


def _match(record: Postmortem, other: Postmortem) -> Match:
    services, words = {each.casefold() for each in other.services}, significant(other.title)
    return Match(
        other,
        tuple(each for each in record.services if each.casefold() in services),
        tuple(word for folded, word in significant(record.title).items() if folded in words),
        record.severity is not None and record.severity == other.severity,
    )


def _rarity(records: Sequence[Postmortem]) -> dict[str, float]:
    """1 for a word in a few titles, down to 0 for one that is in all of them."""
    used = Counter(word for each in records for word in significant(each.title))
    most = max(_RARE + 1, len(records))
    return {word: 1 - max(0.0, math.log(times / _RARE) / math.log(most / _RARE)) for word, times in used.items()}


def _score(match: Match, rarity: dict[str, float]) -> float:
    services = _SERVICE + _MORE_SERVICES * (len(match.services) - 1) if match.services else 0.0
    words = sum(_WORD * rarity[word.casefold()] for word in match.words)
    return services + words + _SEVERITY * match.severity
