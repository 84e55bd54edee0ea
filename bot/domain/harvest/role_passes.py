"""A role beside command that goes on in words that say no role, since its holder leaves: the scribe says "I'm fading, Bo yours?", and Bo
"mine"; or "Bo, all yours, I'm off". For command see passing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.harvest import asked, onward, role_words, roles
from bot.domain.harvest.finding import Role
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note

_ROLES = (Role.scribe, Role.customer_liaison)
_YOURS = r",? (?:(?:it's |all |now )?yours|your turn|you (?:got|have) (?:it|the pen)|(?:can|could) you (?:take over|take it))"
ASKS = late(rf"{_YOURS}(?: then| now| from here)?\s*\?", re.I)
_GIVES = late(rf"{_YOURS}{role_words.END}", re.I)


def in_line(said: str, note: Note, ctx: Context) -> Iterator[tuple[Role, str]]:
    """The role, and the user id of who has it from this line on; nothing where its author has none, or two, or commands."""
    own = [role for role in _ROLES if ctx.held.get(role, [""])[-1] == note.author]
    if len(own) != 1 or not note.human or ctx.held.get(Role.ic, [""])[-1] == note.author or not onward.leaves(said):
        return
    for opening in role_words.NAMED_AT.finditer(said):
        person = roles.leading_person(said[opening.end() : opening.end() + 80], ctx, note)
        if person is None or person[0] == note.author:
            continue
        if _GIVES.match(person[1]) or (ASKS.match(person[1]) and asked.accepted(person[0], note, ctx)):
            yield own[0], person[0]
