"""H-06: what the scribe writes. The scribe records decisions, not dictation, so every plain note by whoever is scribe
at that moment is a candidate for the timeline, until it is over."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.harvest import headings, phrase, substance
from bot.domain.harvest.finding import Confidence, TimelineKind
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.rule import Finding, Rule
from bot.domain.harvest.rules import h10_note, h13_chatops


def find(note: Note, ctx: Context) -> Iterable[Finding]:
    if (
        not ctx.scribes
        or note.author is None
        or note.author != ctx.scribe_at(note.at)
        or (ctx.ended_at is not None and note.at > ctx.ended_at)
        or not substance.has_substance(note)
    ):
        return
    line = next(iter(note.talk), None)
    if line is None or headings.is_sure(line.said) or note.message.ts in ctx.claimed or h10_note.proposes(line.said):
        return
    if not h13_chatops.is_command(line.said) and not phrase.is_question(note.talk[-1].said):
        yield phrase.found_at(note, line, ctx, TimelineKind.other, RULE.id, Confidence.B)


RULE = Rule("H-06", "A note by the scribe", None, find)
