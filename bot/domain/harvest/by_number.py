"""Who takes which of those that were proposed just before: "I take the first one, cy the second", "both mine", "the last is for bo"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.domain.harvest import names, terse
from bot.domain.harvest.fate import Fate, Outcome
from bot.domain.harvest.finding import TodoFinding
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note

_AWHILE, _BACK, _LONG = 1800, 6, 80  # seconds, messages, letters
_PLACES = {
    "first": 0, "1st": 0, "former": 0, "second": 1, "2nd": 1, "other": 1, "latter": 1, "third": 2, "3rd": 2, "last": -1
}  # fmt: skip
_WHICH = rf"(?:(?P<which>{'|'.join(_PLACES)})(?: one| item| thing| point)?|both(?: of (?:them|those|these))?)"
_TAKES = r"(?:takes?|does?|gets|(?:will|can|could|'ll|'d) (?:take|do))(?: on)?"
_NAME = r"@?[^\W\d_][\w.-]{0,30}"
# "bo first" only says who is to speak first.
_OPENS = late(rf"^(?P<who>{_NAME}) ?(?:{_TAKES}(?: the)?|the) {_WHICH}$", re.I)
_ENDS = late(rf"^(?:the )?{_WHICH}(?:'s| is| are)?(?: for| to| on|:)? (?P<who>mine|{_NAME})$", re.I)
_HINT = late(r"(?:first|1st|former|second|2nd|other|latter|third|3rd|last|both)\b", re.I)
_AND = late(r"\s*(?:[,;]\s*(?:and )?|\s+and\s+)")

Given = Sequence[tuple[int | None, str]]
"""Which (None is all of them), and who takes it."""


def given(standing: Sequence[TodoFinding], ctx: Context) -> tuple[list[TodoFinding], list[Fate]]:
    """Follow-ups with whoever says by number that they take them, and the answers that do so, which are none themselves."""
    places = {each.ts: place for place, each in enumerate(standing)}
    whose, answers = dict[int, str](), dict[str, str]()
    for note in ctx.notes:
        before = _before(note, places, ctx) if (told := read(note, ctx)) else []
        if before:
            answers[note.message.ts] = standing[before[-1]].ts
            whose |= dict(_each(told, before))
    found = [
        each if each.assignee or place not in whose else replace(each, assignee=whose[place])
        for place, each in enumerate(standing)
    ]
    gone = [Fate(each, Outcome.taken_on, answers[each.ts]) for each in standing if each.ts in answers]
    return [each for each in found if each.ts not in answers], gone


def read(note: Note, ctx: Context) -> Given:
    """What a message gives by number; nothing where it says anything else."""
    said = names.short(note.plain, note).strip(" .!") if note.human and len(note.plain) <= _LONG else ""
    if not _HINT.search(said):
        return ()
    parts = _AND.split(said)
    found = [pair for each in parts if (pair := _part(each, note, ctx))]
    return found if len(found) == len(parts) else ()


def _each(told: Given, before: Sequence[int]) -> Iterator[tuple[int, str]]:
    few = before[-_number(told) :]
    for which, who in told:
        chosen = few if which is None else few[which : which + 1 or None]
        yield from ((place, who) for place in chosen)


def _number(told: Given) -> int:
    """How many are spoken of: three where the third is, or the last beside another one; else two."""
    places = [which for which, _ in told if which is not None]
    return 3 if 2 in places or (-1 in places and len(places) > 1) else 2


def _before(note: Note, places: dict[str, int], ctx: Context) -> list[int]:
    """The places of the follow-ups that were proposed shortly before a message, the oldest first."""
    lately = [each for each in ctx.lately(note, _BACK) if (note.at - each.at).total_seconds() <= _AWHILE]
    return [places[each.message.ts] for each in lately if each.message.ts in places]


def _part(said: str, note: Note, ctx: Context) -> tuple[int | None, str] | None:
    found = _ENDS.match(said) or _OPENS.match(said)
    if not found:
        return None
    who = terse.person(found["who"], note, ctx)
    return (_PLACES[found["which"].casefold()] if found["which"] else None, who) if who else None
