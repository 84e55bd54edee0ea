"""From what the rules noticed to entries of a timeline: one entry a message, short messages of one thought joined,
the same alert once, what is a follow-up left to the follow-ups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from bot.domain.harvest import joining, repeats
from bot.domain.harvest.fate import Fate, Outcome
from bot.domain.harvest.finding import Confidence, TimelineFinding, TimelineKind, TodoFinding
from bot.domain.harvest.heaviest import PART
from bot.domain.harvest.message import ts_key
from bot.domain.harvest.note import Context
from bot.domain.harvest.one_thought import BY_HAND

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
_OVER = ("H-09", "H-28")
_FOUND_OUT = ("H-25", "H-30", "H-36", "H-37")
_NOT_FIRST = (TimelineKind.other, TimelineKind.mitigation)
_OPENING = 2  # messages into a channel somebody says what is wrong


@dataclass(frozen=True, slots=True)
class Settled:
    """`entries` in the order of their event times; `gone` is what became of findings that are no entry of their own; `lent` are
    messages that are none either, each with the message (ts) to whose entry belongs what they say or show."""

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
    joined = joining.joined(
        {ts: [entry for entry, _ in pairs] for ts, pairs in entries.items()}, {ts for ts, _ in taken}, ctx
    )
    source = {(entry.ts, entry.line): found for pairs in entries.values() for entry, found in pairs}
    gone += [Fate(source[key], Outcome.joined, ts) for key, ts in joined.into.items()]
    kept, again = repeats.folded(_first_seen(joined.done, ctx), ctx)
    gone += [Fate(source[key], Outcome.repeat, ts) for key, ts in again.items()]
    return Settled(
        tuple(sorted(kept, key=lambda each: (each.at, ts_key(each.ts), each.line))), tuple(gone), joined.lent
    )


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
    if found.rule in ("H-17", PART):
        return False
    guessed = found.confidence is Confidence.C or (found.rule == "H-06" and found.kind is TimelineKind.other)
    return mark is Confidence.A or (guessed and found.kind not in (TimelineKind.resolved, TimelineKind.public))


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
    """Where the call ends because it is resolved, that it is resolved."""
    over = [each for each in found if each.kind is TimelineKind.resolved and each.line == found[0].line]
    if over and all(each.rule in _OVER for each in found if each.confidence is not Confidence.C):
        return over[0]
    return min(found, key=lambda each: (each.kind is TimelineKind.other, each.confidence, _RANK[each.kind], each.line))


def _best(found: list[TimelineFinding]) -> TimelineFinding:
    best = _leading(found)
    by_hand = next((each for rule in BY_HAND for each in found if each.rule == rule), best)
    surest = min(each.confidence for each in found)
    return replace(best, rule=by_hand.rule, confidence=surest)


def _first_seen(entries: list[TimelineFinding], ctx: Context) -> list[TimelineFinding]:
    """With what somebody says who opens the channel as what was seen first: nothing gets better, and no cause is found, before."""
    first = min(entries, key=lambda each: ts_key(each.ts), default=None)
    if ctx.alone or first is None or first.kind not in _NOT_FIRST or first.rule not in _FOUND_OUT:
        return entries
    if first.ts not in {note.message.ts for note in islice((each for each in ctx.notes if not each.topic), _OPENING)}:
        return entries
    return [replace(each, kind=TimelineKind.detection) if each is first else each for each in entries]
