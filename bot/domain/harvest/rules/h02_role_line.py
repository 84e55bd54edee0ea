"""H-02: a line that says who has which role ("IC: Ana, Scribe: Bo"), as the scribe writes it, as a topic holds it, as
an incident app announces it. Several roles may share a line; a later line replaces an earlier one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.domain.harvest import another_day, roles
from bot.domain.harvest.finding import Confidence, Role
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.rule import Finding, Rule
from bot.domain.harvest.vocabulary import words

_ROLE = "|".join(f"(?P<{role}>{wording})" for role, wording in roles.WORDINGS.items())
_PAIR = late(
    rf"(?:^|(?<!\bfrom)(?<!\bby)(?<!\bfrom the)(?<!\bby the)[\s,;|/•·(*\[—–-])(?:{_ROLE})(?: role| on duty| today| tonight|"
    r" from (?:now|here)(?: on)?)?(?!\w)"
    r"(?P<change> (?:has |have |was |has been |been )?(?:now )?(?:changed|updated|assigned|reassigned|set|handed "
    r"over))?"
    r"\s*(?P<sign>:|=|->|→|—|–|-(?=\s?@)|(?=@)|(?<=ed) (?:from|to)\b|(?<=set) to\b|is now(?=:? ?@))\s*(?=(?P<value>[^,;|\n]{1,160}))",
    re.I,
)
_NEXT_ROLE = late(rf"[\s(]+(?:{'|'.join(roles.WORDINGS.values())})\s*(?:[:=→]|->|(?=@))", re.I)
_ARROW = late(r"\s*(?:→|->|=>|➡️?|\bto\b|(?<= )>(?= ))\s*")
_SINCE = late(r",? (?:\(?(?:at|since|from|as of|until|till|~)|@) ?~?\d.*$", re.I)  # "ana -> bo at 14:30"
_NOBODY = words(
    "none nobody name user username someone somebody tbd tba unassigned vacant unknown ? - – n/a no-one noone who"
)
# Without a colon only a member's name will do, and nothing but the role and the name: "Lead is now Ana", "| IC | Ana |".
_BARE = late(
    rf"(?:^|[|,;/•·(\[]\s*|[.:–—-] )(?:(?:the|our|your) )?(?:{_ROLE})(?: role| today| tonight| on duty| for (?:this|today|"
    r"now))?(?P<sign> (?:is|are)(?: now)?:?| now| ?\| ?|\s+-\s|(?= ))\s*"
    r"(?=(?P<value>@?\w[^,;|\n]{0,80}))",
    re.I,
)
# "Ana assigned Scribe to Bo", as apps say who gave it.
_GIVEN_TO = late(
    rf"\b(?:assigned|reassigned|gave|handed|passed|updated|changed|set|switched|transferred|moved) (?:the )?(?:{_ROLE})(?: role)?(?: over)?"
    r"(?: from [^,;|\n]{1,40}?)? to (?=@?\w)",
    re.I,
)
# Several people who have a role together, or one after the other: "ICs: Ana (day), Bo (night)".
_TOGETHER = late(
    r"(?:^|[\s,;|/•·(*\[])(?:(?P<ic>ics|(?:incident )?(?:commanders|leads|managers))|(?P<deputy>deputies)|(?P<scribe>scribes|"
    r"note-?takers))"
    r"\s*[:=]\s*(?P<value>[^|;\n]{1,200})",
    re.I,
)
_BETWEEN = late(r"\s*(?:,|&|\+|/|→|->|\band\b|\bthen\b)\s*", re.I)
# Whose an incident is, as an app or a topic says it of something that is an incident.
_OWNED = late(
    r"(?:^|[,;|/•·(*\[.:—–-]\s*|\binc-?\d+\s+)(?:(?:incident )?owner|own|commander|driver|coordinator|dri|responsible)\s*(?:[:=]|"
    r"is\b|→|(?:was |has been )?(?:changed|updated|reassigned|set) (?:from [^,;|\n]{1,40}? )?to\b:?)\s*"
    r"(?P<value>[^,;|\n]{1,60})",
    re.I,
)
# So a topic names who is in charge of what its channel is about.
_OF_TOPIC = late(
    r"(?:^|[,;|/•·(*\[–—-]\s*)(?:driver|duty (?:officer|manager|lead)|on point)\s*[:=]\s*(?P<value>[^,;|/\n]{1,60})",
    re.I,
)
_AN_INCIDENT = late(r"\binc(?:ident)?s?\b|\binc-?\d|\bsev(?:erity)? ?-?\d|\bp[0-2]\b|\bmajor\b", re.I)
_ALONE = late(rf"(?:the )?(?:{_ROLE}) ?:?", re.I)
_PLAIN = late(r"^(?:(?::[\w+-]+:|[^\w\s@<(]+)\s*)+")  # a picture before a name
_PASSES = late(r"\s*(?:→|->|=>|➡️?|(?<= )>(?= ))\s*(?=@?\w)")
_ENDS = late(r"['’]?\s*(?:$|[.!|()\[\]·•–—-]|/ |(?:since|until|till|and|from here|for)\b)", re.I)
_CUES = words(
    "record recorder keeper ics commanders leads managers scribes deputies owner own driver coordinator dri responsible ic duty officer "
    "incident commander deputy scribe liaison lead manager imoc mim notetaker note minutes minute comms communications"
)

_PAGED = late(r"^\W*(?:paged|paging|notified|notifying|escalated|escalating|called|calling|pinged)\b", re.I)
"""An app that pages whoever is on duty names nobody: they may never come."""


def find(note: Note, ctx: Context) -> Iterable[Finding]:
    lines = tuple(another_day.before(note.lines))
    for above, line in zip((None, *lines), lines, strict=False):
        if line.quoted or (line.said.endswith("?") if note.human else _PAGED.match(line.said[:80])):
            continue
        text = another_day.without(line.said[:1000])
        yield from _bare(note, ctx, text, above.said if above else "")
        yield from _together(note, ctx, text)
        if not note.human and _AN_INCIDENT.search(note.plain[:500]):
            yield from _owned(note, ctx, text, _OWNED)
        if note.topic:
            yield from _owned(note, ctx, text, _OF_TOPIC)
        for found in _PAIR.finditer(text):
            role, said = _role(found), _value(found, ctx)
            name = roles.leading_name(said, ctx, note, sure=role not in (Role.ic, Role.deputy, Role.scribe))
            if name and said.casefold() not in _NOBODY:
                yield roles.claim(note, ctx, role, name, RULE.id, Confidence.A)


def _bare(note: Note, ctx: Context, said: str, above: str) -> Iterator[Finding]:
    head = _ALONE.fullmatch(above) if len(above) < 40 else None
    if head and (person := roles.leading_person(said, ctx, note)):  # a field of an app: the role, and the name under it
        yield roles.claim_of(note, _role(head), person[0], RULE.id, Confidence.A)
    for found in _BARE.finditer(said):
        person = roles.leading_person(found["value"], ctx, note)
        passes = person and _PASSES.match(person[1])
        if person and passes:  # "IC ana → bo"
            person = roles.leading_person(person[1][passes.end() :], ctx, note)
        if person and _ENDS.match(person[1]):
            yield roles.claim_of(note, _role(found), person[0], RULE.id, Confidence.B)
    for found in _GIVEN_TO.finditer(said) if not note.human else ():
        if person := roles.leading_person(said[found.end() :], ctx, note):
            yield roles.claim_of(note, _role(found), person[0], RULE.id, Confidence.B)


def _together(note: Note, ctx: Context, said: str) -> Iterator[Finding]:
    for found in _TOGETHER.finditer(said):
        role = next(role for role in (Role.ic, Role.deputy, Role.scribe) if found[role.value])
        if ctx.held.get(role) and not (note.human or note.topic):
            continue  # who had it all in all, as an app sums up
        for piece in _BETWEEN.split(found["value"]):
            if piece and (person := roles.leading_person(piece, ctx, note)):
                yield roles.claim_of(note, role, person[0], RULE.id, Confidence.A)


def _owned(note: Note, ctx: Context, said: str, wording: re.Pattern[str]) -> Iterator[Finding]:
    for found in wording.finditer(said):
        person = roles.leading_person(_PLAIN.sub("", found["value"]).strip(), ctx, note)
        if person and _ENDS.match(person[1]):
            yield roles.claim_of(note, Role.ic, person[0], RULE.id, Confidence.B)


def _role(found: re.Match[str]) -> Role:
    return next(role for role in Role if found[role.value])


def _value(found: re.Match[str], ctx: Context) -> str:
    said = _NEXT_ROLE.split(found["value"], maxsplit=1)[0]
    *_, last = sides = _ARROW.split(_SINCE.sub("", said))
    later = found["change"] or last.startswith("@") or ctx.directory.find(last.strip(" *_`.)"))
    return _PLAIN.sub("", sides[-1 if later else 0].strip(" *_`\"'(["))


RULE = Rule("H-02", "A line that names who has a role", _CUES, find, first=True, bots=True)
