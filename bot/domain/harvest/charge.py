"""Command that is taken in words which alone could be about any piece of work: "I'll run it", "I have it", "I take it". They mean the
incident where their message declares it ("P1. I'll run it"), hands out the work at once ("I have it. Ana database, Bo customers"),
or answers who leads, and nobody leads yet."""

from __future__ import annotations

import re

from bot.domain.harvest import elsewhere, role_words, roles
from bot.domain.harvest.finding import Role
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note

_IT = r"(?:it|this(?: one)?|things|the (?:show|bridge|room|talking))"
TAKEN = late(
    rf"{role_words.START}(?:i(?:'ll| will|'m| am|'ve| have)?(?: got)?|me,? i(?:'ll)?|let me) ?(?:"
    rf"(?:run(?:ning)?|tak(?:e|ing)|have|got|hold(?:ing)?|own(?:ing)?|do|call(?:ing)?|drive|steer|handle) {_IT}|run(?:ning)?|driv(?:e|ing))"
    rf"{role_words.END}|{role_words.START}(?:got|have|taking|running|owning) (?:it|this(?: one)?){role_words.END}"
    rf"|{role_words.START}(?:i do|(?:i guess )?it's me|me){role_words.END}",
    re.I,
)
_DECLARES = late(
    r"(?:^|[.!,;:] |\b(?:it's|this is|that's|as|an?|ok|call(?:ing)? it|declar\w+) (?:a |an )?)(?:p[0-2]|sev(?:erity)? ?-?[0-3]|s[01]|(?:a )?major"
    r"(?: incident)?|(?:an? )?incident)\b(?!\s*[-#]?\d)",
    re.I,
)
_TASK = late(
    r"^[,:]? (?!(?:is|was|were|has|had|said|says|did|does|and|or|thinks?|told|tells|wrote|writes|asked)\b)(?:\S+ ){0,7}\S+$",
    re.I,
)
_PIECES = late(r"[.;!](?:\s|$)|,\s|\s[-–—]\s|\band\b", re.I)
_LEADS = late(
    r"\b(?:who(?:'s| is| has|'ll)? (?:leads?|runs?|running|leading|driv\w+|coordinat\w+|in charge|(?:got|on) (?:it|this))|lead|ic|commander)\b[^?]{0,30}\?",
    re.I,
)


def is_taken(said: str, note: Note, ctx: Context) -> bool:
    """Whether a line takes command in words that name no role."""
    if ctx.held.get(Role.ic):
        return False
    found = TAKEN.search(said)
    if found is None or roles.denied(said, *found.span()) or elsewhere.is_meant(said, *found.span()):
        return False
    named = _handed_out(said, note, ctx)
    return bool(
        named > 1 or (named and len(said) < 200) or _DECLARES.search(note.plain[:300]) or _is_asked_for(note, ctx)
    )


def _handed_out(said: str, note: Note, ctx: Context) -> int:
    """To how many members a line gives something to do."""
    given = set()
    for piece in _PIECES.split(said):
        person = roles.leading_person(piece.strip(), ctx, note)
        if person and person[0] != note.author and _TASK.match(person[1]):
            given.add(person[0])
    return len(given)


def _is_asked_for(note: Note, ctx: Context) -> bool:
    near = (each for each in ctx.lately(note, 6) if (note.at - each.at).total_seconds() <= elsewhere.SECONDS)
    return any(each.human and _LEADS.search(each.plain[:300]) for each in near)
