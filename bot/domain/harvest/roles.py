"""What the role rules share: how each role is called, how a name ends, and how a claim is made from it."""

from __future__ import annotations

import re

from bot.domain.harvest.finding import Confidence, Role, RoleClaim
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.vocabulary import words

WORDINGS: dict[Role, str] = {
    Role.deputy: r"deputy(?: ic| commander| incident commander)?|deputy lead",
    Role.ic: r"ic|imoc|mim|mi (?:coordinator|lead|manager)|"
    r"(?:major )?incident (?:commander|lead|manager|captain|coordinator|controller|owner|command)|"
    r"commander|incident response lead|response lead|(?<!\w )lead",
    Role.customer_liaison: r"(?:customer|external)[ -]?liaison|(?:customer |external )?comm(?:s|unications?)(?: lead|"
    r" manager| officer)?",
    Role.internal_liaison: r"internal[ -]?liaison|internal comms(?: lead)?",
    Role.scribe: r"scribe|note[- ]?taker|minutes[- ]?taker|minute[- ]?taker|record[- ]?keeper|record[- ]?taker",
}
IC_WORD = (
    r"(?:the )?(?:ic|imoc|mim|mi (?:coordinator|lead|manager)|"
    r"(?:major )?incident (?:commander|lead|manager|coordinator|controller|captain|command)|"
    r"commander|command|im)"
)
_NAME = late(r"@?[^\W\d_][\w.'’-]*(?: (?:[A-Z]\.|[^\W\d_a-z][\w.'’-]*)){0,3}")
_NOT_A_NAME = words(
    "i he she im ill so then ok okay currently also just the a an and or who what is in on for please we you they",
    "it this that our your my to not no yes new was has needs still now will should can if here there channel",
    "everyone http https someone somebody anyone see all with at of nobody none role call bridge doc page team",
    "needed",
)
_STOPS = (".", ",", ";", ":", "!", ")")
_JOINS = ("so", "but", "and", "then", "because", "since")
_EDGE = late(rf"[,;:.!?(–—]|\b(?:{'|'.join(_JOINS)})\b", re.I)
_UNREAL = late(
    r"\b(?:not|\w+n't|never|no longer|was|were|who|whoever|wish|used to|before|rather than|should|asked?|need|needs|looking for|want)\b",
    re.I,
)
_IF = late(r"\b(?:if|unless|in case)\b", re.I)
_IS = late(r"(@?[^\W\d_][\w.-]*)'s ")
_TWO_SENTENCES = late(r"\w{3,}\. |(?:^| )I$")


def leading_name(said: str, ctx: Context, note: Note | None = None, *, sure: bool = False) -> str | None:
    """The name that some words open with: the longest that the directory knows, else one that is written as names
    are, with an @ or (unless `sure` is asked for) a capital."""
    exact = note.mentioned(said.strip()) if note else None
    if exact:
        return exact
    found = _NAME.match(said.strip())
    if found is None:
        return None
    parts = found[0].rstrip(".,:;!'’").split(" ")
    spoken = said.strip().rstrip(".,:;!").split(" ")
    for size in range(min(4, len(spoken)), 0, -1):
        whole = " ".join(spoken[:size]).rstrip(".,:;!)")
        ends = size == len(spoken) or spoken[size - 1][-1:] in _STOPS
        if ctx.directory.knows(whole) and (ends or not _goes_on(spoken[size])):
            return whole
    name = " ".join(parts)
    bare = name.lstrip("@")
    if bare.casefold().replace("’", "'").split(" ")[0].partition("'")[0] in _NOT_A_NAME:
        return None
    if _TWO_SENTENCES.search(bare):
        return None
    if name.startswith("@"):
        return name
    return name if bare[:1].isupper() and not sure and len(parts) == len(spoken) else None


def leading_person(said: str, ctx: Context, note: Note) -> tuple[str, str] | None:
    """The user id of the person with whose name some words open, and what follows it; None where no member is meant."""
    name = note.mentioned(said) or _owner(said) or leading_name(said, ctx, note, sure=True)
    if name is None or not said.startswith(name):
        return None
    user_id = ctx.who(name, note)[0]
    return (user_id, said[len(name) :]) if user_id else None


def denied(said: str, start: int, end: int) -> bool:
    """Whether a clause says that it is not so, was so, or is asked, and its sentence that it depends on something."""
    clause = sentence = 0
    for edge in _EDGE.finditer(said, 0, start + 1):
        clause = edge.end() if edge.end() <= start or edge[0] not in _JOINS else clause
        sentence = edge.end() if edge[0] in ".!?" else sentence
    clause, sentence = min(clause, start), min(sentence, start)
    return bool(_UNREAL.search(said, max(clause, start - 30), end) or _IF.search(said, max(sentence, start - 60), end))


def _owner(said: str) -> str | None:
    """ "Ana" of "Ana's on notes"."""
    found = _IS.match(said)
    return found[1] if found else None


def _goes_on(word: str) -> bool:
    """Whether a word can be the next part of a name: "Bob Boberson" is not the Bob who is called something else."""
    return word[:1].isupper() and word[1:].islower() and word.isalpha()


def claim(note: Note, ctx: Context, role: Role, name: str, rule: str, confidence: Confidence) -> RoleClaim:
    """A claim for the person a name means; here, where somebody must be meant, also by a short form of it."""
    user_id, written = ctx.who(name, note)
    user_id = user_id or ctx.directory.short_for(name)
    written = None if user_id else written
    return RoleClaim(role, user_id, written, note.at, note.message.ts, rule, confidence)


def claim_of(note: Note, role: Role, user_id: str, rule: str, confidence: Confidence) -> RoleClaim:
    """A claim for a member."""
    return RoleClaim(role, user_id, None, note.at, note.message.ts, rule, confidence)


def own_claim(note: Note, role: Role, rule: str, confidence: Confidence = Confidence.B) -> RoleClaim:
    """A claim that the author makes."""
    return RoleClaim(role, note.author, None, note.at, note.message.ts, rule, confidence)
