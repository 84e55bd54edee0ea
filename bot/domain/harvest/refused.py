"""How people take a proposal back, or turn one down, in free words: "could we withdraw mine?", "nah, not worth it", "we have a ticket for
that". Which one is meant is known by where the answer stands: of its author's the last one, else what it comes right after."""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note

_FIRST = (
    r"^(?:(?:oh|ah+|aha|ok(?:ay)?|k|right|good|true|fair(?: (?:enough|point))?|understood|fine|well|"
    r"then|yeah|yes|yep|no|nope|nah|hm+|lol|sorry|"
    r"actually|thanks|and|so|but|eh|meh|agreed|got it|ha|cool|great|please|i think|i'd say|honestly|tbh|imo)[,.!:; –—-]+){0,4}"
)
_THAT = r"(?:that|it|this|mine)(?: one| idea| point| again)?"
_MY = r"(?:mine|my (?:one|idea|point|proposal|suggestion|todo|item|follow-?up))"
_END = r"(?=\W*$|[,.;:!–—(]| -| (?:then|because|since|as|for (?:now|us|this)|last|anyway|either|i|we|it|there|(?:\w+ )?years)\b| in \d)"
_BACK = late(
    rf"{_FIRST}(?!(?:then )?i(?:'ll)? drop\b)(?:i(?:'ll| will|'m|'d)? )?(?:then |just |hereby |would )*"
    rf"(?:(?:withdraw(?:n|ing)?|retract(?:ed|ing)?)(?: {_THAT})?|take {_THAT} back|"
    rf"(?:scratch|strike|scrap|drop|dropping|cancel|ignore|forget) {_THAT}|never ?mind(?: {_THAT})?|nvm|nm)\b{_END}",
    re.I,
)
_MINE = late(
    rf"\b(?:can|could|may|shall|would|should|let's|please|pls)\b(?: (?:we|i|you|somebody|someone|please|just))*"
    rf" (?:withdraw|drop|remove|strike|cancel|delete|forget|scrap|ignore) {_MY}\b|"
    rf"{_FIRST}(?:i(?:'ll| will)? )?(?:withdraw|drop|remove|strike|cancel|delete|scrap|ignore|forget) "
    rf"{_MY}\b|\btake mine (?:back|off|out)\b|\bmine (?:is|can be) (?:withdrawn|dropped)\b",
    re.I,
)
_NO = late(
    rf"{_FIRST}(?:(?:that|this|it)(?:'s| is|'d be| would be) |"
    r"we (?:think|said) |(?:is )?(?:really |just |way |probably |simply |totally )*)*"
    r"(?:(?:(?:i )?(?:don't|do not) think (?:that|it|this)(?:'s| is) (?:really )?|not (?:really )?)worth (?:it|the \w+|doing)|"
    r"overkill|out of scope|not needed|no need|too (?:expensive|exotic|clever|risky|much (?:work|effort|hassle))|"
    rf"(?:we(?:'ve| have)? )?(?:already )?decided against (?:it|that|this|one)|"
    rf"(?:forget|skip|drop|leave) (?:it|that)|never ?mind|won'?t ?(?:do|fix)|wontfix|"
    rf"(?:we(?:'re| are) |i'm )?not (?:doing|going to do|gonna do) {_THAT}|"
    rf"let's not(?: (?:do|go there))?(?: {_THAT})?|"
    rf"(?:we )?(?:don't|do not) (?:need|want) {_THAT}|(?:we(?:'ve| have)? )?(?:rejected|turned down|declined) {_THAT})"
    rf"{_END}",
    re.I,
)
_NO_AT_ITS_END = late(
    r"^(?:no|nah|nope|ah|oh|ok|fair|right|true|yes|yeah|understood|well|\w+ says no)\b[^?]{0,90}"
    r"[,.;–—-] ?(?:so |then |ok |please )?(?:forget (?:it|that)|never ?mind|nvm|skip (?:it|that)|"
    r"leave (?:it|that)|drop (?:it|that)|let's not|"
    r"not worth it|overkill|out of scope)[.! ]*(?:then|:\w+:)?\W*$",
    re.I,
)
_BARE_NO = late(r"^(?:nah|no(?: no)?,? thanks?)\W*$", re.I)
_WHAT = r"(?:jira )?(?:ticket|issue|story|card|pr|epic|jira|runbook|alert|check|todo)"
_THERE = late(
    rf"{_FIRST}(?:(?:that|this|it)(?:'s| is) )?(?:already |is already |has been |being )?"
    r"(?:(?:covered|tracked|handled|planned|scheduled|dealt with|on the (?:roadmap|backlog|board|list)) (?:already|by|in|as|under|with)\b|"
    r"on the (?:roadmap|backlog|board)\b|a? ?dup(?:e|licate)? of\b)|"
    rf"{_FIRST}(?:we|i|they|there)(?:'ve|'s| have| has| is| got)*(?: already)?(?: got)?"
    rf" (?:an?|one|the) {_WHAT} for (?:that|this|it)(?: one)?"
    r"(?= (?:already|somewhere|now|in)\b|\W*$|[,.;:!(])(?!.*\b(?:since|old|stale|for (?:ages|years|months))\b)|"
    rf"{_FIRST}(?:we(?:'ve| have) (?:already )?got (?:that|this|one)|"
    rf"(?:that|this|it|one)(?: one)? (?:already exists|exists already|is there already)|"
    rf"already (?:covered|tracked|handled|planned)){_END}|{_FIRST}(?:that|it|this) exists\W*$",
    re.I,
)
_LONG, _AWHILE, _DAY, _FAR = 160, 7200, 86_400, 40


def takes_back(note: Note, answer: Note, ctx: Context, proposed: Collection[str]) -> bool:
    """Whether the author of a proposal takes it back. `proposed` are the messages (ts) with proposals: the last one is meant."""
    said = _said(answer)
    if answer.author != note.author or not said:
        return False
    if _MINE.search(said):
        return _is_last(note, answer, ctx, proposed, _FAR)
    return bool(_BACK.match(said)) and _is_last(note, answer, ctx, proposed, 4)


def turns_down(note: Note, answer: Note, ctx: Context, proposed: Collection[str]) -> bool:
    """Whether an answer, right behind it or the first in its thread, says that it is not to be done. Of the answerer's own proposals
    (`proposed`, by their ts) the last is meant."""
    said = _said(answer)
    hit = said and (
        _NO.match(said) or _NO_AT_ITS_END.match(said) or (_BARE_NO.match(said) and answer.author != note.author)
    )
    return bool(hit) and _comes_behind(note, answer, ctx, proposed)


def is_there(note: Note, answer: Note, ctx: Context, proposed: Collection[str]) -> bool:
    """Whether an answer, right behind it or the first in its thread, says that there is such a thing, or a ticket for it."""
    said = _said(answer)
    return bool(said and _THERE.search(said)) and _comes_behind(note, answer, ctx, proposed)


def only_refuses(note: Note) -> bool:
    """Whether a message says nothing but that something is taken back, turned down or there."""
    said = _said(note)
    return bool(said and (_BACK.match(said) or _NO.match(said) or _THERE.search(said)))


def _said(answer: Note) -> str:
    """The words of a short answer; of what asks none, unless it asks to take something back."""
    said = answer.talk[0].said if answer.human and len(answer.talk) == 1 else ""
    asks = said.rstrip().endswith("?") and not _MINE.search(said)
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
