"""What becomes of what was noticed, with the reason, so that every message can be explained. The functions that drop, join and keep
say it themselves; nothing else decides it a second time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.harvest.rule import Finding


class Outcome(StrEnum):
    kept = "kept"
    too_light = "too_light"
    other_kind = "other_kind"
    outside = "outside"
    a_recording = "a_recording"
    follow_up = "follow_up"
    same_message = "same_message"
    same_line = "same_line"
    joined = "joined"
    repeat = "repeat"
    done = "done"
    answered = "answered"
    taken_back = "taken_back"
    taken_on = "taken_on"
    said_again = "said_again"
    same_wording = "same_wording"
    same_address = "same_address"
    same_claim = "same_claim"
    other_end = "other_end"


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a finding. `by`: the message (ts) because of which; `rule`: the finding of the same message because of which."""

    finding: Finding
    outcome: Outcome
    by: str | None = None
    rule: str | None = None


def of_each(found: Iterable[Finding], gone: Iterable[Fate]) -> tuple[Fate, ...]:
    """One fate for each finding, in their order: of two for one finding the first; kept, where nothing happened to it."""
    known: dict[int, Fate] = {}
    for each in gone:
        known.setdefault(id(each.finding), each)
    return tuple(known.get(id(each)) or Fate(each, Outcome.kept) for each in found)
