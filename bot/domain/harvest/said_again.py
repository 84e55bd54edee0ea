"""Lists at the end say once more what was proposed before: "ok so what I have: - restart alert, Kuba - credits, Marek". Such an entry and
the proposal are one follow-up. The proposal stands, where it was first said, with whose it is and until when."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.harvest import names, own_work
from bot.domain.harvest.fate import Fate, Outcome
from bot.domain.harvest.finding import Confidence, TodoFinding
from bot.domain.harvest.note import Context, Note

_ENTRIES = 2  # of one message, from which on it is a list
_SHARE = 0.4
_Things = frozenset[str]


def folded(
    standing: Sequence[TodoFinding], notes: Mapping[str, Note], ctx: Context
) -> tuple[list[TodoFinding], list[Fate]]:
    """Those that stand without the entries of lists that say another over again, and what became of these."""
    entries = Counter(each.ts for each in standing if each.confidence is not Confidence.A)
    said = [_things(each, notes[each.ts], ctx) for each in standing]
    rare = _rareness(said)
    kept, gone = dict[int, TodoFinding](), list[Fate]()
    for place, each in enumerate(standing):
        is_listed = entries[each.ts] >= _ENTRIES and each.confidence is not Confidence.A
        first = _first(place, standing, kept, said, rare) if is_listed else None
        if first is None:
            kept[place] = each
            continue
        stands = kept[first]
        kept[first] = replace(stands, assignee=stands.assignee or each.assignee, due=stands.due or each.due)
        gone.append(Fate(each, Outcome.said_again, stands.ts, stands.rule))
    return list(kept.values()), gone


def _things(each: TodoFinding, note: Note, ctx: Context) -> _Things:
    return own_work.things(own_work.beside_day(names.without(each.whole(), note, ctx)))


def _rareness(said: Sequence[_Things]) -> Mapping[str, float]:
    """How much a thing says: the less, the more follow-ups speak of it."""
    many = Counter(thing for each in said for thing in each)
    return {thing: math.log1p(len(said) / count) for thing, count in many.items()}


def _first(
    place: int,
    standing: Sequence[TodoFinding],
    kept: Mapping[int, TodoFinding],
    said: Sequence[_Things],
    rare: Mapping[str, float],
) -> int | None:
    """The place of the earlier follow-up that says most of what one says, if that is enough."""
    whole = math.fsum(rare[thing] for thing in said[place])
    shares = {
        other: math.fsum(rare[thing] for thing in said[place] & said[other])
        for other in kept
        if standing[other].ts != standing[place].ts
    }
    best = max(shares, key=lambda other: (shares[other], other), default=None)
    return best if best is not None and whole and shares[best] >= _SHARE * whole else None
