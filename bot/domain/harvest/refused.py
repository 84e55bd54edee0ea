"""How people take a proposal back, or turn one down, in free words: "could we withdraw mine?", "nah, not worth it", "we have a ticket for
that". Which one is meant is known by where the answer stands: of its author's the last one, else what it comes right after."""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.domain.harvest import own_work, refusal_words, there_words
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note

_LONG, _AWHILE, _DAY, _FAR = 160, 7200, 86_400, 40


_NEVER_MIND = late(rf"{refusal_words.FIRST}(?:never ?mind|nvm|nm)\b", re.I)
_NO = (refusal_words.BARE_NO, refusal_words.NO_AND_WHY, refusal_words.NO_BEHIND_WHY, refusal_words.NOT_HERE)


def takes_back(note: Note, answer: Note, ctx: Context, proposed: Collection[str]) -> bool:
    """Whether the author of a proposal takes it back. `proposed` are the messages (ts) with proposals: the last one is meant."""
    said = _said(answer)
    if answer.author != note.author or not said:
        return False
    if refusal_words.MINE.search(said):
        return _is_last(note, answer, ctx, proposed, _FAR)
    return bool(refusal_words.BACK.match(said)) and _is_last(note, answer, ctx, proposed, 4)


def turns_down(note: Note, answer: Note, ctx: Context, proposed: Collection[str]) -> bool:
    """Whether an answer, right behind it or the first in its thread, says that it is not to be done. Of the answerer's own proposals
    (`proposed`, by their ts) the last is meant."""
    said = _said(answer)
    if said and _NEVER_MIND.match(said) and answer.author != note.author and ctx.before(answer) is not note:
        return False  # it is said of what its author said last
    hit = said and (
        refusal_words.NO.match(said)
        or refusal_words.NO_AT_ITS_END.match(said)
        or (answer.author != note.author and _says_no(said, note))
    )
    return bool(hit) and _comes_behind(note, answer, ctx, proposed)


def _says_no(said: str, note: Note) -> bool:
    """Whether somebody says no to somebody else's proposal, with a reason or none, or tells them not to do it."""
    if any(each.search(said) for each in _NO):
        return True
    found = refusal_words.PROHIBITS.match(said)
    return found is not None and not refusal_words.UNLESS.search(said) and own_work.repeats(found["what"], note.plain)


def is_there(note: Note, answer: Note, ctx: Context, proposed: Collection[str]) -> bool:
    """Whether an answer, right behind it or the first in its thread, says that there is such a thing, or a ticket for it."""
    said = _said(answer)
    return there_words.is_there(said) and _comes_behind(note, answer, ctx, proposed)


def only_refuses(note: Note) -> bool:
    """Whether a message says nothing but that something is taken back, turned down or there."""
    said = _said(note)
    wordings = (
        refusal_words.BACK,
        refusal_words.NO,
        refusal_words.NO_AND_WHY,
        refusal_words.NOT_HERE,
        refusal_words.PROHIBITS,
    )
    return bool(said) and (any(each.match(said) for each in wordings) or there_words.is_there(said))


def _said(answer: Note) -> str:
    """The words of a short answer; of what asks none, unless it asks to take something back."""
    said = answer.talk[0].said if answer.human and len(answer.talk) == 1 else ""
    asks = said.rstrip().endswith("?") and not refusal_words.MINE.search(said)
    return "" if asks or len(said) > _LONG else said


def _comes_behind(note: Note, answer: Note, ctx: Context, proposed: Collection[str]) -> bool:
    """Whether nothing stands between them but what the author of the answer said, and no later proposal of their own where it is theirs."""
    if (answer.at - note.at).total_seconds() > (_DAY if answer.room == note.message.ts else _AWHILE):
        return False
    before = ctx.before(answer)
    while before is not None and before is not note and before.author == answer.author:
        if note.author == answer.author and before.message.ts in proposed:
            return False
        before = ctx.before(before)
    return before is note


def _is_last(note: Note, answer: Note, ctx: Context, proposed: Collection[str], most: int) -> bool:
    """Whether it is the last proposal of its author before the answer, which is near or in its thread."""
    if answer.room == note.message.ts:
        return not any(_is_own(each, note, proposed) and each.at < answer.at for each in ctx.replies(note))
    for each in ctx.after(note, _DAY if most == _FAR else _AWHILE, most):
        if each is answer:
            return True
        if _is_own(each, note, proposed):
            return False
    return False


def _is_own(each: Note, note: Note, proposed: Collection[str]) -> bool:
    return each.author == note.author and each.message.ts in proposed
