"""H-10: the scribe writes down what somebody else said: "Note: (Bob B) We should have ...". A proposal becomes a
follow-up with that speaker as its source; anything else is a note for the timeline."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.domain.harvest import phrase, text
from bot.domain.harvest.finding import Confidence, TimelineKind, TodoFinding
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.rule import Finding, Rule
from bot.domain.harvest.vocabulary import words

_NOTE = late(r"^note\s*:\s*\((?P<speaker>[^()\n]{1,80})\)\s*(?P<said>\S.*)$", re.I)
_WISH = late(
    r"\b(?:should|ought to|need(?:s)? (?:a|an|to|better|more)|must|ideally|would be (?:good|nice|great|better)|could|"
    r"why (?:did|didn't|do|don't|was|wasn't)|next time|follow[ -]?up)\b",
    re.I,
)


def proposes(said: str) -> bool:
    """Whether a line is such a note of a proposal."""
    found = _NOTE.match(said)
    return found is not None and bool(_WISH.search(found["said"]))


def find(note: Note, ctx: Context) -> Iterable[Finding]:
    for line in note.talk:
        found = _NOTE.match(line.said)
        if found is None:
            continue
        if not _WISH.search(found["said"]):
            yield phrase.found_at(note, line, ctx, TimelineKind.other, RULE.id, Confidence.A)
            continue
        user_id, name = ctx.who(found["speaker"])
        yield TodoFinding(
            ts=note.message.ts,
            thread_ts=note.message.thread_ts if note.message.is_reply else None,
            line=line.number,
            user_id=user_id or note.author,
            text=text.clip(line.as_typed(found["said"])),
            detail=f"Said by {name}" if name else "",
            assignee=None,
            rule=RULE.id,
            confidence=Confidence.A,
        )


RULE = Rule("H-10", "A note of what somebody said", words("note"), find)
