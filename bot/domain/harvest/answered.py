"""What is said right behind a proposal, or under it, and makes it somebody's: who takes it, is handed it, or says yes when asked."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.domain.harvest import (
    agreed,
    bare_answer,
    by_number,
    list_number,
    marked,
    names,
    offered,
    own_work,
    taken,
    terse,
)
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note

AROUND = 300
"""So many letters of a line are looked at."""
_SHORT, _BEFORE = 100, 3  # letters, messages
_OWN_FIRST = late(
    r"^(?:(?:(?:and|oh|ok) )?(?:also|plus|another one)\b[,:]? |.{0,40}\b(?:we|someone|somebody) (?:should|need to|must|ought to) )"
    r"(?P<own>(?:[^\s,.;]+ ){2,}[^\s,.;]+)[,.;:]? (?:and )?(?:i'll|i will|i can|i'd)\b",
    re.I,
)


def later(note: Note, ctx: Context) -> str | None:
    """Who says at once that it is theirs, or to whom it is handed, before anything else is asked of anybody."""
    return _answered(ctx.replies(note, 4), note, ctx) or _answered(tuple(ctx.after(note, 600, 4)), note, ctx)


def next_takes(note: Note, ctx: Context) -> str | None:
    """Who says next, and shortly, that somebody else's proposal is theirs."""
    answer = next(iter((*ctx.replies(note, 1), *ctx.after(note, 600, 1))), None)
    if answer is None or not answer.human or not answer.talk or answer.author == note.author:
        return None
    said = answer.talk[0].said
    entry = terse.own_entry(said)
    if entry and not own_work.repeats(entry, note.plain):
        return None
    return answer.author if len(said) <= _SHORT and _takes(said, note, ctx, at_once=False) else None


def _answered(answers: Iterable[Note], note: Note, ctx: Context) -> str | None:
    said_by = [each for each in answers if each.human and each.talk]
    others, asked, far = 0, None, False
    for place, answer in enumerate(said_by):
        said, before = answer.talk[0].said[:AROUND], said_by[place - 1] if place else note
        if by_number.read(answer, ctx):
            return None
        if list_number.read(answer, ctx) and list_number.is_list(note):
            continue
        given = terse.read(said, answer, ctx)
        if given and terse.is_of_things(given):
            if who := terse.of(given, note.plain):
                return who
            continue
        entry = terse.own_entry(said)
        if len(note.talk) > 1 and (entry or own_work.names_own(said)):
            continue  # of a list it means one entry, or none
        if entry:
            if own_work.repeats(entry, note.plain):
                return answer.author
            continue  # "alert, mine" says nothing of the runbook
        far = far or marked.is_marked(answer.plain)  # "it" is then what was marked last
        meant = not far or own_work.means(said, note.plain)
        mine = answer.author == note.author and answer.room != note.message.ts
        at_once = not place or (not mine and not others)
        if (meant and _takes(said, note, ctx, at_once=at_once)) or _yes(said, asked, answer):
            if not bare_answer.backs_out(answer.author, said_by[place + 1 :]):
                return answer.author
            continue
        others += not mine and not bare_answer.is_out(said)
        if own_work.is_asked(names.without(said, answer, ctx), note.plain):
            return None
        if not meant:
            asked = None
            continue
        if place < 2 and (found := _given(said, before, answer, said_by[place + 1 : place + 2], ctx)):
            return found
        asked = _asked(said, before, answer, ctx)
        if asked is None and _asks(said, answer, ctx):
            return None
    return None


def _given(said: str, before: Note, answer: Note, then: Iterable[Note], ctx: Context) -> str | None:
    """To whom an answer hands it, or who takes it when it is offered."""
    if handed := _handed(said, before, answer, ctx):
        return handed
    return _offered(answer, then, ctx) if said.rstrip().endswith("?") else None


def _asks(said: str, answer: Note, ctx: Context) -> bool:
    return said.rstrip().endswith("?") or bool(names.known(taken.asked(names.short(said, answer)), answer, ctx))


def _yes(said: str, asked: str | None, answer: Note) -> bool:
    """Whether an answer is the yes of who was asked for it just before."""
    return asked is not None and answer.author == asked and agreed.says_yes(said)


def _handed(said: str, before: Note, answer: Note, ctx: Context) -> str | None:
    """To whom an answer hands it: by name, or to who spoke before it."""
    name = names.known(taken.handed(names.short(said, answer)), answer, ctx)
    return name or (before.author if before.author != answer.author and agreed.hands_over(said, before.plain) else None)


def _asked(said: str, before: Note, answer: Note, ctx: Context) -> str | None:
    """Who is asked for it: by name, or who spoke before."""
    short = names.short(said, answer)
    if name := names.known(agreed.asked(short), answer, ctx):
        return name
    return before.author if before.author != answer.author and agreed.asks_you(short) else None


def _takes(said: str, note: Note, ctx: Context, *, at_once: bool) -> bool:
    """Whether an answer takes a proposal on. Who says yes to it does, whatever they call it, unless what they call it was proposed just
    before; else it is no other work."""
    if _has_own(said, note):
        return False
    if agreed.takes(said, at_once=at_once):
        return True
    if at_once and agreed.only_yes(said) and agreed.asks_for_one(note.plain):
        return True
    if not taken.accepts(said, at_once=at_once):
        return False
    if not own_work.is_own(said, note.plain):
        return True
    before = ctx.lately(note, _BEFORE)
    return bool(taken.SHORT_YES.match(said)) and not any(own_work.repeats(said, each.plain) for each in before)


def _has_own(said: str, note: Note) -> bool:
    """Whether "I'll do that" is said of what an answer itself proposes first: "also: drop the retries, I'll do that"."""
    found = _OWN_FIRST.match(said)
    return found is not None and own_work.is_mostly_other(found["own"], note.plain)


def _offered(offer: Note, answers: Iterable[Note], ctx: Context) -> str | None:
    """Who says yes when it is offered to them, or answers where all are asked who takes it."""
    said = names.short(offer.talk[0].said[:AROUND], offer)
    name = names.known(offered.to_whom(said), offer, ctx)
    for answer in answers:
        yes = answer.talk[0].said[:AROUND]
        accepts = taken.accepts(yes, at_once=True) or agreed.takes(yes, at_once=True)
        if name == answer.author and (taken.SHORT_YES.match(yes) or accepts):
            return name
        return answer.author if not name and offered.seeks(said) and accepts else None
    return None
