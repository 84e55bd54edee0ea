"""Who has a role, as somebody sets it right or writes down that it went on: "I'm not the IC, Bo is", "IC hand-off complete: Ana -> Bo"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.harvest import elsewhere, role_words, roles
from bot.domain.harvest.finding import Role
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note

_ROLE = rf"(?:(?P<scribe>scribe|note-?taker)|(?P<deputy>deputy)|(?P<ic>{roles.IC_WORD}))"
_NOT = late(
    rf"\b(?:not|isn't|no longer) (?:the |your |our )?{_ROLE}(?: here| any ?more| today| tonight)?(?:[,;.]| [–—-]) "
    r"(?:but )?(?P<its>it's |it is |that's |that is )?(?=@?\w)",
    re.I,
)
_IS = late(rf"(?:'s| is)(?: now| it)?{role_words.END}", re.I)
_ENDS = late(role_words.END, re.I)
_WENT_ON = late(
    rf"{role_words.START}{_ROLE}(?: role)? (?:hand-?(?:off|over)|change|swap|transfer)(?: is| now)?(?: complete[d]?| done| confirmed)?"
    r"(?::| [–—-])? (?:from )?(?=@?\w)",
    re.I,
)
_TO = late(r",? ?(?:→|->|=>|\bto\b) ?(?=@?\w)", re.I)


def in_line(said: str, note: Note, ctx: Context) -> Iterator[tuple[Role, str]]:
    """The role, and the user id of who has it."""
    for found in _NOT.finditer(said):
        person = roles.leading_person(said[found.end() :], ctx, note)
        ends = (_ENDS if found["its"] else _IS).match(person[1]) if person else None
        if person and ends and not elsewhere.is_meant(person[1], *ends.span()):
            yield _role(found), person[0]
    for found in _WENT_ON.finditer(said):
        before = roles.leading_person(said[found.end() :], ctx, note)
        arrow = _TO.match(before[1]) if before else None
        person = roles.leading_person(before[1][arrow.end() :], ctx, note) if before and arrow else None
        if person and _ENDS.match(person[1]):
            yield _role(found), person[0]


def _role(found: re.Match[str]) -> Role:
    return next(role for role in (Role.scribe, Role.deputy, Role.ic) if found[role.value])
