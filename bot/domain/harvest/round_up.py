"""Rounds: somebody asks what is to be done now that it is over ("anything we should do after this?", "lessons?"), and people answer in a
few words what by themselves would be nothing: "docs", "fewer retries"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from bot.domain.harvest.late import late

FAR = 10  # messages after the question are answers at most
_SIGHT = 400
_WORK = r"follow[- ]?ups?|action (?:items?|points?)|lessons?(?: learn(?:ed|t))?|take-?aways?|learnings?|improvements?|to-?dos?|tickets?"
_ANY = r"any\w*|some(?:thing|body|one)?|what|which|things|points|ideas|thoughts|last call|who (?:has|wants)"
_AFTER = (
    rf"(?:{_WORK})\b|\blearn(?:ed|t)\b|\b(?:take|leave)\b.{{0,20}}\b(?:away|home|from|with)\b|\bto improve\b|\b(?:do|done) differently\b|"
    r"\bwould(?:'ve| have|a)? .{0,30}?(?:helped|saved|made|prevented|caught|wanted|help|prevent)\b|\b(?:better )?next time\b|"
    r"\b(?:for|in|into) (?:the|a|my|our|this) (?:\w+ )?(?:pm|post-?mortem|review|retro\w*|report|write-?up|debrief|rca)\b|"
    r"\bplan in\b|\bafter (?:this|that)\b|\bafterwards\b|\b(?:to|should) (?:do|fix|change) (?:after|later|next|now that|about)\b|"
    r"\bto prevent\b|\bso (?:that )?(?:it|this|that|we|you|i|nobody|no one)\b.{0,40}\bagain\b|"
    r"\b(?:do|should|can|could) we (?:fix|change|improve|learn|take)\b"
)
_ASKS = late(rf"(?:^|\W)(?:{_ANY})\b[^?]{{0,80}}?(?:{_AFTER})[^?]{{0,80}}\?", re.I)
_SHORT = late(rf"(?:^|[.!,:;–—-] )(?:(?:ok(?:ay)?|so|and|any|the|now)[,:]? )*(?:{_WORK})\b[^?.!]{{0,25}}\?", re.I)


class Said(NamedTuple):
    """A message: its place (ts; the channel, and the thread, if it is in one), and what it says where somebody asks something."""

    ts: str
    channel_id: str
    thread: str
    question: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A message may answer the question with this ts, as the so-manieth behind it."""

    question: str
    place: int


def asks(said: str) -> bool:
    """Whether somebody asks what is to be done now that it is over."""
    return "?" in said and bool(_SHORT.search(said[-_SIGHT:]) or _ASKS.search(said[-_SIGHT:]))


def answers(messages: Iterable[Said]) -> dict[str, Answer]:
    """The messages (ts) that may answer such a question: the next in its channel or thread, and those in the thread under it."""
    waits: dict[tuple[str, str], Answer] = {}
    found: dict[str, Answer] = {}
    for ts, channel_id, thread, question in messages:
        where = (channel_id, thread)
        if waits and (answer := waits.get(where)):
            found[ts] = answer
            waits[where] = Answer(answer.question, answer.place + 1)
            if answer.place == FAR:
                del waits[where]
        if question and asks(question):
            waits[where] = waits[channel_id, ts] = Answer(ts, 1)
    return found
