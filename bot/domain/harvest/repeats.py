"""What is told more than once: one alert that fires again and again, whatever its app calls that, and one text posted twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.harvest import text
from bot.domain.harvest.finding import TimelineFinding, TimelineKind
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context

_ALERT = "H-24"
_CHANGING = late(r"\d+|\b[0-9a-f]{7,}\b|https?://\S+")
_NUMBER = late(r"#\d+\b|\b(?:INC|INCIDENT|ALERT)-\d+\b")
# How apps say that an alert fires, or fires no more; who did something about it.
_STATE = late(
    r"\b(?:re-?)?(?:(?:has |is |are )?(?:been )?(?:still |again |now )?(?:firing|triggered|alerting|resolved|recovered|recovery|closed|"
    r"cleared|ok))\b|\b(?:alert|alarm|problem|critical|still|again|active|up|down|"
    r"(?:st|nd|rd|th)? ?notification)\b|\b(?:automatically )?(?:by|after|for) \S+(?: \w+)?\s*$",
    re.IGNORECASE,
)
_OVER = (TimelineKind.mitigation, TimelineKind.resolved)
_ALERTS, _TEXTS = 6 * 3600, 3600  # seconds in which the same counts once
_TELLING = 2  # words without which a text does not tell one alert from another

_Key = tuple[str, str]
Repeats = dict[tuple[str, int], str]


def folded(entries: list[TimelineFinding], ctx: Context) -> tuple[list[TimelineFinding], Repeats]:
    """The entries without repeats, and the repeats (ts and line), each with the ts of the first."""
    humans = {note.message.ts for note in ctx.notes if note.human}
    seen: dict[_Key, TimelineFinding] = {}
    kept: list[TimelineFinding] = []
    repeats: Repeats = {}
    for entry in entries:
        by_app = entry.ts not in humans
        keys = tuple(_of_alert(entry) if entry.rule == _ALERT else _of_text(entry, by_app=by_app))
        first = _within(_ALERTS if by_app else _TEXTS, entry, [seen[each] for each in keys if each in seen])
        seen.update(dict.fromkeys(keys, first or entry))
        if first:
            repeats[entry.ts, entry.line] = first.ts
        else:
            kept.append(entry)
    return kept, repeats


def _within(seconds: int, entry: TimelineFinding, others: list[TimelineFinding]) -> TimelineFinding | None:
    return next((each for each in others if (entry.at - each.at).total_seconds() < seconds), None)


def _of_text(entry: TimelineFinding, *, by_app: bool) -> Iterator[_Key]:
    said = text.normal(_CHANGING.sub("", entry.text) if by_app else entry.text)
    if said:
        yield entry.kind, said


def _of_alert(entry: TimelineFinding) -> Iterator[_Key]:
    """By what the same alert is known again: its number, or its words without those for its state and without what changes."""
    state = "over" if entry.kind in _OVER else "fires"
    yield from ((state, number) for number in _NUMBER.findall(entry.text))
    said = text.normal(_STATE.sub(" ", _CHANGING.sub("", entry.text)))
    if len(said.split()) >= _TELLING or not _NUMBER.search(entry.text):
        yield state, said or text.normal(entry.text)
