"""Lists at the end say once more what was proposed before: "ok so what I have: - restart alert, Kuba - credits, Marek". Such an entry and
the proposal are one follow-up. The proposal stands, where it was first said, with whose it is and until when."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from bot.domain.harvest import marked, recap
from bot.domain.harvest.fate import Fate, Outcome
from bot.domain.harvest.finding import Confidence, TodoFinding
from bot.domain.harvest.likeness import things
from bot.domain.harvest.note import Context, Note

_ENTRIES = 2  # of one message, from which on it is a list
_SHARE, _SAME = 0.4, 0.2
_MUCH, _MOST = 3, 0.6
_Things = frozenset[str]


def folded(
    standing: Sequence[TodoFinding], notes: Mapping[str, Note], ctx: Context, taken: Iterable[Fate] = ()
) -> tuple[list[TodoFinding], list[Fate]]:
    """Those that stand without the entries of lists that say another over again, and what became of these. `taken`: the answers that took
    one on, whose words are of it as well."""
    listed = {place for place, each in enumerate(standing) if is_listed(each, notes[each.ts], ctx)}
    entries = Counter(standing[place].ts for place in listed)
    said = [things(each, notes[each.ts], ctx) for each in standing]
    more = _of_answers(taken, standing, notes, ctx)
    rare = _rareness(said)
    kept, gone = dict[int, TodoFinding](), list[Fate]()
    told = set[tuple[int, str]]()  # a list says each once
    for place, each in enumerate(standing):
        listed_here = recap.parts(each, notes[each.ts])
        known = {other: said[other] | more[other] for other in kept} if listed_here else {}
        if again := recap.read(listed_here, notes[each.ts], known, ctx):
            gone.append(_given(again, each, kept))
            if again.new:
                kept[place] = replace(each, text=again.new, detail="", assignee=again.who, confidence=Confidence.C)
            continue
        first = None
        if place in listed and entries[each.ts] >= _ENTRIES:
            free = {other: one for other, one in kept.items() if one.ts != each.ts and (other, each.ts) not in told}
            first = _first(each, said[place], free, [said[at] | more[at] for at in free], rare)
        if first is None:
            kept[place] = each
            continue
        stands = kept[first]
        told.add((first, each.ts))
        kept[first] = with_entry(stands, each)
        gone.append(Fate(each, Outcome.said_again, stands.ts, stands.rule))
    return list(kept.values()), gone


def _given(again: recap.Recap, each: TodoFinding, kept: dict[int, TodoFinding]) -> Fate:
    """Puts whose they are to those that a list in one line says over again, and returns what became of that."""
    for other, who in again.of.items():
        kept[other] = replace(kept[other], assignee=kept[other].assignee or who)
    stands = kept[next(iter(again.of))]
    return Fate(each, Outcome.said_again, stands.ts, stands.rule)


def _of_answers(
    taken: Iterable[Fate], standing: Sequence[TodoFinding], notes: Mapping[str, Note], ctx: Context
) -> Sequence[_Things]:
    """Of each that stands, the things of the answers that took it on."""
    of: dict[str | None, _Things] = {}
    for each in taken:
        if isinstance(each.finding, TodoFinding):
            own = things(each.finding, notes[each.finding.ts], ctx)
            of[each.by] = of.get(each.by, frozenset()) | own
    return [of.get(each.ts, frozenset()) for each in standing]


def is_listed(each: TodoFinding, note: Note, ctx: Context) -> bool:
    """Whether it may be an entry of a list: nobody marked it itself, but perhaps what stands above it."""
    if each.confidence is not Confidence.A:
        return True
    here = note.lines[each.line : each.line + 1]  # most often that is its place
    line = next((line for line in chain(here, note.lines) if line.number == each.line), None)
    return note.human and line is not None and not line.open_box and not marked.read(line, ctx.directory.knows)


def with_entry(stands: TodoFinding, entry: TodoFinding) -> TodoFinding:
    """A proposal with whose it is and until when by an entry that says it over again, as sure as that is."""
    sure = min(stands.confidence, entry.confidence)
    return replace(stands, assignee=stands.assignee or entry.assignee, due=stands.due or entry.due, confidence=sure)


def _rareness(said: Sequence[_Things]) -> Mapping[str, float]:
    """How much a thing says: the less, the more follow-ups speak of it."""
    many = Counter(thing for each in said for thing in each)
    return {thing: math.log1p(len(said) / count) for thing, count in many.items()}


def _first(
    entry: TodoFinding,
    own: _Things,
    before: Mapping[int, TodoFinding],
    things: Sequence[_Things],
    rare: Mapping[str, float],
) -> int | None:
    """The place of the earlier follow-up that says most of what an entry says, itself or with its answers (`things`, of each), if that is
    enough; of the same person less is."""
    whole = math.fsum(rare[thing] for thing in own)
    shared = {place: own & each for place, each in zip(before, things, strict=True)}
    shares = {place: math.fsum(rare[thing] for thing in both) for place, both in shared.items()}
    mine = {place for place, each in before.items() if entry.assignee is not None and each.assignee == entry.assignee}
    with_whose = {place: share + _SAME * whole * (share > 0 and place in mine) for place, share in shares.items()}
    best = max(with_whose, key=lambda place: (with_whose[place], place), default=None)
    if best is None or not whole or with_whose[best] < _SHARE * whole:
        return None
    if entry.confidence is not Confidence.A:
        return best
    # What stands below a heading is sure, and so only gone where the other says all of it, or much of it and whose it is.
    is_much = best in mine and len(shared[best]) >= _MUCH and shares[best] >= _MOST * whole
    return best if shared[best] == own or is_much else None
