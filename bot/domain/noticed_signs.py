"""What a message tells of an incident that nobody has registered: that the call is over (H-09), or which severity we are in
(H-07). The rules of the harvest know the wording; a harvest only proposes, while this speaks up unasked, so what they find
has to pass one table more. In doubt nothing was said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from bot.domain.harvest import note, phrase
from bot.domain.harvest.finding import TimelineFinding
from bot.domain.harvest.message import Message, ts_key
from bot.domain.harvest.note import Note
from bot.domain.harvest.person import Directory
from bot.domain.harvest.rules import h07_status_report, h09_end_of_call

# What people write into a channel; replies, edits, joining and the like are something else.
_WRITTEN = {None, "file_share", "me_message"}
_END, _STATUS = h09_end_of_call.RULE, h07_status_report.STATUS
_CUES = (_END.cues or frozenset()) | (_STATUS.cues or frozenset())
_NOBODY = Directory({}, ())
_SEVERITY = re.compile(r"\b(?:sev(?:erity)?|p|priority)[ -]?([0-5])\b", re.IGNORECASE)
_ELSEWHERE = re.compile(r"<#C?[A-Z0-9]+[|>]")
_CLAUSE = re.compile(r"[.!;,]\s|\s[-–—]\s|\s\(|$")


def _any(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{phrase})" for phrase in phrases), re.IGNORECASE)


# The vocabulary that takes a sign back. Before the end: wishes, guesses, and one person who leaves a call that goes on.
NOT_AN_END = _any(
    r"\b(?:should|could|might|may|would|shall|maybe|perhaps|about to|think(?:ing)?|instead of|ready (?:for|to)|please)\b",
    r"\bi(?:'m| am| have|'ll| will| need| must|'ve)\b.{0,20}\bdropp?",
    r"\b(?:yesterday|last (?:week|night|month|time|year))\b",
)
# Right behind it, in the same clause: another meaning of "over", a time to come, a condition, one person alone.
NOT_AN_END_BEHIND = _any(
    r"^-\w",
    r"^\s*\?",
    r"^\s+(?:zoom|meet|teams|slack|hangouts|google|phone|there|here|the|an?|to|on|budget|capacity|half|\d)\b",
    r"^.*\b(?:in|within) (?:about |around |roughly |~ ?)?(?:\d|an?\b|one|two|three|five|ten|fifteen|twenty|thirty|half|few)",
    r"^.*\b(?:at|by|until|till) \d",
    r"^.*\b(?:soon|shortly|later|tomorrow|yet|almost|nearly|when|once|if|unless|until|till|after|before|as soon as)\b",
    r"^.*\b(?:for|without) (?:me|you|him|her|them)\b",
    r"^.*\b(?:yesterday|last (?:week|night|month|time|year)|hours? ago|days? ago)\b",
)
# Anywhere in a report: it is about another incident, about no real one, or somebody else's words.
NOT_A_REPORT = _any(
    r"\b(?:drill|exercise|game ?day|training|simulation|simulated|table ?top|rehearsal|example|pretend|test (?:incident|run))\b",
    r"\b(?:yesterday|last (?:week|night|month|time|year)|previous|earlier|back then|similar|like the|the other)\b",
    r"\b(?:not|no longer|never|isn't|aren't|wasn't|weren't|out of|ex-)\b.{0,30}\bsev",
    r"\b(?:when|whenever|once|if|unless|until|suppose|assume|imagine|would be|could be)\b.{0,40}\bsev",
    r"[\"“”«»„].*\bsev",
)


@dataclass(frozen=True, slots=True)
class Sign:
    """What one message told: `at` and `ts` are the message's, `ended_at` when the call was over, None where it does not say
    so; `severity` is the one it names. Never what it says, nor who."""

    at: datetime
    ts: str
    severity: int | None = None
    ended_at: datetime | None = None


def read(message: Message) -> Sign | None:
    """The sign in a message; None where there is none, and for what apps wrote, replies, and what was edited."""
    if message.subtype not in _WRITTEN or message.is_reply or message.is_bot or message.edited_ts:
        return None
    prepared = note.prepare(message, ts_key(message.ts), {}, _NOBODY.name)
    if not prepared.human or not prepared.words & _CUES:
        return None
    ended_at, reported = _ended(prepared), _reported(prepared)
    if ended_at is None and reported is None:
        return None
    severity = _named(prepared) if ended_at else reported
    return Sign(prepared.at, message.ts, severity, min(ended_at, prepared.at) if ended_at else None)


def _ended(prepared: Note) -> datetime | None:
    if not prepared.words & (_END.cues or frozenset()):
        return None
    for line in prepared.talk:
        said = phrase.untimed(line.said, prepared)
        hit = h09_end_of_call.hit(said)
        if hit and not NOT_AN_END.search(said, 0, hit.end()) and not NOT_AN_END_BEHIND.search(_behind(said, hit)):
            return h09_end_of_call.ended_at(prepared, line)
    return None


def _behind(said: str, hit: re.Match[str]) -> str:
    """The rest of the clause that a hit stands in."""
    close = _CLAUSE.search(said, hit.end())
    return said[hit.end() : close.start() if close else len(said)]


def _reported(prepared: Note) -> int | None:
    """The severity in a status report about this channel's own incident."""
    if not prepared.words & (_STATUS.cues or frozenset()) or _ELSEWHERE.search(prepared.message.text):
        return None
    ctx = note.Context((prepared,), _NOBODY)
    lines = {each.line for each in _STATUS.find(prepared, ctx) if isinstance(each, TimelineFinding)}
    for line in prepared.talk:
        hit = _SEVERITY.search(line.said) if line.number in lines else None
        if hit and not NOT_A_REPORT.search(line.said):
            return max(1, int(hit[1]))
    return None


def _named(prepared: Note) -> int | None:
    """The severity that the end of a call names by the way: the worst, should it name several."""
    lines = [line.said for line in prepared.talk if not NOT_A_REPORT.search(line.said)]
    found = [max(1, int(hit[1])) for said in lines for hit in _SEVERITY.finditer(said)]
    return min(found, default=None)
