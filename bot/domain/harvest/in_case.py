"""Who steps in should the one who leads be gone: "if I drop, bo has command". That is a deputy, and no commander yet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.harvest import role_words, roles
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note

_GONE = (
    r"(?:drop|fall|lose|go (?:down|dark|offline|off)|get (?:cut|disconnected|dropped|kicked)|disconnect|vanish|disappear|"
    r"cut out|can't (?:be reached|answer)|am (?:gone|unreachable|offline|cut off)|die|dies|drops|goes|fails|cuts)"
)
_LINE = (
    r"(?:connection|wi-?fi|signal|battery|train|phone|laptop|internet|vpn|power|line|call|network|link|reception|audio)"
)
_IF = late(rf"\b(?:if|when|should|in case|once) (?:i|my (?:\w+ )?{_LINE}) {_GONE}\b", re.I)
_STEPS_IN = late(
    r",? (?:you |will |is |would )?(?:has|have|takes?|taking|leads?|runs?|steps? (?:in|up)|covers?|holds?|is|are|drives?|jumps? in)"
    r"(?: over| it| this| for me| command| the (?:lead|wheel|helm|con|call|bridge|incident|room)| ic| lead| in charge| things)*"
    rf"(?:{role_words.END}|(?= (?:if|when|should|in case|once)\b))",
    re.I,
)


def is_meant(said: str) -> bool:
    """Whether a line speaks of its author being gone."""
    return bool(_IF.search(said))


def in_line(said: str, note: Note, ctx: Context) -> Iterator[str]:
    """The user ids of who then steps in."""
    if not note.human or not is_meant(said):
        return
    for opening in role_words.NAMED_AT.finditer(said):
        person = roles.leading_person(said[opening.end() : opening.end() + 80], ctx, note)
        if person and person[0] != note.author and _STEPS_IN.match(person[1]):
            yield person[0]
