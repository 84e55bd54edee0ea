"""H-09: the end of the call, said aloud by the IC. It closes the window of the response, anchors the deadlines when no
better time is known, and after it a video link is a recording rather than an invitation."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.domain.harvest import phrase
from bot.domain.harvest.finding import Confidence, EndOfCall, TimelineKind
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.rule import Finding, Rule
from bot.domain.harvest.vocabulary import words

_CALL = r"(?:the |this |our )?(?:incident |conference |zoom |video )?(?:call|bridge|zoom|war ?room)"
_END = re.compile(
    rf"^(?:ok(?:ay)?,? |alright,? |all right,? )?{_CALL} (?:is|has|was) (?:now )?(?:over|ended|closed|done|finished)\b"
    rf"|\b(?:ending|closing|wrapping up|ended|closed|dropping) {_CALL}\b(?! center| volume)"
    rf"|\b(?:we(?:'ll| will)|i(?:'ll| will)|i'm going to|let's) (?:end|close|wrap up|drop) {_CALL}\b"
    r"|^call (?:is )?over\b",
    re.I,
)
_NOT = re.compile(r"\b(?:not|\w+n't|before|after|if|when|once|until|unless)\b", re.I)
_CUES = words("call bridge zoom warroom war")


def find(note: Note, ctx: Context) -> Iterable[Finding]:
    for line in note.talk:
        found = _END.search(line.said)
        if found and not phrase.is_question(line.said) and not _NOT.search(line.said, 0, found.end()):
            yield EndOfCall(note.message.ts, phrase.event_time(note, line, ctx), RULE.id)
            yield phrase.found_at(note, line, ctx, TimelineKind.status_change, RULE.id, Confidence.A)
            return


RULE = Rule("H-09", "The end of the call", _CUES, find, first=True)
