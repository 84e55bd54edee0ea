"""From what the rules noticed to entries of a timeline: one entry a message, short messages of one thought joined,
the same alert once, what is a follow-up left to the follow-ups."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from bot.domain.harvest import repeats, text
from bot.domain.harvest.fate import Fate, Outcome
from bot.domain.harvest.finding import Confidence, TimelineFinding, TimelineKind, TodoFinding
from bot.domain.harvest.message import ts_key
from bot.domain.harvest.note import Context, Note

_RANK = {
    kind: place
    for place, kind in enumerate(
        (
            TimelineKind.resolved, TimelineKind.severity_change, TimelineKind.public, TimelineKind.impact_start,
            TimelineKind.mitigation, TimelineKind.decision, TimelineKind.page, TimelineKind.action,
            TimelineKind.status_change, TimelineKind.detection, TimelineKind.other,
        )
    )
}  # fmt: skip
_BY_HAND = ("H-17", "H-16")  # these say that a line belongs here; what it is, the others say
_FOUND_OUT = ("H-25", "H-30", "H-36", "H-37")
_OF_ITS_OWN = (
    TimelineKind.resolved,
    TimelineKind.severity_change,
    TimelineKind.public,
    TimelineKind.page,
)  # an event with its own time
_NOT_FIRST = (TimelineKind.other, TimelineKind.mitigation)
_OPENING = 2  # messages into a channel somebody says what is wrong
_GAP = 120.0
_LONGEST = 6
_OWN_TIME = 120.0  # seconds between a message and its event from which on it tells of another time


@dataclass(frozen=True, slots=True)
class Settled:
    """`entries` in the order of their event times; `gone` is what became of findings that are no entry of their own; `lent` are
    messages that only hold links, each with the message (ts) whose entry has them as evidence."""

    entries: tuple[TimelineFinding, ...]
    gone: tuple[Fate, ...]
    lent: Mapping[str, str]


def settle(told: Iterable[TimelineFinding], todos: Iterable[TodoFinding], ctx: Context) -> Settled:
    """From what the rules noticed to entries."""
    taken = {(each.ts, each.line): each for each in todos}
    by_message: dict[str, list[TimelineFinding]] = {}
    gone: list[Fate] = []
    for each in told:
        mark = taken.get((each.ts, each.line))
        if mark is not None and _is_follow_up(each, mark.confidence):
            gone.append(Fate(each, Outcome.follow_up, rule=mark.rule))
        else:
            by_message.setdefault(each.ts, []).append(each)
    entries = {ts: _of_message(found) for ts, found in by_message.items()}
    gone += _not_leading(by_message, entries)
    joined, into, lent = _joined({ts: [entry for entry, _ in pairs] for ts, pairs in entries.items()}, ctx)
    source = {(entry.ts, entry.line): found for pairs in entries.values() for entry, found in pairs}
    gone += [Fate(source[key], Outcome.joined, ts) for key, ts in into.items()]
    kept, again = repeats.folded(_first_seen(joined, ctx), ctx)
    gone += [Fate(source[key], Outcome.repeat, ts) for key, ts in again.items()]
    return Settled(tuple(sorted(kept, key=lambda each: (each.at, ts_key(each.ts), each.line))), tuple(gone), lent)


def _not_leading(
    by_message: Mapping[str, Sequence[TimelineFinding]],
    entries: Mapping[str, Sequence[tuple[TimelineFinding, TimelineFinding]]],
) -> Iterator[Fate]:
    """What another finding of the same message tells better."""
    for ts, found in by_message.items():
        leading = [source for _, source in entries[ts]]
        for each in found:
            if not any(each is source for source in leading):
                yield Fate(each, Outcome.same_message, rule=leading[0].rule)


def _is_follow_up(found: TimelineFinding, mark: Confidence) -> bool:
    if found.rule == "H-17":
        return False
    return mark is Confidence.A or (
        found.confidence is Confidence.C and found.kind not in (TimelineKind.resolved, TimelineKind.public)
    )


def _of_message(found: list[TimelineFinding]) -> list[tuple[TimelineFinding, TimelineFinding]]:
    """The entries of a message, each with the finding that leads it."""
    timed = [each for each in found if each.rule == "H-16"]
    if not timed:
        best = _leading(found)
        return [(_best(found), best)]
    return [
        (_timed(each, [other for other in found if other.line == each.line and other is not each]), each)
        for each in timed
    ]


def _timed(each: TimelineFinding, others: list[TimelineFinding]) -> TimelineFinding:
    """A line with its time, of the kind that its words say, or else the rules that noticed it."""
    best = _best([each, *others])
    kind = best.kind if each.kind is TimelineKind.other else each.kind
    return replace(best, kind=kind, text=each.text, at=each.at, evidence=each.evidence)


def _leading(found: list[TimelineFinding]) -> TimelineFinding:
    return min(found, key=lambda each: (each.kind is TimelineKind.other, each.confidence, _RANK[each.kind], each.line))


def _best(found: list[TimelineFinding]) -> TimelineFinding:
    best = _leading(found)
    by_hand = next((each for rule in _BY_HAND for each in found if each.rule == rule), best)
    surest = min(each.confidence for each in found)
    return replace(best, rule=by_hand.rule, confidence=surest)


def _joined(
    entries: Mapping[str, list[TimelineFinding]], ctx: Context
) -> tuple[list[TimelineFinding], dict[tuple[str, int], str], dict[str, str]]:
    """The entries, those that went into another one (ts and line, with the other's ts), and whose links went into which."""
    done: list[TimelineFinding] = []
    into: dict[tuple[str, int], str] = {}
    lent: dict[str, str] = {}
    open_in: dict[
        tuple[str, str], tuple[Note, int, int]
    ] = {}  # room -> the last note of an entry, its place in done, its length
    for note in ctx.notes:
        room, found = (note.message.channel_id, note.room), entries.get(note.message.ts)
        before = open_in.get(room)
        near = before is not None and before[0].author == note.author and note.human and _close(before[0], note)
        if before and near and found is None and _only_links(note):
            done[before[1]] = _with_evidence(done[before[1]], note.evidence)
            lent[note.message.ts] = done[before[1]].ts
        elif found is None:
            open_in.pop(room, None) if note.human else None
        elif (
            before
            and near
            and _goes_on(note, found, before[0], before[2], ctx)
            and _one_thought(done[before[1]], found[0])
        ):
            into[found[0].ts, found[0].line] = done[before[1]].ts
            done[before[1]] = _merge(done[before[1]], found[0])
            open_in[room] = (note, before[1], before[2] + 1)
        else:
            done.extend(found)
            open_in[room] = (note, len(done) - 1, 1)
            if not note.human or len(found) > 1 or found[0].rule in _BY_HAND:
                open_in.pop(room)
    return done, into, lent


def _first_seen(entries: list[TimelineFinding], ctx: Context) -> list[TimelineFinding]:
    """With what somebody says who opens the channel as what was seen first: nothing gets better, and no cause is found, before."""
    first = min(entries, key=lambda each: ts_key(each.ts), default=None)
    if ctx.alone or first is None or first.kind not in _NOT_FIRST or first.rule not in _FOUND_OUT:
        return entries
    if first.ts not in {note.message.ts for note in islice((each for each in ctx.notes if not each.topic), _OPENING)}:
        return entries
    return [replace(each, kind=TimelineKind.detection) if each is first else each for each in entries]


def _goes_on(note: Note, found: Sequence[TimelineFinding], last: Note, length: int, ctx: Context) -> bool:
    """Whether a message can go on with an entry of so many; a line that says who has a role from now on is one by itself."""
    return len(found) == 1 and length < _LONGEST and not {note.message.ts, last.message.ts} & ctx.claimed


def _close(before: Note, note: Note) -> bool:
    return (note.at - before.at).total_seconds() <= _GAP


def _only_links(note: Note) -> bool:
    said = note.plain
    return bool(note.evidence) and not text.normal(re.sub(r"https?://\S+", "", said))


def _one_thought(first: TimelineFinding, second: TimelineFinding) -> bool:
    if second.rule in _BY_HAND or second.confidence is Confidence.A:
        return False
    if _of_another_time(first) or _of_another_time(second):
        return False
    if second.kind in _OF_ITS_OWN and second.kind is not first.kind:
        return False
    return first.kind is second.kind or TimelineKind.other in (first.kind, second.kind)


def _of_another_time(entry: TimelineFinding) -> bool:
    """Whether it tells of something at a time that is not the one of its message."""
    return abs(entry.at.timestamp() - float(entry.ts)) > _OWN_TIME


def _merge(first: TimelineFinding, second: TimelineFinding) -> TimelineFinding:
    lead = second if first.kind is TimelineKind.other else first
    return replace(
        _with_evidence(first, second.evidence),
        kind=lead.kind,
        rule=lead.rule,
        text=text.clip(f"{first.text}\n{second.text}"),
        confidence=min(first.confidence, second.confidence),
    )


def _with_evidence(entry: TimelineFinding, more: tuple[str, ...]) -> TimelineFinding:
    return replace(entry, evidence=tuple(dict.fromkeys((*entry.evidence, *more))))
