"""What is said right behind a proposal, or under it, and makes it somebody's: who takes it, is handed it, or says yes when asked."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.harvest import names, offered, own_work, taken
from bot.domain.harvest.note import Context, Note

AROUND = 300
"""So many letters of a line are looked at."""


def later(note: Note, ctx: Context) -> str | None:
    """Who says at once that it is theirs, or to whom it is handed, before anything else is asked of anybody."""
    return _answered(ctx.replies(note, 4), note, ctx) or _answered(tuple(ctx.after(note, 600, 4)), note, ctx)


def _answered(answers: Iterable[Note], note: Note, ctx: Context) -> str | None:
    others, said_by = 0, [each for each in answers if each.human and each.talk]
    for place, answer in enumerate(said_by):
        said = answer.talk[0].said[:AROUND]
        mine = answer.author == note.author and answer.room != note.message.ts
        if _takes(said, note, at_once=not place or (not mine and not others)):
            return answer.author
        others += not mine
        short = names.short(said, answer)
        handed = names.known(taken.handed(short), answer, ctx) if place < 2 else None
        if handed:
            return handed
        if said.rstrip().endswith("?") and place < 2 and place + 1 < len(said_by):
            return _offered(short, answer, said_by[place + 1], ctx)
        if said.rstrip().endswith("?") or names.known(taken.asked(short), answer, ctx):
            return None
    return None


def _takes(said: str, note: Note, *, at_once: bool) -> bool:
    """Whether an answer takes a proposal on. Who says yes to it does, whatever they call it; else it is no other work."""
    if not taken.accepts(said, at_once=at_once):
        return False
    return bool(taken.SHORT_YES.match(said)) or not own_work.is_own(said, note.plain)


def _offered(said: str, offer: Note, answer: Note, ctx: Context) -> str | None:
    """Who says yes when it is offered to them, or answers where all are asked who takes it."""
    yes = answer.talk[0].said[:AROUND]
    name = names.known(offered.to_whom(said), offer, ctx)
    if name and name == answer.author and (taken.SHORT_YES.match(yes) or taken.accepts(yes, at_once=True)):
        return name
    return answer.author if not name and offered.seeks(said) and taken.accepts(yes, at_once=True) else None
