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
_MANY = r"(?:\d+|two|three|four|five|seven|ten|fourteen|thirty)"
_BY = late(rf"\b(?:with)?in (?:the next )?{_MANY} (?:(?:working|business|calendar) )?(?:day|week)s?\b", re.I)
_SENT = late(r"\b(?:sent|submitted|delivered|filed|went out|is out|done)\b", re.I)
_CUES = words("report reports rca root cause write writeup statement explanation letter")


def find(note: Note, ctx: Context) -> Iterable[Finding]:
    for line in note.talk:
        for said in features.sentences(line.said[:1500], note):
            if due := _due(said):
                found = followup.todo(note, line, said, ctx, RULE.id, confidence=Confidence.B)
                yield replace(found, due=due, assignee=found.assignee or assignee.of(line.said, None, note, ctx))
                break


def _due(said: str) -> str:
    """Until when a sentence says that somebody wants it in writing; "" where it says no such thing, or that it is out."""
    if not _OWED.search(said) or phrase.is_question(said) or _SENT.search(said):
        return ""
    days = _BY.search(said)
    return due_words.of(said) or (days[0] if days else "")


RULE = Rule("H-44", "What somebody outside is owed in writing", _CUES, find)
