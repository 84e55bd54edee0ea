"""H-17: a message that people marked by hand, with one of the agreed reactions or a pin."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.harvest import phrase, text
from bot.domain.harvest.finding import Confidence, TimelineKind
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.rule import Finding, Rule


def find(note: Note, ctx: Context) -> Iterable[Finding]:
    if note.message.pinned or not ctx.marks.isdisjoint(note.message.reactions):
        line = note.lines[0] if note.lines else text.Line(0, "", "")
        if note.plain or note.evidence:
            yield phrase.found_at(note, line, ctx, TimelineKind.other, RULE.id, Confidence.A)


RULE = Rule("H-17", "Marked with a reaction or a pin", None, find, bots=True)
