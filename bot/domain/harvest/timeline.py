"""From what the rules noticed to entries of a timeline: one entry a message, short messages of one thought joined,
the same alert once, what is a follow-up left to the follow-ups."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from bot.domain.harvest import text
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
_GAP = 120.0
_LONGEST = 6


def settle(told: Iterable[TimelineFinding], todos: Iterable[TodoFinding], ctx: Context) -> tuple[TimelineFinding, ...]:
    """The entries in order of their event times."""
    taken = {(each.ts, each.line): each.confidence for each in todos}
    by_message: dict[str, list[TimelineFinding]] = {}
    for each in told:
        if not _is_follow_up(each, taken):
            by_message.setdefault(each.ts, []).append(each)
    entries = {ts: _of_message(found) for ts, found in by_message.items()}
    joined = _folded(_joined(entries, ctx), ctx)
    return tuple(sorted(joined, key=lambda each: (each.at, ts_key(each.ts), each.line)))


def _is_follow_up(found: TimelineFinding, taken: dict[tuple[str, int], Confidence]) -> bool:
    mark = taken.get((found.ts, found.line))
    if mark is None or found.rule == "H-17":
        return False
    return mark is Confidence.A or (
        found.confidence is Confidence.C and found.kind not in (TimelineKind.resolved, TimelineKind.public)
    )


def _of_message(found: list[TimelineFinding]) -> list[TimelineFinding]:
    timed = [each for each in found if each.rule == "H-16"]
    if not timed:
        return [_best(found)]
    return [replace(_best([each, *(other for other in found if other.line == each.line)]), text=each.text, at=each.at,
                    evidence=each.evidence) for each in timed]  # fmt: skip


def _best(found: list[TimelineFinding]) -> TimelineFinding:
    best = min(found, key=lambda each: (each.kind is TimelineKind.other, each.confidence, _RANK[each.kind], each.line))
    by_hand = next((each for rule in _BY_HAND for each in found if each.rule == rule), best)
    surest = min(each.confidence for each in found)
    return replace(best, rule=by_hand.rule, confidence=surest)


def _joined(entries: dict[str, list[TimelineFinding]], ctx: Context) -> list[TimelineFinding]:
    done: list[TimelineFinding] = []
    open_in: dict[
        tuple[str, str], tuple[Note, int, int]
    ] = {}  # room -> the last note of an entry, its place in done, its length
    for note in ctx.notes:
        room, found = (note.message.channel_id, note.room), entries.get(note.message.ts)
        before = open_in.get(room)
        near = before is not None and before[0].author == note.author and note.human and _close(before[0], note)
        if before and near and found is None and _only_links(note):
            done[before[1]] = _with_evidence(done[before[1]], note.evidence)
        elif found is None:
            open_in.pop(room, None) if note.human else None
        elif before and near and len(found) == 1 and before[2] < _LONGEST and _one_thought(done[before[1]], found[0]):
            done[before[1]] = _merge(done[before[1]], found[0])
            open_in[room] = (note, before[1], before[2] + 1)
        else:
            done.extend(found)
            open_in[room] = (note, len(done) - 1, 1)
            if not note.human or len(found) > 1 or found[0].rule in _BY_HAND:
                open_in.pop(room)
    return done


def _close(before: Note, note: Note) -> bool:
    return (note.at - before.at).total_seconds() <= _GAP


def _only_links(note: Note) -> bool:
    said = note.plain
    return bool(note.evidence) and not text.normal(re.sub(r"https?://\S+", "", said))


def _one_thought(first: TimelineFinding, second: TimelineFinding) -> bool:
    if second.rule in _BY_HAND or second.confidence is Confidence.A:
        return False
    return first.kind is second.kind or TimelineKind.other in (first.kind, second.kind)


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


_CHANGING = re.compile(r"\d+|\b[0-9a-f]{7,}\b|https?://\S+")


def _folded(entries: list[TimelineFinding], ctx: Context) -> list[TimelineFinding]:
    """Without repeats: of one alert that fires again and again, and of one text posted twice within an hour."""
    humans = {note.message.ts for note in ctx.notes if note.human}
    seen: dict[tuple[TimelineKind, str], TimelineFinding] = {}
    kept = []
    for entry in entries:
        alert = entry.ts not in humans
        same = (entry.kind, text.normal(_CHANGING.sub("", entry.text) if alert else entry.text))
        first = seen.get(same)
        hours = 6 if alert else 1
        if first is not None and (entry.at - first.at).total_seconds() < hours * 3600 and same[1]:
            continue
        seen[same] = entry
        kept.append(entry)
    return kept
