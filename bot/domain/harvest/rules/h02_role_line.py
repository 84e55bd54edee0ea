"""H-02: a line that says who has which role ("IC: Ana, Scribe: Bo"), as the scribe writes it, as a topic holds it, as
an incident app announces it. Several roles may share a line; a later line replaces an earlier one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.domain.harvest import roles
from bot.domain.harvest.finding import Confidence, Role
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.rule import Finding, Rule
from bot.domain.harvest.vocabulary import words

_ROLE = "|".join(f"(?P<{role}>{wording})" for role, wording in roles.WORDINGS.items())
_PAIR = re.compile(
    rf"(?:^|[\s,;|/•·(*\[—–-])(?:the |current |new )?(?:{_ROLE})"
    r"(?P<change> (?:has )?(?:changed|updated|assigned|reassigned|set|is now|handed over))?"
    r"\s*(?P<sign>:|=|->|→|—|–|-(?=\s?@)|(?=@)|(?<=changed) (?:from|to)|(?<=assigned) to|(?<=is now)|(?<=over) to)\s*"
    r"(?P<value>[^,;|\n]{1,120})",
    re.I,
)
_ARROW = re.compile(r"\s*(?:→|->|=>|➡️?|\bto\b)\s*")
_NOBODY = words("none nobody tbd tba unassigned vacant unknown ? - – n/a no-one noone who")
_CUES = words("ic incident commander deputy scribe liaison lead manager imoc notetaker comms")


def find(note: Note, ctx: Context) -> Iterable[Finding]:
    for line in note.lines:
        if line.quoted:
            continue
        for found in _PAIR.finditer(line.said[:1000]):
            role = next(role for role in Role if found[role.value])
            sides = _ARROW.split(found["value"]) if found["change"] or found["sign"] != "->" else [found["value"]]
            said = (sides[-1] if len(sides) > 1 else found["value"]).strip(" *_`\"'().")
            if not said or said.endswith("?") or said.casefold() in _NOBODY:
                continue
            name = roles.leading_name(said, ctx)
            if name:
                yield roles.claim(note, ctx, role, name, RULE.id, Confidence.A)


RULE = Rule("H-02", "A line that names who has a role", _CUES, find, first=True, bots=True)
