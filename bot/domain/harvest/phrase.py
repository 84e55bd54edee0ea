"""The common part of rules that know an event by its wording: which line of a message to look at, which time it tells
of, and the finding that comes of it. A rule of this kind is then a table of phrases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache

from bot.domain.harvest import text, times, with_code
from bot.domain.harvest.finding import Confidence, TimelineFinding, TimelineKind
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.rule import Finding, Rule

_HYPOTHETICAL = late(
    r"^(?:(?:and|so|but|or|then|hmm+|ok|okay|um|well)[, ]+)*(?:if|unless|should|shall|can|could|would|do|does|did|"
    r"what if|how about|maybe we|perhaps we|is|are|was|were|has|have|who|what|when|where|why|how|which|any(?:one|"
    r"body)?)\b",
    re.I,
)
_SENTENCE = late(r"(?<=[.!?])\s+")
_OPENS = (", ", "; ", " but ", " (", " - ", " – ", " — ", ": ")
_CLOSES = (", ", "; ", " but ", " (", ") ", " - ", " – ", " — ")
_CONDITION = late(r"\b(?:if|unless|in case|whether|as soon as|once)\b", re.I)


def event_time(note: Note, line: text.Line, ctx: Context, kind: TimelineKind, *, told: bool = True) -> datetime:
    """When the event of a line happened: the time written in front of it, or (`told`) one named in it, or else the
    time of the message."""
    if not times.may_hold(line.text):
        return note.at
    where = ctx.where(note)
    written = times.leading(line.text, note.at, where)
    if written:
        return note.at if times.ahead(written[0], note.at) else written[0]
    begins = kind in (TimelineKind.impact_start, TimelineKind.public)
    return (times.mentioned(line.text, note.at, where, begins=begins) if told else None) or note.at


def found_at(
    note: Note,
    line: text.Line,
    ctx: Context,
    kind: TimelineKind,
    rule: str,
    confidence: Confidence,
    *,
    told: bool = True,
) -> TimelineFinding:
    """The timeline entry for a message, pointing at one of its lines."""
    return TimelineFinding(
        ts=note.message.ts,
        thread_ts=note.message.thread_ts if note.message.is_reply else None,
        line=line.number,
        at=event_time(note, line, ctx, kind, told=told),
        user_id=note.author,
        kind=kind,
        text=text.clip(with_code.words(note)),
        evidence=note.evidence,
        rule=rule,
        confidence=confidence,
    )


def is_question(line: str) -> bool:
    return line.rstrip(" )\"'!").endswith("?")


def asks_or_supposes(line: str) -> bool:
    """Whether a line asks, or speaks of what is not so."""
    return is_question(line) or bool(_HYPOTHETICAL.match(line))


def untimed(said: str, note: Note) -> str:
    """A line without the time that it opens with."""
    written = times.leading(said, note.at)
    return written[1] if written else said


@lru_cache(maxsize=64)  # many rules ask about the same line, one after the other
def _sentences(said: str) -> tuple[str, ...]:
    return tuple(_SENTENCE.split(said)[:20])


def _holds(said: str, wanted: re.Pattern[str], refused: re.Pattern[str] | None, *, asked_too: bool) -> bool:
    """Whether a sentence has the wording, outside the clauses that refuse it, as a statement."""
    if not asked_too and asks_or_supposes(said):
        return False
    for hit in wanted.finditer(said):
        start, end = _clause(said, hit.start(), hit.end())
        if refused and refused.search(said, start, end):
            continue
        if asked_too or not _CONDITION.search(said, 0, hit.start()):
            return True
    return False


def _clause(said: str, start: int, end: int) -> tuple[int, int]:
    opens = max((said.rfind(mark, 0, start) for mark in _OPENS), default=-1)
    closes = [place for mark in _CLOSES if (place := said.find(mark, end)) >= 0]
    return max(opens, 0), min(closes, default=len(said))


def phrase_rule(
    rule_id: str,
    title: str,
    kind: TimelineKind,
    cues: frozenset[str] | None,
    *patterns: str,
    unless: str | None = None,
    asked_too: bool = False,
    told: bool = True,
    bots: bool = False,
    first: bool = False,
    endings: tuple[str, ...] = (),
    confidence: Confidence = Confidence.C,
) -> Rule:
    """A rule that takes every line with one of the phrases. `unless`: words that make it something else;
    `asked_too`: questions count; `told`: the line may name the time of the event; `endings`: letters of
    which a line must hold some, for a rule that no word can wake."""
    wanted = late("|".join(f"(?:{pattern})" for pattern in patterns), re.I | re.M)
    refused = late(unless, re.I) if unless else None

    def find(note: Note, ctx: Context) -> Iterable[Finding]:
        for line in matching(note):
            yield found_at(note, line, ctx, kind, rule_id, confidence, told=told)

    def matching(note: Note) -> Iterator[text.Line]:
        for line in note.talk:
            if endings and not any(ending in line.said for ending in endings):
                continue
            whole = untimed(line.said, note)
            for said in _sentences(whole) if len(whole) > 12 else (whole,):
                if wanted.search(said) and _holds(said, wanted, refused, asked_too=asked_too):
                    yield line
                    break

    weighed = confidence is Confidence.C and not first  # the first pass also says when it was over
    return Rule(rule_id, title, cues, find, first=first, bots=bots, weighed=weighed)
