"""What an app says was noted, of something that somebody said just before in other words: "FU please: partition and offset in the delivery
log", and "Follow-up recorded: store partition/offset in delivery log". It is one follow-up, and a sure one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.harvest import own_work
from bot.domain.harvest.fate import Fate, Outcome
from bot.domain.harvest.finding import Confidence, TodoFinding
from bot.domain.harvest.message import ts_key
from bot.domain.harvest.note import Note

_SOON, _BACK = 900, 6  # seconds, and follow-ups before it
_LEAST = 2  # things


def folded(standing: Sequence[TodoFinding], notes: Mapping[str, Note]) -> tuple[list[TodoFinding], list[Fate]]:
    """Those that stand without what an app only says over again, and what became of that."""
    kept, gone = list[TodoFinding](), list[Fate]()
    for each in standing:
        place = None if notes[each.ts].human else _said_before(each, kept, notes)
        if place is None:
            kept.append(each)
            continue
        first = kept[place]
        sure = min(first.confidence, Confidence.B)
        kept[place] = replace(
            first, confidence=sure, assignee=first.assignee or each.assignee, due=first.due or each.due
        )
        gone.append(Fate(each, Outcome.same_wording, first.ts, first.rule))
    return kept, gone


def _said_before(each: TodoFinding, before: Sequence[TodoFinding], notes: Mapping[str, Note]) -> int | None:
    """The place of what a person said shortly before, which holds all that the app says."""
    for place in range(len(before) - 1, max(len(before) - 1 - _BACK, -1), -1):
        other = before[place]
        near = ts_key(each.ts)[0] - ts_key(other.ts)[0] <= _SOON
        common = own_work.common(f"{other.text} {other.detail}", each.text)
        if near and notes[other.ts].human and common.all_of_second and common.number >= _LEAST:
            return place
    return None
