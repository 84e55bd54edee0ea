"""Roles of another day or another channel: "for the drill on friday: Bo is IC", "I'm IC of the drill next week", "I'm the IC of the
incident in the other channel". A drill of today is like any other incident, and
yesterday's outage can be the one that is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile

from bot.domain.harvest import calendar_words, text
from bot.domain.harvest.late import late

_DAY = calendar_words.DAY
_DRILL = r"(?:(?:fire|incident|dr|failover) )?(?:drill|exercise|game ?day|simulation|table ?top|dry run)"
_PAST = rf"(?:last (?:week|month|year|quarter|time|night|spring|summer|autumn|fall|winter|{_DAY})|yesterday|back then)"
_LONG_AGO = r"last (?:week|month|year|quarter|spring|summer|autumn|fall|winter)"
_TO_COME = rf"(?:(?:next|this coming|on|every) (?:{_DAY}|week|month|quarter)|tomorrow|on the \d+(?:st|nd|rd|th))"
_EVENT = rf"(?:{_DRILL}|incident|outage)"
_ITS = r"(?:the|our|your|that|this)"
_THEN = (
    rf"(?:(?:{_ITS} )?(?:{_DRILL} (?:of |from )?(?:{_PAST}|{_TO_COME})|{_EVENT} (?:of |from )?{_LONG_AGO})|(?:{_ITS} )?(?:"
    rf"(?:(?:next|last|coming) )?{_DAY}(?:'s)?|(?:next|last) (?:week|month|quarter)(?:'s)?|tomorrow's) {_DRILL}|"
    rf"(?:last {_DAY}|yesterday)'s {_DRILL}|{_LONG_AGO}'s {_EVENT})\b"
)
_OPENS = late(
    rf"(?:(?<=[.!?;] )|(?<=^))(?:(?:and|ok(?:ay)?|so|btw|fyi|back|also)[, ]+)*(?:(?:for|in|at|during) {_THEN}|{_THEN}:)"
    r"(?:(?! (?:today|tonight|now|this time)\b)[^.!?;\n])*(?=[.!?;\n]|$)",
    re.I,
)
_GOES_ON = late(rf"(?P<first>\b(?:ic|commander|lead|scribe|deputy) (?:for|of|at|in|during) {_THEN})[^.!?;\n]*", re.I)
_HEADS = late(rf"(?:(?:for|in|at|during) )?{_THEN}:?", re.I)
_ROOM = r"(?:channel|room|call|bridge|war ?room)"
_OTHER = r"(?:the other|another|a different|a separate)"
_OF_IT = late(
    rf"(?: (?:again|too|also|then|now))* (?:of|for|at|in|on|during) {_THEN}"
    rf"|(?: (?:of|for|on)\b(?:(?! (?:and|but|so|while) )[^.,;:!?]){{0,50}})? (?:over )?(?:in|on) {_OTHER} {_ROOM}\b"
    rf"|(?: also)? (?:of|for|on) {_OTHER} (?:incident|outage|one)\b",
    re.I,
)


def is_meant(said: str, end: int) -> bool:
    """Whether a role, whose words end there, is one of another day or of another channel."""
    return bool(_OF_IT.match(said, end))


def without(said: str) -> str:
    """What a line says without the sentences that open with another day's drill or incident, and without what goes on
    about it."""
    return _GOES_ON.sub(r"\g<first>", _OPENS.sub("", said))


def before(lines: Iterable[text.Line]) -> Iterator[text.Line]:
    """The lines of a message before one that heads what is told of another day, "for the drill on friday:"."""
    return takewhile(lambda line: not _HEADS.fullmatch(line.said.strip()), lines)
