"""H-16: a line that opens with a time ("14:02 UTC - disabled the flag"). Who writes the time in front writes for the
timeline; each such line of a message is an entry of its own, at the time that is written."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.domain.harvest import steps, text, times
from bot.domain.harvest.clock import Where
from bot.domain.harvest.finding import Confidence, TimelineFinding, TimelineKind
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.rule import Finding, Rule

_CLOCK = late(
    r"^\W{0,6}(?:(?:notes?|scribe|minutes|bridge|call|log|timeline|decision)\W{1,3}|"
    r"[a-z][a-z ]{3,50}[:–—-]\s)?~?(?:20\d\d-\d\d-\d\d|[012]?\d[:.h][0-5]\d)",
    re.MULTILINE | re.IGNORECASE,
)


_SPAN = late(r"~?\d{1,2}[:.h]\d\d")  # from when to when


def find(note: Note, ctx: Context) -> Iterable[Finding]:
    said = note.message.text
    if not (_CLOCK.search(said) if "\n" in said else _CLOCK.match(said)):
        return
    where = ctx.where(note)
    listed: dict[int, list[steps.Step]] = {}
    for step in steps.of(note.talk, note.at, where):
        listed.setdefault(step.line % text.APART, []).append(step)
    for line in note.talk:
        for step in listed.get(line.number) or _opening(line, note, where):
            yield TimelineFinding(
                ts=note.message.ts,
                thread_ts=note.message.thread_ts if note.message.is_reply else None,
                line=step.line,
                at=step.at,
                user_id=note.author,
                kind=TimelineKind.other,
                text=text.clip(line.as_typed(step.said)),
                evidence=_evidence(note, line),
                rule=RULE.id,
                confidence=Confidence.C,
            )


def _opening(line: text.Line, note: Note, where: Where) -> Iterable[steps.Step]:
    """The time that a line opens with, and what it says; a plan is said now."""
    written = times.leading(line.said, note.at, where)
    if written and len(text.normal(written[1])) > 3:
        at = steps.of_last_night(written[0], written[1], note.at)
        ahead = times.ahead(at, note.at)
        whole = ahead or _SPAN.match(written[1])
        yield steps.Step(note.at if ahead else at, line.said if whole else written[1], line.number)


def _evidence(note: Note, line: text.Line) -> tuple[str, ...]:
    if len(note.talk) == 1:
        return note.evidence
    return tuple(url for url in note.evidence if url in line.text)


RULE = Rule("H-16", "A line that opens with a time", None, find)
