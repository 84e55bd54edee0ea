"""People who say who they are and which role they have: "Ana, scribe", "Ana here, customer liaison", "I'm store liaison, Ana". The
name is the author's own, so that nobody who is spoken to is meant."""

from __future__ import annotations

import re

from bot.domain.harvest import role_words, roles
from bot.domain.harvest.finding import Role
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note

_BESIDE = r"(?:(?:the|your|our|acting|as|now|i'm|i am|doing|also|for now) )*"
_INSIDE = (
    r"(?:internal|business|management|exec(?:utive)?s?|stakeholders?|(?-i:(?!PR )[A-Z]{2,5})|ops|operations|stores?|site|desk|ward|"
    r"clinical|legal)"
)
_ROLE = (
    r"(?:(?P<deputy>deputy(?: ic| commander| lead)?|backup ic)|(?P<scribe>scribe|scribing|note-?taker|(?:taking |keeping |on )?(?:the )?"
    rf"(?:notes|minutes|log))|(?P<internal_liaison>{_INSIDE} (?:liaison|comms(?: lead)?))|"
    rf"(?P<customer_liaison>{role_words.OUTWARD} (?:{role_words.CONTACT}|comms(?: lead)?)|comms lead)|"
    r"(?P<ic>ic|imoc|mim|(?:major )?incident (?:commander|manager|lead)))"
)
_OPENS = late(rf"{role_words.START}(?:(?:this is|it's|i'm|i am) )?(?=@?\w)", re.I)
_AFTER = late(rf"(?: here| speaking| joining| joined)?(?:[,.]| [–—=-]| as) {_BESIDE}{_ROLE}{role_words.END}", re.I)
_FIRST = late(rf"{role_words.START}(?:i'm|i am) {_BESIDE}{_ROLE}, (?=@?\w)", re.I)
_HERE = late(rf"{role_words.START}{_BESIDE}{_ROLE} (?:here|reporting|present)(?=\s*(?:$|[.,;!–—-]))", re.I)
_LONG = 120  # letters
_VOLUNTEERS = (
    r"(?!.*(?:\?|\b(?:if|unless|but)\b))(?:i(?:'ll| will|'m| am)? )?volunteer(?:ing)?(?: (?:as|for|to (?:be|do|take)))+"
)
_TAKES_IT = late(
    rf"{role_words.START}(?:(?:(?:joining|reporting|stepping in|here|acting) as|{_VOLUNTEERS}) "
    rf"{_BESIDE}{_ROLE}|{_ROLE.replace('(?P<', '(?P<a_')}"
    rf"(?: is|:| =|=) ?me){role_words.END}",
    re.I,
)


def role(said: str, note: Note, ctx: Context) -> Role | None:
    """The role with which the author of a line introduces themselves."""
    said = said[:_LONG]
    opens = _OPENS.match(said)
    own = roles.leading_person(said[opens.end() :], ctx, note) if opens else None
    if own and own[0] == note.author:
        return _told(_AFTER.match(own[1]))
    first = _FIRST.match(said)
    own = roles.leading_person(said[first.end() :], ctx, note) if first else None
    return _told(first if own and own[0] == note.author else _HERE.match(said) or _TAKES_IT.match(said))


def _told(found: re.Match[str] | None) -> Role | None:
    said = found.groupdict() if found else {}
    return next((role for role in Role if said.get(role.value) or said.get(f"a_{role.value}")), None)
