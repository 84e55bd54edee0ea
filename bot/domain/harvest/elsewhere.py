"""When the words of a role mean no role here and now: who drives has a car, who leads gives a workshop, who scribes does so for the
retro, and who commands does so next week."""

from __future__ import annotations

import re

from bot.domain.harvest import another_day, calendar_words
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note

_DAY = rf"{calendar_words.DAY}s?"
_WHEN = (
    r"(?:(?:next|last) (?:week(?:end)?|month|year|sprint|quarter|time|shift|rota(?:tion)?|\d+|night)|tomorrow|yesterday|"
    rf"(?:from|starting|as of|on|next|last|this coming|every) {_DAY}|(?:on|over|at|from) the weekend|the week (?:after|before|of)|"
    rf"(?:from|on|as of) the \d+(?:st|nd|rd|th)|(?:in|from) (?!may\b){calendar_words.LONG_MONTH}|"
    r"at my (?:old|last|previous)|back then)\b"
)
_OTHER_TIME = late(
    rf"(?: (?:from|again|only|just|also|then|for|on|all|duty|call|rota|here|the|shift|as of|starting|back))* {_WHEN}",
    re.I,
)
_OTHER_TIME_FIRST = late(
    rf"(?:^|[.;!?] )(?:(?:from|as of|starting|on|only|and|ok(?:ay)?|yes|no)[, ]+)*{_WHEN},? ?$", re.I
)

_OCCASION = (
    r"(?:retro(?:spective)?|book ?club|(?:sprint )?planning|grooming|refinement|stand-?up|workshop|tour|training|onboarding|"
    r"offsite|all-?hands|town ?hall|demo day|interviews?|class|lesson|lecture|webinar|course|quiz|meet-?up|choir|band|gig|concert|song|"
    r"chorus|carol|dance|yoga|hike|walk|run club|ride|game|match|play|musical|rehearsal|party|lunch|hackathon|panel|one-on-one|1:1|"
    r"guild|architecture (?:board|review)|design review|brainstorm(?:ing)?)(?:s|'s)?\b"
)
# Not "the game login": a thing of that name that can break.
_STOP = r"(?=\s*(?:$|[.,;:!?)]|(?:on|at|to|tomorrow|today|tonight|next|this|so|and|if|then|again|please|pls|with|starts?|is|later|in)\b))"
_FAILS = late(
    r".{0,25}\b(?:down|fail\w*|offline|errors?|unavailable|crash\w*|slow|\d\d\ds?|time ?outs?|timing out|affected)\b",
    re.I,
)
_ITS = r"(?:(?:the|our|your|my|a|an|this|next|tonight's|today's|tomorrow's|\w+day'?s?|weekly|monthly|q\d|sprint|team) )*(?:\w+ )?"
_FOR_IT = late(rf"(?: (?:again|too|then|now|today|also))* (?:for|of|at|in|on|during) {_ITS}{_OCCASION}{_STOP}", re.I)
_FOR_IT_FIRST = late(rf"\b(?:for|at|in|during) {_ITS}{_OCCASION}\W*$", re.I)
_IS_IT = late(rf"\b(?:the|our|your|my|an?|today's|tonight's|this|weekly) (?:\w+ )?{_OCCASION}{_STOP}", re.I)
_COMES_FROM = late(
    r"\b(?:was|been|stuck|coming|leaving|left|skip\w*|cancel\w*|miss\w*|mov\w+|postpon\w+|out of|back from|drop\w*)\b",
    re.I,
)
_RIDE = late(
    r"\b(?:a|an|my|our|his|her|your|the|by|no|hired?|rental|rented|company)(?: \w+)? "
    r"(?:car|van|minivan|bike|bus|coach|lift|truck|road|taxi|cab|train|motorway|highway|traffic|parking|ferry|flight|scooter|tram|"
    r"trailer|licen[cs]e)s?(?='s|\s*(?:$|[.,;:!?)]|(?:and|is|are|isn't|fits|so|with|has|for|there|here|back|outside|from|to|home|today|"
    r"tomorrow|strike|now|that|if|anyway)\b))",
    re.I,
)
_DRIVES, _LEADS = (
    late(r"\b(?:driv|steer|pilot|wheel)", re.I),
    late(r"\b(?:driv|steer|lead|conduct|chair)", re.I),
)
_BESIDE_THEM = late(
    r"[^.;!?]{0,40}\b(?:(?:second|extra|another) (?:pair|set) of eyes|"
    r"(?:watch|look)(?:es|ing)? over (?:the|your|his|her|their) shoulder)\b",
    re.I,
)
_TITLE = late(r"\b(?:ic|incident|imoc|mim|command\w*|response)\b", re.I)
_WANTED_FOR_IT = late(
    r"\b(?:who|anyone|anybody|someone|somebody|volunteers?|takers|can you|could you)\b.{0,40}\b(?:scrib\w+|notes?|note-?taker|minutes|"
    rf"lead\w*|driv\w+|run\w*|chair\w*|moderat\w+|host\w*|facilitat\w+)\b.{{0,30}}\b{_OCCASION}",
    re.I,
)
SECONDS, FEW = 420, 5  # so long after it, and so many messages, a question is answered


def is_meant(said: str, start: int, end: int) -> bool:
    """Whether the words of a role from `start` to `end` tell of another time, of a ride, of who types while others watch, or of an occasion
    that is no incident."""
    if _OTHER_TIME.match(said, end) or _OTHER_TIME_FIRST.search(said[max(start - 40, 0) : start]):
        return True
    if _FOR_IT.match(said, end) or _FOR_IT_FIRST.search(said[max(start - 40, 0) : start]):
        return True
    if another_day.is_meant(said, end):
        return True
    words = said[start:end]
    if _TITLE.search(words):
        return False
    drives = _DRIVES.search(words)
    if drives and _BESIDE_THEM.match(said, end):
        return True
    ride = _RIDE.search(said) if drives else None
    if ride and not _FAILS.match(said, ride.end()):
        return True
    occasion = _IS_IT.search(said, end) if _LEADS.search(words) else None
    if occasion is None or _FAILS.match(said, occasion.end()):
        return False
    return not _COMES_FROM.search(said, end, occasion.start())


def is_wanted(said: str) -> bool:
    """Whether a line looks for somebody who leads, or writes at, an occasion that is no incident."""
    return bool(_WANTED_FOR_IT.search(said))


def is_answered(words: str, note: Note, ctx: Context) -> bool:
    """Whether the words of a role answer who would do it at such an occasion: "who's scribe for the retro?"."""
    if _TITLE.search(words):
        return False
    root = ctx.note(note.room) if note.room else None
    near = (*ctx.lately(note, FEW), *((root,) if root else ()))
    return any(
        each.author != note.author and (note.at - each.at).total_seconds() <= SECONDS and is_wanted(each.plain[:300])
        for each in near
    )
