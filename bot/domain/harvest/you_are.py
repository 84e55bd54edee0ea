"""A role given to "you", who spoke just before and says yes next: "I'm IC too?" – "you're deputy then" – "fine". Whoever is told "you
lead" has command when they go on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.harvest import asked, claims, elsewhere, role_words
from bot.domain.harvest.finding import Role
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note

_OPENS = late(
    r"(?:^|[.!?;] )(?:(?:ok(?:ay)?|fine|right|so|then|well|and|no|yes|good)[,.]? )*(?=you(?:'re| are|'ll be) )", re.I
)
_LEAD = late(
    r"^(?:(?:ok(?:ay)?|fine|right|so|then|good|yes)[,.]? )*you (?:lead|coordinate|command|(?:run|lead) (?:this|it)(?: one)?|"
    r"(?:take|have) (?:the )?(?:lead|command))(?=$|[.,;!]| (?:from here|from now|then|and i|i)\b)",
    re.I,
)
_FEW, _NEXT = 3, 10  # messages


def in_line(said: str, note: Note, ctx: Context) -> Iterator[tuple[Role, Note, str]]:
    """The role that a line gives to who spoke last, the message that takes it, and their user id."""
    if _LEAD.match(said) and (led := _goes_on(note, ctx)):
        yield Role.ic, led, led.author or ""
        return
    opens = _OPENS.search(said)
    you = _who_spoke(note, ctx) if opens and note.human else None
    answer = asked.accepted(you, note, ctx) if you else None
    if opens is None or you is None or answer is None:
        return
    rest = f" {said[opens.end() :]}"
    for role, wording in role_words.TAILS:
        if (tail := wording.match(rest)) and not elsewhere.is_meant(rest, *tail.span()):
            yield role, answer, you


def _goes_on(note: Note, ctx: Context) -> Note | None:
    """The next message of who spoke before, unless it says that they cannot."""
    you = _who_spoke(note, ctx) if note.human else None
    behind = ctx.notes[ctx.place(note) + 1 : ctx.place(note) + 1 + _NEXT] if you else ()  # in its thread or beside it
    own = next(
        (each for each in behind if each.author == you and (each.at - note.at).total_seconds() < elsewhere.SECONDS),
        None,
    )
    return None if own is None or claims.REFUSES.match(own.plain[:200]) else own


def _who_spoke(note: Note, ctx: Context) -> str | None:
    for near in reversed(ctx.lately(note, _FEW)):
        if near.human and near.author != note.author:
            return near.author if (note.at - near.at).total_seconds() < elsewhere.SECONDS else None
    return None
