"""The short words with which somebody takes what was just proposed or asked of them: a yes with a day, "mine" behind a remark, a bare
"adding". Which of them are enough depends on who was asked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.harvest import due_words
from bot.domain.harvest.late import late
from bot.domain.harvest.offered import NAME

_YES = (
    r"(?:ok(?:ay)?|k|yes|yep|yup|yeah|sure|fine|agreed|deal|right|of course|true|fair(?: enough)?|good (?:idea|point)|"
    r"will(?: do)?|can(?: do)?|i can|i will|gladly|me|aye|noted|consider it done|no problem|np|roger|on it|easy|oh|ah|well)"
)
_SAYS_YES = late(rf"^(?:@[\w.'-]+[,:]? )?{_YES}(?!'|\w)(?! (?:not|no\b|but|if)\b)", re.I)
_ALL_YES = late(rf"^(?:@[\w.'-]+[,:]? )?(?:{_YES}(?:[,.!: ]+|$))+", re.I)
_ONLY_YES = late(
    r"^(?:@[\w.'-]+[,:]? )?(?:(?:ok(?:ay)?|k|yes|yep|yup|yeah|sure(?: thing)?|will(?: do)?|can(?: do)?|i can|i will|gladly|aye|roger|on it|"
    r"consider it done|no problem|np|of course|happy to)[,.! ]*)+$",
    re.I,
)
_ASKS_FOR_ONE = late(
    r"\b(?:can|could|will|would) (?:you|some(?:one|body)|any(?:one|body))\b(?! (?:all|guys)\b)[^.;!?]*\?\W*$", re.I
)
_WHEN = late(
    r"^(?:(?:maybe|probably|latest|then|for|but|from|starting|after|before|in|by|on|this|next|over|until|not before) )*"
    r"(?:the )?(?:(?:\d+|an?|one|two|three|four|a few|few|a couple of) (?:hour|day|week|month|sprint)s?|"
    r"summer|winter|spring|autumn|easter|christmas|[a-z]+day|week|"
    r"month|sprint|release|freeze|holidays?|q[1-4]|end of [a-z ]+)(?: [a-z]+){0,3}\W*$",
    re.I,
)
_MINE = late(
    r"(?:^|[.!;,:–—-] |\b(?:ok|yes|yeah|so|and|then) )(?:(?:that(?:'s| is|s)?|it(?:'s| is)?|this(?: is| one is)?|all|procedures are) )?"
    r"(?:mine|on me)(?=$|[.!,;] ?|, then\b)|"
    r"^(?:(?:ok(?:ay)?|yes|yeah|well|fine|that(?:'s| is)|this(?: is|'s)) )*(?:me|my (?:job|piece|part|side|table|turn))(?=$|[.!,;]| ok)|"
    r"^(?:please )?put(?:ting)? (?:(?:that|it|this)(?: one)? )?(?:me\b|(?:on|under|to) (?:me|my name)\b|my name\b)|"
    r"^(?:i own(?: it| that)?|(?:i'm |am )?having (?:it|that|this)(?: one)?|fine,? i'll be (?:it|somebody|the one|him|her|that person))\b",
    re.I,
)
_OPENS_MINE = late(
    r"^(?:(?:ok(?:ay)?|yes|yeah|fine|sure|right|oh|and)[,.! ]+)*mine(?=$|[,.!;]| to [a-z]+)|"
    r"[.,!;] mine to (?:do|fix|repair|mend|write|add|change)\b",
    re.I,
)
_SHORT = 60
_DOING = late(
    r"^(?:(?:ok|yes|yep|sure|right|true|ha|oops|oh|good point|agreed)[,.! ]+)*(?:i'm |am |already )?"
    r"(?:adding|writing|doing|filing|fixing|building|changing|raising|opening|drafting|moving|updating|documenting|correcting|making|"
    r"sending|booking|ordering|scheduling|creating|setting it up|renaming|removing|putting (?:it|that) in)"
    r"(?: (?:it|that|this|one|them|those|now|today|tomorrow|a ticket|right now|both))*\W*$",
    re.I,
)
_ANY_DEED = late(
    r"^(?:[^.!,;:?]{1,25}[.!,;:] )?i(?:'ll| will| can) (?:(?:also|just|still|then|probably|maybe|gladly|happily|easily|try to|try and) )*"
    r"(?!see\b|say\b|confirm\b|imagine\b|understand\b|believe\b|hear\b|live\b|tell\b|reproduce\b|verify\b|be\b|have\b|not\b|never\b|let\b|"
    r"take\b|explain\b|repeat\b|second\b|wait\b|leave\b|miss\b|remember\b|still\b|only\b|ping\b|ask\b)"
    r"[a-z]+ (?:it|that|this|them|those|these|both)\b"
    r"(?! (?:is|was|i|we|you|the|it|there)\b)",
    re.I,
)


_DEED = r"(?:do|take|own|want|write|look (?:at|into)|try|add|put|build|make|file|raise|set|fix|change|ask|check|handle|open|chase)"
_IT = r"(?:it|that|this|them|those|one|both)"
_ASKS_YOU = late(
    rf"^(?:[^?]{{1,40}}[,.] )?(?:and |so |then |but )*(?:(?:would|could|can|will) you"
    rf"(?: (?:please )?{_DEED}(?: \w+)?(?: {_IT})?\b[^?]{{0,60}})?|"
    rf"do you (?:want to )?{_DEED}(?: {_IT})?|(?:are )?you(?: up for {_IT}| volunteering| then)?|yours)\W*\?+$|"
    rf"^(?:(?:can|could|would|will) you|please|pls) {_DEED} {_IT}\b",
    re.I,
)
_ASKED = tuple(
    late(each, re.I)
    for each in (
        rf"^{NAME}[,:]? (?:(?:can|could|would|will) you {_DEED}? ?{_IT}\b|you\?|yours\?|please {_DEED} {_IT}\b)",
        rf"\b(?:can|could|would|will) you (?:please )?{_DEED} {_IT}(?: \w+){{0,3}},? {NAME}\W*$",
        rf"(?:^|[.!?,;:] ){NAME}\?$",
        rf"^{NAME}[,:]? (?:please )?(?:make|file|raise|write|order|put|add|open) [^?]{{1,40}}\b(?:please|pls)\W*$",
    )
)
_HANDS_OVER = late(
    r"^(?:\W*\w+[.,!] )?(?:(?:(?:then |and |so )?(?:it|that|this)(?:'s| is)|all) yours\b|you (?:just )?volunteered\b|"
    r"(?:thanks|thank you) for volunteering\b|putting your name (?:on|to|against) (?:it|that|this)\b|you do (?:it|that) then\b)",
    re.I,
)
_GO = late(
    r"^(?:\W*\w+[.,!] )?(?:please do\b|(?:yes|yeah|yep)[,.]? (?:please|do)\b|do (?:it|that)\W*$|go (?:ahead|for it)\b|please\W*$)",
    re.I,
)
_OFFERS = late(r"\b(?:i would|i'd|i could|i can|shall i|should i|want me to|may i)\b", re.I)


def asks_you(said: str) -> bool:
    """Whether it asks who spoke before to do it: "would you?", "can you do that?"."""
    return bool(_ASKS_YOU.search(said))


def asked(said: str) -> Iterator[str]:
    """Whom it asks by name to do it."""
    for pattern in _ASKED:
        yield from (each["name"].rstrip(".-'") for each in pattern.finditer(said))


def hands_over(said: str, before: str) -> bool:
    """Whether it leaves it to who spoke before: "then it's yours", or "please do" to who could do it."""
    return bool(_HANDS_OVER.search(said) or (_GO.match(said) and _OFFERS.search(before)))


def says_yes(said: str) -> bool:
    """Whether who was asked says yes."""
    return bool(_SAYS_YES.match(said)) and not said.rstrip().endswith("?")


def asks_for_one(said: str) -> bool:
    """Whether a wish asks whoever reads it to do it: "can somebody add an alert?"."""
    return bool(_ASKS_FOR_ONE.search(said))


def only_yes(said: str) -> bool:
    """Whether an answer is a yes, perhaps with a time, and nothing else."""
    return bool(_ONLY_YES.match(said)) or until(said)


def until(said: str) -> bool:
    """Whether it is a yes and by when, and nothing else: "fine. tonight", "ok, 2 weeks"."""
    yes = _ALL_YES.match(said)
    rest = said[yes.end() :].strip() if yes else ""
    return (
        bool(rest) and len(rest) <= 40 and (_WHEN.match(rest) is not None or due_words.of(rest) == rest.rstrip(" .!"))
    )


def opens_with_mine(said: str) -> bool:
    """Whether an answer opens with "mine"."""
    return bool(_OPENS_MINE.match(said))


def takes(said: str, *, at_once: bool) -> bool:
    """Whether an answer says that it is its author's. `at_once`: nothing was said since what it answers."""
    if _OPENS_MINE.search(said):
        return True
    if said.rstrip().endswith("?"):
        return False
    if (len(said) <= _SHORT and _MINE.search(said)) or _ANY_DEED.search(said):
        return True
    return at_once and (until(said) or _DOING.match(said) is not None)
