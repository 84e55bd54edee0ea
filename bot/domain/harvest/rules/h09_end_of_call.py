"""H-09: the end of the call, said aloud by the IC. It closes the window of the response, anchors the deadlines when no
better time is known, and after it a video link is a recording rather than an invitation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from bot.domain.harvest import phrase, text, times
from bot.domain.harvest.finding import Confidence, EndOfCall, TimelineKind
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.rule import Finding, Rule
from bot.domain.harvest.vocabulary import words

_CALL = r"(?:the |this |our )?(?:incident |conference |zoom |video )?(?:call|bridge|zoom|war ?room)"
_END = late(
    rf"(?:^|[.!,;] )(?:ok(?:ay)?,? |alright,? |all right,? )?{_CALL} (?:is|has|was) (?:now )?(?:over|ended|closed|done|finished)\b"
    rf"|\b(?:ending|closing|wrapping up|ended|closed|dropping) {_CALL}\b(?! center| volume)"
    rf"|\b(?:we(?:'ll| will)|i(?:'ll| will)|i'm going to|let's) (?:end|close|wrap up|drop) {_CALL}\b"
    r"|^call (?:is )?over\b",
    re.I,
)
_NOT = late(r"\b(?:not|\w+n't|before|after|if|when|once|until|unless)\b", re.I)
_CUES = words("call bridge zoom warroom war")


def hit(said: str) -> re.Match[str] | None:
    """The words of a line that end the call; None for a question, and for what may come."""
    found = _END.search(said)
    if found is None or phrase.is_question(said) or _NOT.search(said, 0, found.end()):
        return None
    return found


def ended_at(note: Note, line: text.Line) -> datetime:
    """When such a line says it was: the time written in front of it, or that of the message."""
    written = times.leading(line.text, note.at)
    return written[0] if written else note.at


def find(note: Note, ctx: Context) -> Iterable[Finding]:
    for line in note.talk:
        if hit(phrase.untimed(line.said, note)):
            yield EndOfCall(
                note.message.ts, phrase.event_time(note, line, ctx, TimelineKind.status_change, told=False), RULE.id
            )
            yield phrase.found_at(note, line, ctx, TimelineKind.status_change, RULE.id, Confidence.A)
            return


RULE = Rule("H-09", "The end of the call", _CUES, find, first=True)
