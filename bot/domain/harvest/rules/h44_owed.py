"""H-44: what somebody outside is owed in writing, and until when: "they want the RCA in writing within 5 working days", "I promised her the
report by Monday". It outlives every incident, and who hears it at the time is busy."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from bot.domain.harvest import assignee, due_words, features, followup, phrase
from bot.domain.harvest.finding import Confidence
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.rule import Finding, Rule
from bot.domain.harvest.vocabulary import words

_KIND = r"(?:written|formal|full|final|detailed|supplementary|interim|intermediate|technical|public|official|proper|short|incident)"
_PAPER = rf"(?:{_KIND} )*(?:reports?|rca|root cause(?: analysis| report)?|write-?up|statement|explanation|letter)\b"
_OWED = late(
    r"\b(?:ask(?:s|ed|ing)?(?: us)? for|want(?:s|ed)?|expects?|expected|request(?:s|ed)?|requires?|demands?|demanded|insists? on|"
    rf"promised(?: (?:them|her|him|the [\w-]+|[A-Z]\w+))?|owe (?:them|her|him|the [\w-]+|[A-Z]\w+)) (?:(?:an?|the|our|their) )?{_PAPER}|"
    rf"\b{_PAPER} (?:is|are) (?:due|expected|owed)\b",
    re.I,
)
_SENT = late(r"\b(?:sent|submitted|delivered|filed|went out|is out|done)\b", re.I)
_CUES = words("report reports rca root cause write writeup statement explanation letter")


def find(note: Note, ctx: Context) -> Iterable[Finding]:
    for line in note.talk:
        for said in features.sentences(line.said[:1500], note):
            if _is_owed(said):
                found = followup.todo(note, line, said, ctx, RULE.id, confidence=Confidence.B)
                yield replace(found, assignee=found.assignee or assignee.of(line.said, None, note, ctx))
                break


def _is_owed(said: str) -> bool:
    """Whether a sentence says that somebody wants it in writing, and until when, and neither asks for that nor says that it is out."""
    return bool(_OWED.search(said) and due_words.of(said)) and not (phrase.is_question(said) or _SENT.search(said))


RULE = Rule("H-44", "What somebody outside is owed in writing", _CUES, find)
