"""A role that somebody is asked to take, the role named before them: "scribe please, @bo?", "can you take the notes, bo?"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.harvest import elsewhere, role_words, roles
from bot.domain.harvest.finding import Role
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note

_SAID = {**roles.WORDINGS, Role.scribe: rf"{roles.WORDINGS[Role.scribe]}|scribing|{role_words.NOTES}"}
_ROLE = "|".join(f"(?P<{role}>{wording})" for role, wording in _SAID.items())
_PLEASE = r"(?:please|pls|plz)"
_ASKS = late(
    rf"{role_words.START}(?P<asks>(?:(?:can|could|would|will) you |{_PLEASE} )*)(?:(?:be|take|do|keep|write|handle) )?(?:the |our |an? )?"
    rf"(?:{_ROLE})(?P<please>(?:,? (?:{_PLEASE}|for (?:us|me|this)))*)[,:]? (?=@?\w)",
    re.I,
)
_PLEASE_SAID = late(_PLEASE, re.I)
_NOTHING_ELSE = late(rf"(?:,? (?:{_PLEASE}|for (?:us|me|this)|today|tonight|again))*\W*$", re.I)


def in_line(said: str, note: Note, ctx: Context) -> Iterator[tuple[Role, str]]:
    """The role that is asked for, and the user id of who is asked."""
    for found in _ASKS.finditer(said):
        person = roles.leading_person(said[found.end() :].replace("?", " ?"), ctx, note)
        if person is None or person[0] == note.author or not _NOTHING_ELSE.match(person[1]):
            continue
        asks = found["asks"] or found["please"] or person[1].rstrip().endswith("?") or _PLEASE_SAID.search(person[1])
        if asks and not elsewhere.is_wanted(said):
            yield next(role for role in Role if found[role.value]), person[0]
