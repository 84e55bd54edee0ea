"""Lists at the end say once more what was proposed before: "ok so what I have: - restart alert, Kuba - credits, Marek". Such an entry and
the proposal are one follow-up. The proposal stands, where it was first said, with whose it is and until when."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.harvest import marked, names, own_work
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
    listed = {place for place, each in enumerate(standing) if _is_listed(each, notes[each.ts], ctx)}
    entries = Counter(standing[place].ts for place in listed)
    said = [_things(each, notes[each.ts], ctx) for each in standing]
    rare = _rareness(said)
    kept, gone = dict[int, TodoFinding](), list[Fate]()
    for place, each in enumerate(standing):
        is_one = place in listed and entries[each.ts] >= _ENTRIES
        first = _first(place, standing, kept, said, rare) if is_one else None
        if first is None:
            kept[place] = each
            continue
        stands = kept[first]
        kept[first] = _with(stands, each)
        gone.append(Fate(each, Outcome.said_again, stands.ts, stands.rule))
    return list(kept.values()), gone


def _is_listed(each: TodoFinding, note: Note, ctx: Context) -> bool:
    """Whether it may be an entry of a list: nobody marked it itself, but perhaps what stands above it."""
    if each.confidence is not Confidence.A:
        return True
    line = next((line for line in note.lines if line.number == each.line), None)
    return note.human and line is not None and not line.open_box and not marked.read(line, ctx.directory.knows)


def _with(stands: TodoFinding, entry: TodoFinding) -> TodoFinding:
    """A proposal with whose it is and until when by an entry that says it over again, as sure as that is."""
    sure = min(stands.confidence, entry.confidence)
    return replace(stands, assignee=stands.assignee or entry.assignee, due=stands.due or entry.due, confidence=sure)


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
    if best is None or not whole or shares[best] < _SHARE * whole:
        return None
    # What stands below a heading is sure, and so only gone where the other says all of it.
    return best if standing[place].confidence is not Confidence.A or said[place] <= said[best] else None
