"""Answers that mean a proposal by where they stand: in its thread what names nothing that the thread has not named yet ("sure. next
sprint", "fair, after the freeze") or only adds how ("with a cap per day"); and right behind it who takes "it": "agreed, I'll send it to you
tonight". They say whose the proposal is, or until when, and are none by themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.domain.harvest import answer_cues, calendar_words, names, own_work
from bot.domain.harvest.finding import TodoFinding
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.vocabulary import words

_LONG = 160  # letters
_WISHES = late(
    r"\?|\b(?:should|must|need(?:s|ed)?|ought|why|also|plus|as well|would be|draft|owner|report|write-?up|post-?mortem)\b",
    re.I,
)
_SAYS_NOTHING = words(
    "both give fell owe owes those wrote promise promises thank deal agreed end freeze summer winter holiday holidays vacation sort break",
    "broke sometime though happily suppose let obviously consider last quarter release freezes christmas easter anyway leave weeks",
    "taking sounds sure cheap easy idea like got one two three four seconded strong strongly agree worth absolutely definitely",
    "exactly booked right true works indeed thoroughly correct fair again",
)
_IT = late(
    r"\b(?:(?:adding|putting|moving|making|filing|taking|doing|bringing) (?:it|that|this|those|them)\b|"
    r"(?:i'll|i will|ill|i shall|i can|i could|i'd|i would|i|will|can|let me)"
    r"(?: (?:also|just|still|then|probably|happily|gladly|maybe|try to|try and|at least)){0,2} "
    r"(?!(?:have|remember|see|know|think|like|love|mean|wrote|did|had|saw)\b)[a-z]+"
    r"(?: (?:up|on|in|at|into|for|over|with|to|out|after))? (?:it|that|this|those|them|these|both|one)\b)"
    r"(?! (?:is|was|has|had|would|will|can|should)\b)",
    re.I,
)
_OPENS = late(
    r"^(?:\W*(?:yes|yeah|yep|ok|okay|sure|true|right|agreed|good|fair|noted|fine|of course|gladly|will do|exactly)\b"
    r"[^.,;:!?]{0,12}[.,;:!]+)*\W*(?:(?:and|so|then|but) )?$",
    re.I,
)
_OTHER = late(r"(?:this|that|these|those)$", re.I)  # followed by a noun it is no word for what was proposed
_GOES_ON = late(
    r"^(?:\W*$|[.,;:!?)]| (?:on|by|in|at|to|up|into|for|with|as|when|while|after|before|until|till|next|this|tomorrow|tmrw|today|tonight|"
    r"myself|too|first|then|over|and|but|so|if|once)\b)",
    re.I,
)
_TOO = late(r"^\W*(?:\+1|seconded|same here)(?!\d)", re.I)
_ASKS = late(r"\?|\b(?:should|must|needs?|have to|ought|please|pls|(?:can|could|would|will) you|todo)\b", re.I)
_HOW = late(r"^(?:(?:and|but) )?(?:with|without|per|only for) (?:an?|the|some|no)? ?\w", re.I)
_FEW, _SHORT = 10, 9  # words before "it", which else means what is said in them; of an answer without "it"
_BACK, _AWHILE = 2, 1800  # messages, seconds
_DAY = late(rf"\b(?:{calendar_words.LONG_MONTH}|{calendar_words.LONG_DAY}|mon|tue|wed|thu|fri|sat|sun|q[1-4])\b", re.I)
_BESIDE = late(r" (?:after|before|once|when|while|until|during) [^.,;!?]+", re.I)


def place(note: Note, before: Sequence[TodoFinding], notes: Mapping[str, Note], ctx: Context) -> int | None:
    """The place of the proposal that an answer means by where it stands; None where it may be one itself."""
    if len(note.plain) > _LONG or _WISHES.search(note.plain):
        return None
    behind = _behind(note, before, ctx)
    return _of_thread(note, before, notes, ctx) if behind is None else behind


def _behind(note: Note, before: Sequence[TodoFinding], ctx: Context) -> int | None:
    """The place of what was proposed right before, with only a remark between, if an answer takes "it" or names nothing new."""
    found, near = _IT.search(note.plain), _near(note, ctx)
    if found is None and len(note.plain.split()) > _SHORT and not _TOO.match(note.plain):
        return None
    if found is not None and len(note.plain[: found.start()].split()) > _FEW:
        return None
    if found is not None and note.room and near and near[-1].author != note.author:
        near = near[-1:]  # in a thread what stands right before is meant, whatever else is said
    elif _TOO.match(note.plain) or (found is not None and _opens_with(found)):
        pass  # whoever opens with it means it, whatever is said of it then
    elif _named(_IT.sub(" ", note.plain), note, ctx).difference(*(own_work.things(each.plain) for each in near)):
        return None
    there = {each.message.ts for each in near}
    if near and not any(each.ts == near[-1].message.ts for each in before) and _ASKS.search(near[-1].plain):
        return None
    return next((at for at in range(len(before) - 1, -1, -1) if before[at].ts in there), None)


def _opens_with(found: re.Match[str]) -> bool:
    """Whether an answer begins by taking "it", or "that" which is no word before a noun."""
    said = found.string
    if not _OPENS.match(said[: found.start()]):
        return False
    return not _OTHER.search(found[0]) or bool(_GOES_ON.match(said[found.end() :]))


def _near(note: Note, ctx: Context) -> Sequence[Note]:
    """What stands right before an answer, the first of a thread under its root."""
    lately = [each for each in ctx.lately(note, _BACK) if (note.at - each.at).total_seconds() <= _AWHILE]
    root = ctx.note(note.room) if note.room and len(lately) < _BACK else None
    return [*((root,) if root else ()), *lately]


def _of_thread(note: Note, before: Sequence[TodoFinding], notes: Mapping[str, Note], ctx: Context) -> int | None:
    """The place of the last proposal of the thread, by somebody else where there is one, if an answer adds no thing to it."""
    there = [at for at, each in enumerate(before) if note.room and note.room in (each.ts, notes[each.ts].room)]
    if not there or (_own(note, ctx) and not _HOW.match(note.plain)):
        return None
    others = [at for at in there if notes[before[at].ts].author != note.author]
    return (others or there)[-1]


def _own(note: Note, ctx: Context) -> frozenset[str]:
    """What an answer names that nothing before it in the thread does."""
    root = ctx.note(note.room)
    earlier = (*((root,) if root else ()), *ctx.lately(note))
    return _named(note.plain, note, ctx).difference(*(own_work.things(each.plain) for each in earlier))


def _named(said: str, note: Note, ctx: Context) -> frozenset[str]:
    """The things that words name beside people and until when."""
    said = names.without(_BESIDE.sub(" ", own_work.beside_day(said)), note, ctx)
    return own_work.things(answer_cues.without_little(_DAY.sub(" ", said), _SAYS_NOTHING))
