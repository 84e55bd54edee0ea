"""Whether two messages that one person writes in a row are one thought. Two events stay two entries, however close they are: two levels
of severity, decisions on different things, what was found out and what is done about it."""

from __future__ import annotations

import re

from bot.domain.harvest import text
from bot.domain.harvest.finding import Confidence, TimelineFinding, TimelineKind
from bot.domain.harvest.heaviest import PART
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Note
from bot.domain.harvest.vocabulary import words

BY_HAND = ("H-17", "H-16")  # these say that a line belongs here; what it is, the others say
_OF_ITS_OWN = (
    TimelineKind.resolved,
    TimelineKind.severity_change,
    TimelineKind.public,
    TimelineKind.page,
)  # an event with its own time
_DEEDS = (TimelineKind.action, TimelineKind.decision, TimelineKind.mitigation)
_OWN_TIME = 120.0  # seconds between a message and its event from which on it tells of another time
_CLAUSE = r"which|because|'?(?:cause|cuz)|due to|meaning|that'?s (?:why|when|because|where)"
_LEADS_ON = late(rf"^\W*(?:and|so|plus|{_CLAUSE})\b(?=.*\w)", re.I | re.S)
_NO_SENTENCE = late(rf"^\W*(?:and |so )?(?:{_CLAUSE})\b(?=.*\w)", re.I | re.S)
_GOES_ON = 4  # words with which something goes on
_POLITE = late(r"\b(?:thanks?|thx|ty|cheers|sorry|please|pls|welcome|lunch|coffee)\b|\?|:\)", re.I)
_SHOWS = late(
    r"^\W*(?:(?:here(?:'s| is| are|s)?|this is|see|look at|attached|attaching|link to|from|fyi|the|a|my|our|its|that|those|these|it|"
    r"graphs?|charts?|screenshots?|screen|shot|pictures?|images?|dashboards?|panels?|logs?|traces?|query|grafana|datadog|kibana|sentry|"
    r"link|for|of|in|on|below|above|and)\b\W*)+$",
    re.I,
)
_URL = re.compile(r"https?://\S+")
_LEVEL = late(r"\b(?:sev(?:erity)?|p|prio(?:rity)?)[ -]?([0-5])\b", re.I)
_WORD = re.compile(r"[a-z0-9][\w.-]+")
# What says that something is decided, not what.
_NO_MATTER = words(
    "decision decisions decided decide deciding agreed agree we we're we'll i'll let's lets let us go going ahead with the to of for on in",
    "an and or but it it's this that is are be will do does not don't no now then first all our by from at as so just if until instead",
    "keep leave please only still than more rather they you them there"
)  # fmt: skip


def is_one(first: TimelineFinding, second: TimelineFinding, *, shows: bool = False) -> bool:
    """Whether an entry goes on with another one of the same person, close behind it. `shows`: the first only shows what the second says."""
    if second.rule in (*BY_HAND, PART) or second.confidence is Confidence.A or _of_another_time(second):
        return False
    if not leads_on(second) and (first.rule in BY_HAND or _of_another_time(first)):
        return False
    if second.kind in _OF_ITS_OWN and second.kind is not first.kind:
        return False
    if first.kind is second.kind:
        return says_again(first, second) or not _differ(first, second)
    return TimelineKind.other in (first.kind, second.kind) and (shows or leads_on(second))


def leads_on(entry: TimelineFinding) -> bool:
    """Whether it goes on with a sentence; what is done is more than that, unless it is a mere clause."""
    return bool((_NO_SENTENCE if entry.kind in _DEEDS else _LEADS_ON).match(entry.text))


def says_again(first: TimelineFinding, second: TimelineFinding) -> bool:
    """Whether an entry says what stands in another one already."""
    return text.normal(second.text) in map(text.normal, first.text.splitlines())


def goes_on(note: Note) -> bool:
    """Whether a message that is nothing by itself goes on with what was said before."""
    said = note.plain
    return bool(_LEADS_ON.match(said)) and len(said.split()) >= _GOES_ON and not _POLITE.search(said)


def only_links(note: Note) -> bool:
    """Whether a message is a link or a picture, and nothing else."""
    return bool(note.evidence) and not text.normal(_URL.sub("", note.plain))


def only_shows(note: Note) -> bool:
    """Whether a message shows something, and says no more than that it does."""
    return only_links(note) or (bool(note.evidence) and bool(_SHOWS.match(_URL.sub("", note.plain))))


def _differ(first: TimelineFinding, second: TimelineFinding) -> bool:
    """Whether two entries of a kind are two events."""
    if first.kind is TimelineKind.severity_change:
        before, after = _LEVEL.findall(first.text), _LEVEL.findall(second.text)
        return bool(before and after) and before[-1] != after[-1]
    if first.kind is TimelineKind.decision:
        matters = _matters(first), _matters(second)
        return all(matters) and not matters[0] & matters[1] and not leads_on(second)
    return first.kind is TimelineKind.status_change and not leads_on(second)


def _matters(entry: TimelineFinding) -> set[str]:
    return set(_WORD.findall(entry.text.lower())) - _NO_MATTER


def _of_another_time(entry: TimelineFinding) -> bool:
    """Whether it tells of something at a time that is not the one of its message."""
    return abs(entry.at.timestamp() - float(entry.ts)) > _OWN_TIME
