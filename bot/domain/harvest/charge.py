"""Command that is taken in words which alone could be about any piece of work: "I'll run it", "I have it", "I take it". They mean the
incident where their message declares it ("P1. I'll run it"), hands out the work at once ("I have it. Ana database, Bo customers"),
or answers who leads, and nobody leads yet."""

from __future__ import annotations

import re

from bot.domain.harvest import elsewhere, phrase, role_words, roles
from bot.domain.harvest.finding import Role
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note

_LONG, _SHORT = 300, 20  # letters
_IT = r"(?:it|this(?: one)?|things|the (?:show|bridge|room|talking))"
TAKEN = late(
    rf"{role_words.START}(?:i(?:'ll| will|'m| am|'ve| have)?(?: got)?|me,? i(?:'ll)?|let me) ?(?:"
    rf"(?:run(?:ning)?|tak(?:e|ing)|have|got|hold(?:ing)?|own(?:ing)?|do|call(?:ing)?|drive|steer|handle) {_IT}|"
    rf"run(?:ning)?|driv(?:e|ing)){role_words.END}|{role_words.START}(?:taking|running|owning) (?:it|this(?: one)?){role_words.END}",
    re.I,
)
_ANSWERS = late(
    rf"{role_words.START}(?:i do|(?:i guess )?it's me|me|mine|i will|so by elimination it's me){role_words.END}", re.I
)
_GIVEN = late(
    rf"(?:'s got|,? has(?: got)?|,? you(?:'ve| have)(?: got)?|,? runs|,? takes|,? you (?:run|take|lead)) {_IT}{role_words.END}",
    re.I,
)
_DECLARES = late(
    r"(?:^|[.!,;:] |\b(?:it's|this is|that's|as|an?|ok|call(?:ing)? it|declar\w+|opening) (?:an? )?)(?:p[0-2]|"
    r"sev(?:erity)? ?-?[0-3]|s[01]|(?:a )?major(?: incident)?|(?:an? )?incident)\b(?!\s*[-#]?\d)",
    re.I,
)
NO_TASK = r"is(?! \w+ing\b| on\b)|was|were|has|had|said|says|did|does|and|or|thinks?|told|tells|wrote|writes|asked"
_TASK = late(
    rf"^[,:]? (?!(?:{NO_TASK})\b)"
    r"(?:\S+ ){0,7}\S+$",
    re.I,
)
_PIECES = late(r"[.;!](?:\s|$)|,\s|\s[-–—]\s|\band\b", re.I)
_NOW = r"(?=\s*(?:[?.,;!)]|$|(?:this|it|here|now|then|today|tonight|the (?:incident|call|show|bridge)|or|if|while|until)\b))"
_LEADS = late(
    rf"\bwho(?:'s| is| has|'ll| will|se)? (?:leads?|runs?|running|leading|drives?|driving|coordinates?|coordinating|in charge|"
    rf"takes (?:it|this|the lead)|runs (?:it|this)){_NOW}|(?:^|[.,;!] |\b(?:the|an?|no|is|be) )(?:lead|ic|"
    rf"commander)\b[^?.]{{0,30}}\?",
    re.I,
)


def is_taken(said: str, note: Note, ctx: Context) -> bool:
    """Whether a line takes command in words that name no role."""
    if ctx.held.get(Role.ic) or len(said) > _LONG:
        return False
    found = TAKEN.search(said)
    asked_for = _is_asked_for(said, note, ctx) if found or _ANSWERS.search(said) else False
    found = found or (_ANSWERS.search(said) if asked_for else None)
    if found is None or roles.denied(said, *found.span()) or elsewhere.is_meant(said, *found.span()):
        return False
    return bool(asked_for or _hands_out(said, note, ctx) or _DECLARES.search(note.plain[:_LONG]))


def given(said: str, note: Note, ctx: Context) -> str | None:
    """The user id of whom a line that declares the incident gives it to: "Opening an incident. Bo has it"."""
    if ctx.held.get(Role.ic) or not _DECLARES.search(said[:_LONG]):
        return None
    for opening in role_words.NAMED_AT.finditer(said[:_LONG]):
        person = roles.leading_person(said[opening.end() : opening.end() + 80], ctx, note)
        if person and _GIVEN.match(person[1]) and not roles.denied(said, opening.end(), opening.end()):
            return person[0]
    return None


def _hands_out(said: str, note: Note, ctx: Context) -> bool:
    """Whether a line gives a member something to do."""
    for piece in _PIECES.split(said):
        person = roles.leading_person(piece.strip(), ctx, note)
        if person and person[0] != note.author and _TASK.match(person[1]):
            return True
    return False


def _is_asked_for(said: str, note: Note, ctx: Context) -> bool:
    """Whether who leads is what was last asked shortly before, or in the line itself."""
    if _LEADS.search(said):
        return True
    for each in reversed(ctx.lately(note, 6)):
        if (note.at - each.at).total_seconds() > elsewhere.SECONDS:
            return False
        if each.human and _LEADS.search(each.plain[:300]):
            return True
        if each.human and each.author != note.author and phrase.is_question(each.plain) and len(each.plain) > _SHORT:
            return False
    return False
