"""Words by which an answer takes on what was proposed right before and adds a little: "good point!! I do it next week", "sure. I'd put it
in the drill template", "+1, before the next rotation", "me, but after my holiday"."""

from __future__ import annotations

import re

from bot.domain.harvest import calendar_words, due_words, names, own_work, taken, terse
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.vocabulary import words

_TAKES_IT = late(
    r"\b(?:i'll|i will|ill|i can|i could|i'd|i|i'm|i am|will|can) "
    r"(?:(?:also|just|still|then|probably|happily|gladly|try to|give|have a go at|take a stab at|look at|look into|pick up|grab) ){0,2}"
    r"(?:\w+ )?(?:(?:it|them|both|one)\b|(?:this|that|these|those)(?= ones?\b|\W*$|[.,;:!?)]|"
    r" (?:on|by|in|next|tomorrow|tmrw|today|tonight|this|for|too|as|then|when|after|before|at|until|myself|probably|to|up)\b))",
    re.I,
)
_MINE = late(
    r"^\W*(?:(?:yes|yep|ok|sure|oh)\W+)*(?:mine|me|will do|can do|on it|on me|(?:i can do|i do|i can|i will)(?=\W*$|[,.;!]))(?!\w)|"
    r"\b(?:is|are|that's|it's|one'?s?) mine\b|\bmine\W*$",
    re.I,
)
_PART = late(r"[.,;!?]+ ")
_WORD, _LEAD = late(r"[\w']+"), late(r"^\W+")
_OF_IT = late(r"\bit(?:'s| is) (?:an?|the|my|our|only|just) [^.,;!?]+", re.I)  # what it is, which is no work
_WISHES = late(
    r"^\W*(?:also\b|plus\b|(?:shall|should|may|might|can|could) (?:i|we)\b)|"
    r"\b(?:someone|somebody|we|they) (?:really |also )?(?:must|should|ought|need)\b",
    re.I,
)
_WHEN = late(
    rf"\b(?:after|before|until|till|by|next|this) (?!me\b|us\b)\w|\b\d+ (?:days?|weeks?|months?)\b|\b(?:sprint|{calendar_words.LONG_MONTH}|"
    rf"{calendar_words.LONG_DAY}|q[1-4]|tomorrow|tmrw|today|tonight|later)\b",
    re.I,
)
_NOTES = late(
    r"\bi(?:'ll|'d| will)? (?:log|put|note|list|pass|forward|bring) (?:it|that|this|them)\b|\bif (?:it|that|i)\b", re.I
)  # who only sees to it that it is not forgotten
_LITTLE = words(
    "good point idea call fair love great grand makes sense noted deal works not but same guess say since easy doable possible like too",
    "only maybe probably nobody that's it's i'll then when already",
)
_LONG = 300  # letters


def answers(note: Note, proposal: str, ctx: Context) -> bool:
    """Whether a message takes a proposal on and speaks of little else."""
    said = note.plain
    if len(note.talk) > 1 or len(said) > _LONG or _WISHES.search(said) or not (_opens_with_day(said) or _takes(said)):
        return False
    if own_work.is_own(said, proposal):
        return False
    beside = _OF_IT.sub(" ", own_work.beside_day(names.without(said, note, ctx)))
    own = own_work.things(without_little(beside)) - own_work.things(proposal)
    return len(own) <= (1 if _WHEN.search(said) and not _TAKES_IT.search(said) else 0)


def without_little(said: str, more: frozenset[str] = frozenset()) -> str:
    """Words without those that agree or add nothing; `more` are further ones."""
    return _WORD.sub(lambda word: " " if word[0].casefold() in _LITTLE | more else word[0], said)


def takes(note: Note, proposal: str, ctx: Context) -> bool:
    """Whether its author does it, and does not only agree: "sure. after the summer peak", "I can do this"."""
    said = note.plain
    if said.rstrip().endswith("?") or _NOTES.search(said) or not answers(note, proposal, ctx):
        return False
    entry = terse.own_entry(said)
    if entry and not own_work.repeats(entry, proposal):
        return False
    return bool(_WHEN.search(said) or _MINE.search(said) or taken.accepts(said, at_once=True))


def until(said: str) -> str:
    """The words of such an answer that say until when: those of its first part that speaks of a time."""
    return next((due_words.of(part) for part in _PART.split(said) if _WHEN.search(part)), "")


def _takes(said: str) -> bool:
    return any(each.search(said) for each in (_MINE, _TAKES_IT)) or bool(taken.SHORT_YES.match(said.strip()))


def _opens_with_day(said: str) -> bool:
    """Whether it begins with until when: "tomorrow first thing, not from the couch"."""
    day = due_words.of(said)
    return bool(day) and _LEAD.sub("", said).startswith(day)
