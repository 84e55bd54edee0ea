"""H-04: a role goes to somebody else: handed over by the one who had it, taken over by the next, or asked for and
accepted. The time of a hand-over matters: who commanded when is part of the story."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from bot.domain.harvest import (
    another_day,
    asked,
    charge,
    claims,
    elsewhere,
    in_case,
    named,
    passing,
    phrase,
    role_passes,
    role_words,
    roles,
    set_right,
    shares,
    you_are,
)
from bot.domain.harvest.finding import Confidence, Role, RoleClaim, TimelineKind
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.rule import Finding, Rule
from bot.domain.harvest.vocabulary import words

_IC = roles.IC_WORD
_SCRIBE = r"(?:the )?(?:scribe|scribing|note-?taker|notes)"
_GIVE = (
    r"(?:hand-?over|hand(?:ing|ed)?(?: it)?(?: off| over)?|pass(?:ing|ed)?(?: over)?|transferr?(?:ing|ed)?|giv(?:e|ing)|"
    r"turn(?:ing|ed)? over)"
)
_WHO = r"(?P<who>@?\w[\w.'’-]*(?: (?-i:[A-Z])[\w.'’-]*){0,2})"


def _wordings(role: str) -> re.Pattern[str]:
    return late(
        rf"\b{_GIVE} {role}(?: role| duties)?(?: off| over)?(?: back)? to {_WHO}"
        rf"|(?:^|[.,;:!–—-] ?)(?:and )?{role} (?:(?:is |goes |now )?back (?:to|with)|(?:is |lies |now )+with|"
        rf"(?:goes|passes) to) {_WHO.replace('who', 'who6')}"
        rf"|(?:^|[.,;:!–—-] ?)(?:and )?{role}(?: role)?(?:'s| is)(?: now| all)* yours(?: now)?,? {_WHO.replace('who', 'who7')}(?=\W*$)"
        rf"|\b{_GIVE} (?:over )?to (?:the |our )?(?:\w+ shift[,:]? )?{_WHO.replace('who', 'who2')} (?:as|for) "
        rf"(?:the |our )?{role}\b"
        rf"|(?:^|[\s,.])(?:@)?{_WHO.replace('who', 'who3')}(?:'s| is| has| will be| will| is going to be)? (?:now |"
        rf"just )*"
        rf"(?:tak(?:es?|ing|en)(?: over)?(?: as| on)?|be|assum(?:es|ing|ed)|assigned(?: as)?|been assigned(?: as)?|"
        rf"is|'s|has|our|your|now|stepping in as|acting as|the new) "
        rf"(?:the )?(?:role of )?(?:new )?{role}(?!-|'s|\w| to (?-i:[@A-Z]))"
        rf"|(?:^|[\s,.])@?{_WHO.replace('who', 'who4')},? you(?:'re| are)(?: now)? {role}(?!\w)"
        rf"|(?:^|[\s,.])@?{_WHO.replace('who', 'who5')} (?:is|'s|will be|has been assigned|was assigned|"
        rf"has taken over) (?:now )?(?:as )?(?:the )?{role}(?!-|'s|\w)",
        re.I,
    )


_WHEEL = late(
    r"(?:^|[\s,.])@?(?P<who>\w[\w.'’-]*(?: (?-i:[A-Z])[\w.'’-]*){0,2}) (?:has|now has|takes|is taking|'s got|"
    r"has got) the (?:wheel|helm|conn?|hat)"
    + role_words.END
    + r"|\b(?:hand|pass|giv)(?:ing|e|ed)? (?:you |over )?(?:the )?(?:wheel|helm|conn?|hat|reins|baton|drive|lead|coordination|incident)"
    r"(?: back)?(?: over)?(?: back)? to (?P<who2>@?\w[\w.'’-]*(?: (?-i:[A-Z])[\w.'’-]*){0,2})",
    re.I,
)
_DRIVES = late(
    r"(?:^|[\s,.])@?(?P<who>\w[\w.’-]*)(?: is|'s| will be) (?:now )?(?:driving|running|leading|coordinating) "
    r"(?:this(?: one| incident| call)?|the (?:incident|call|response))\b"
    r"|(?:^|[\s,.])@?(?P<who2>\w[\w.’-]*)[,:]? you(?: now|'ve| have)(?: now)?(?: got)? (?:have )?(?:command|the "
    r"wheel|the conn)\b",
    re.I,
)
# Without one of these words nothing of it can be there.
_WORDINGS = (
    (Role.ic, _wordings(_IC), words("ic imoc mim im incident commander command commanding lead")),
    (Role.scribe, _wordings(_SCRIBE), words("scribe scribing note notetaker notes taker")),
    (Role.ic, _WHEEL, words("wheel helm conn con hat reins baton drive lead coordination incident")),
    (Role.ic, _DRIVES, words("driving running leading coordinating command wheel conn")),
)
_ASKED = late(
    r"@(?P<who>\w[\w.'’-]*(?: (?-i:[A-Z])[\w.'’-]*){0,2})[^@]{0,40}\b(?:can|could|will|would|please|mind|want to|"
    r"are you)\b[^@]{0,40}"
    rf"\b(?:(?P<scribe>scribe|scribing|(?:take|keep|do) (?:the )?(?:notes|minutes|time ?line|log))|"
    r"(?P<deputy>deputy(?: ic)?)|(?P<internal_liaison>internal (?:liaison|comms|communications?))|"
    r"(?P<customer_liaison>(?<!internal )(?:(?:customer|external) )?(?:liaison|comms|communications?)|customers)|"
    rf"(?P<ic>{_IC}|(?:take|do|run) (?:the )?lead))(?!-|'s|\w)",
    re.I,
)
_PICTURES = late(r"^(?:(?::[\w+-]+:|[^\w\s@<(!/\[]+)\s+)+")  # before what an app says
_ASKS = late(r"\b(?:(?:can|could|will|would) you|please|pls|mind|want to)\b", re.I)
_CUES = words(
    "ic imoc mim commander command handing hand handed passing pass passed transferring transfer giving turning wheel helm "
    "stick reins",
    "bosses brass",
    "has again pen write log record someone somebody anyone writes con hat driver hold back runs conn driving drives drive running "
    "runs leading leads coordinating coordinates pilot pilots conducting incident charge "
    "shots scribe",
    "scribing scribes timekeeper logkeeper notes notetaker manager lead im minutes log timeline protocol deputy backup liaison comms point "
    "coordinator",
    "coordination coordinate communications communication customers passengers guests clients users status over taking take "
    "takes back mine "
    "yours have got manager leader controller captain baton seat voice public updates messages clients management board execs",
    "executives leadership stakeholders directors merchants members tenants patients mind who in need requesting led run "
    "coordinated",
    "commanded managed owner contact players shoppers students parents press customer stakeholders internal side picking "
    "picks second stand relieve relieving relieved carries carry on handover",
)

# What is taken over is not command, but a part of the work: "can you take over comms", "... as scribe", "... the database".
_OTHER_WORK = late(
    r"\btak(?:e|es|ing) over (?:as (?:the |our |an? )?(?!ic\b|imoc\b|im\b|incident|commander|lead|command|coordinat)\w+|"
    r"(?:the |our |this |my )(?!ic\b|incident|lead|command|call|response|room|channel|bridge|helm|wheel|conn?\b|reins|coordinat|"
    r"shift|one\b|role|here|now)\w+|(?:comms?|communications?|customers?|clients?|notes?|scribing|updates|status|support|social)\b)",
    re.I,
)


def find(note: Note, ctx: Context) -> Iterable[Finding]:
    for place, line in enumerate(another_day.before(note.talk if note.human else note.lines)):
        said = another_day.without(line.said[:1000]) if note.human else _PICTURES.sub("", line.said[:1000])
        every = chain(_claims(said, note, ctx), () if place else _shared(note, ctx))
        found = [each for each in dict.fromkeys(every) if not claims.refused(each, note, ctx)]
        if _OTHER_WORK.search(said):
            found = [each for each in found if each.role is not Role.ic]
        yield from found
        if any(each.role is Role.ic and each.confidence is Confidence.B for each in found):
            yield phrase.found_at(note, line, ctx, TimelineKind.other, RULE.id, Confidence.C, told=False)


def _shared(note: Note, ctx: Context) -> Iterator[RoleClaim]:
    for role, user_id in shares.of_message(note, ctx):
        yield roles.claim_of(note, role, user_id, RULE.id, Confidence.C)


def _claims(said: str, note: Note, ctx: Context) -> Iterator[RoleClaim]:
    wanted = _ASKED.search(said)
    if wanted and (phrase.is_question(said) or _ASKS.search(wanted[0])):
        yield from _accepted(note, ctx, wanted)
    elif not phrase.is_question(said):
        yield from _handed_over(said, note, ctx)
    for role, user_id, only_asked in named.in_line(said, note, ctx):
        if not only_asked:
            yield roles.claim_of(note, role, user_id, RULE.id, Confidence.B)
        elif answer := asked.accepted(user_id, note, ctx):
            yield roles.claim_of(answer, role, user_id, RULE.id, Confidence.C)
    for role, user_id in () if phrase.is_question(said) else set_right.in_line(said, note, ctx):
        yield roles.claim_of(note, role, user_id, RULE.id, Confidence.B)
    for user_id in in_case.in_line(said, note, ctx):
        yield roles.claim_of(note, Role.deputy, user_id, RULE.id, Confidence.B)
    if first := charge.given(said, note, ctx):
        yield roles.claim_of(note, Role.ic, first, RULE.id, Confidence.B)
    for user_id in passing.in_line(said, note, ctx):
        yield roles.claim_of(note, Role.ic, user_id, RULE.id, Confidence.B)
    for role, user_id in role_passes.in_line(said, note, ctx):
        yield roles.claim_of(note, role, user_id, RULE.id, Confidence.B)
    for role, answer, user_id in chain(asked.in_line(said, note, ctx), you_are.in_line(said, note, ctx)):
        yield roles.claim_of(answer, role, user_id, RULE.id, Confidence.C)


def _handed_over(said: str, note: Note, ctx: Context) -> Iterator[RoleClaim]:
    for role, wording, needed in _WORDINGS:
        for found in wording.finditer(said) if not note.words.isdisjoint(needed) else ():
            written = next((value for key, value in found.groupdict().items() if key.startswith("who") and value), "")
            name = roles.leading_name(written, ctx, note)
            no = roles.denied(said, *found.span()) or elsewhere.is_meant(said, *found.span())
            if name and not (no or named.is_asked(said, found.end())):
                yield roles.claim(note, ctx, role, name, RULE.id, Confidence.B)


def _accepted(note: Note, ctx: Context, wanted: re.Match[str]) -> Iterator[RoleClaim]:
    name = roles.leading_name(note.mentioned(wanted[0]) or wanted["who"], ctx, note)
    user_id = ctx.who(name, note)[0] if name else None
    role = next(role for role in Role if wanted[role.value])
    if user_id and (answer := asked.accepted(user_id, note, ctx)):
        yield roles.own_claim(answer, role, RULE.id, Confidence.C)


RULE = Rule("H-04", "A role is handed over, or asked for and accepted", _CUES, find, first=True, bots=True)
