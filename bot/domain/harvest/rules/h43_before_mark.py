"""H-43: what a line tells in front of a mark that stands in it. "restarted db2, errors gone. TODO: alert on lag" is an event and a
follow-up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.domain.harvest import features, marked, phrase, short, text, todo_marks
from bot.domain.harvest.finding import Confidence, TimelineFinding, TimelineKind
from bot.domain.harvest.heaviest import LIGHTEST, PART
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.rule import Finding, Rule
from bot.domain.harvest.weights import shipped

_LEADS = late(r"[\s,;:([{–—-]+(?:(?:and|so|also|then|plus) ?)*$")

_PARTS = late(r"[,;.!] |[.!]$")


def find(note: Note, ctx: Context) -> Iterable[Finding]:
    for line in note.talk:
        if not line.ticked and (before := marked.before(line, ctx.directory.knows)):
            yield from _told(line, _LEADS.sub("", before), note, ctx)


def _told(line: text.Line, before: str, note: Note, ctx: Context) -> Iterable[TimelineFinding]:
    said = phrase.untimed(before, note)
    if short.of(said) or _weight(said, note, ctx) >= shipped("timeline").least:
        part = replace(line, said=before)
        kind = TimelineKind.resolved if _is_over(said) else TimelineKind.other  # what else it is, its words say
        found = phrase.found_at(note, part, ctx, kind, PART, Confidence.B)
        yield replace(found, text=text.clip(line.as_typed(before)))


def _is_over(said: str) -> bool:
    """Whether a part of it says that it is resolved: "mail is flowing, resolved"."""
    return any(short.of(each.strip()) is TimelineKind.resolved for each in _PARTS.split(said))


def _weight(said: str, note: Note, ctx: Context) -> float:
    """Of the heaviest sentence, with what stands around the message."""
    scale, around = shipped("timeline"), features.around(note, ctx)
    weights = (scale.weigh((*features.of_sentence(each)[1], *around)) for each in features.sentences(said, note))
    return max(weights, default=LIGHTEST)


RULE = Rule(PART, "What is told in front of a mark", todo_marks.CUES, find)
