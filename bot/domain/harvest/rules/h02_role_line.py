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
    rf"(?:^|[\s,;|/•·(*\[—–-])(?:{_ROLE})(?: role)?(?!\w)"
    r"(?P<change> (?:has |have |was |has been |been )?(?:now )?(?:changed|updated|assigned|reassigned|set|handed "
    r"over))?"
    r"\s*(?P<sign>:|=|->|→|—|–|-(?=\s?@)|(?=@)|(?<=ed) (?:from|to)\b|is now(?=:? ?@))\s*(?=(?P<value>[^,;|\n]{1,160}))",
    re.I,
)
_NEXT_ROLE = re.compile(rf"[\s(]+(?:{'|'.join(roles.WORDINGS.values())})\s*(?:[:=→]|->|(?=@))", re.I)
_ARROW = re.compile(r"\s*(?:→|->|=>|➡️?|\bto\b)\s*")
_NOBODY = words("none nobody tbd tba unassigned vacant unknown ? - – n/a no-one noone who")
_CUES = words("ic incident commander deputy scribe liaison lead manager imoc notetaker note comms")


def find(note: Note, ctx: Context) -> Iterable[Finding]:
    for line in note.lines:
        if line.quoted or (note.human and line.said.endswith("?")):
            continue
        for found in _PAIR.finditer(line.said[:1000]):
            role = next(role for role in Role if found[role.value])
            said = _value(found)
            name = roles.leading_name(said, ctx, note, sure=role not in (Role.ic, Role.deputy, Role.scribe))
            if name and said.casefold() not in _NOBODY:
                yield roles.claim(note, ctx, role, name, RULE.id, Confidence.A)


def _value(found: re.Match[str]) -> str:
    said = _NEXT_ROLE.split(found["value"], maxsplit=1)[0]
    sides = _ARROW.split(said)
    return sides[-1 if len(sides) > 1 and (found["change"] or sides[-1].startswith("@")) else 0].strip(" *_`\"'([")


RULE = Rule("H-02", "A line that names who has a role", _CUES, find, first=True, bots=True)
