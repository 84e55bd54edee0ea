"""H-34: the severity, and when it changed. A bare mention is not a change ("is this a sev1?", "like last week's
SEV-2"): it takes somebody who declares it, moves it, or says what we are in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from bot.domain.harvest import agreed, phrase, text
from bot.domain.harvest.finding import Confidence, Role, SeverityFinding, TimelineKind
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.rule import Finding, Rule
from bot.domain.harvest.vocabulary import words

_SEV = r"(?:sev(?:erity)?[ -]?|p(?:riority)?-?)([0-5])\b"
_CHANGE = late(
    rf"\b(?:declar\w+|upgrad\w+|downgrad\w+|escalat\w+|rais\w+|bump\w*|lower\w*|chang\w+|mov\w+|mak\w+|call\w*|"
    rf"call it|treat\w*|set|setting|"
    rf"promot\w+|demot\w+|reclassif\w+|open\w*|start\w*)\b(?: \S+){{0,6}}? (?:as |to |at |a |an |from \S+ (?:to|→|"
    rf"->) )*{_SEV}|\b(?:back|down|up) to (?:a |an )?{_SEV}",
    re.I,
)
_STATE = late(
    r"^sev[ -]?[0-5] ?(?:→|->|=>|to) ?sev[ -]?([0-5])\b|"
    rf"(?:^|(?<=[a-z)][.!] ))(?:(?:ok(?:ay)?|no|nope|yes|yep)[,. ]+)?(?:a )?{_SEV}(?: now| then)?\W*(?:$|[.!,;:–—-] )|"
    rf"^(?:[\s*]*(?::(?:rotating_light|fire|alert|sos|warning|red_circle|siren)[\w-]*:|🚨|🔥|⚠️?|🔴))+[\s*]*{_SEV}(?= .*\w)|"
    rf"\b(?:this is|it's|it is|that's|we(?:'re| are)(?: in| at)?|now|incident is)(?: now| officially| in| at| still|"
    rf" currently| all)* (?:a |an |the )?{_SEV}",
    re.I,
)
_BOT = late(
    r"\b(?:severity|priority)\b.{0,40}?(?:→|->|=>|\bto\b|:|\bis now\b).{0,20}?(?:sev(?:erity)?[ -]?|"
    r"p-?)?([0-5])\b",
    re.I,
)
_TOPIC = late(rf"(?<!was )(?<!formerly )(?<!ex-)(?<!not ){_SEV}", re.I)
_FROM_NOW = late(r"\b(?:from now on|as of (?:now|this)|from here on|with immediate effect|effective)\b", re.I)
_NOT = late(
    r"\b(?:not|\w+n't|if|whether|should|could|would|last (?:week|time|month|year)|previous|similar|unless|might|"
    r"maybe)\b",
    re.I,
)
# What people call a SEV-1 in fun, where no incident is about it.
_KITCHEN = words(
    "coffee espresso barista kettle teapot kitchen fridge biscuits biscuit cookies cake snacks snack beer lunch toaster dishwasher milk "
    "toilet toilets printer karaoke"
)
_SECONDS, _FEW = 900, 4
_ASKED = late(
    r"(?:^|[.!] )(?:(?:so|ok(?:ay)?|and|hm+|hey|wait|guys|all|folks|@\S+)[,:]? ){0,3}"
    r"(?:(?:is (?:this|it)|are we(?: (?:in|at))?|this is|(?:do|shall|should|can) we "
    r"(?:(?:now )?call (?:it|this)|agree (?:that )?(?:this|it) is)|"
    rf"should (?:this|it) be|we call (?:it|this)|(?:down|up)grade (?:it |this )?to)(?: (?:a|an|really|still|now|definitely))* )?{_SEV}"
    r"\W*(?:then|now|yet|right)?\W*\?\W*$",
    re.I,
)
_YES = late(
    r"^\W*(?:it is|definitely|absolutely|i think so|i'd say so|agreed?|correct|for sure|confirmed)\b(?!.*\?)", re.I
)
_BUT = late(r"\b(?:no|not|but|unless)\b", re.I)
_SOON, _NEXT = 300, 3


def find(note: Note, ctx: Context) -> Iterable[Finding]:
    if note.topic:
        yield from _topic(note)
        return
    for line in note.talk if note.human else note.lines:
        said = phrase.untimed(line.said[:1000], note)
        found = _CHANGE.search(said)
        hit = found or _STATE.search(said) or (None if note.human else _BOT.search(said))
        if note.human and (asked := _ASKED.search(said)):
            yield from _confirmed(note, said, int(asked[1]), ctx)
        if hit is None or (note.human and (phrase.asks_or_supposes(said) or _NOT.search(said, 0, hit.end()))):
            continue
        if note.human and _in_fun(note, ctx):
            return
        yield SeverityFinding(note.message.ts, _number(said, hit, note))
        declared = bool(_FROM_NOW.search(said))
        if found or declared or not note.human or not hit[0].lower().startswith("we"):
            sure = Confidence.A if declared else Confidence.B
            yield phrase.found_at(note, line, ctx, TimelineKind.severity_change, RULE.id, sure, told=False)
        return


def _confirmed(note: Note, said: str, severity: int, ctx: Context) -> Iterable[Finding]:
    """ "is this a sev1?", to which the next who speaks says yes."""
    answer = next((each for each in ctx.after(note, _SOON, _NEXT) if each.author != note.author), None)
    if answer is None or not answer.human or "?" in answer.plain or _TOPIC.search(answer.plain) or _in_fun(note, ctx):
        return
    line = next(iter(answer.talk), None)
    if line and (agreed.says_yes(line.said) or _YES.match(line.said)) and not _BUT.search(line.said):
        yield SeverityFinding(answer.message.ts, severity)
        found = phrase.found_at(answer, line, ctx, TimelineKind.severity_change, RULE.id, Confidence.B, told=False)
        yield replace(found, text=text.clip(f"{said} – {answer.plain}"))


def _in_fun(note: Note, ctx: Context) -> bool:
    """Whether people talk of the coffee machine, and nobody has a role that would tell of an incident."""
    if any(claim.role is Role.ic for claim in ctx.claims):
        return False
    near = (each for each in ctx.lately(note, _FEW) if (note.at - each.at).total_seconds() <= _SECONDS)
    root = ctx.note(note.room) if note.room else None
    return any(not _KITCHEN.isdisjoint(each.words) for each in (note, *near, *((root,) if root else ())))


def _number(said: str, hit: re.Match[str], note: Note) -> int:
    """The severity that a line arrives at; of an app's "SEV-2 → SEV-1" the last."""
    named = [] if note.human else [found[1] for found in _TOPIC.finditer(said)]
    return int(named[-1] if named else next(group for group in reversed(hit.groups()) if group))


def _topic(note: Note) -> Iterable[Finding]:
    found = _TOPIC.search(note.plain[:1000])
    if found:
        yield SeverityFinding(note.message.ts, int(found[1]))


RULE = Rule(
    "H-34",
    "The severity",
    words("sev severity priority sev0 sev1 sev2 sev3 sev4 sev5 p0 p1 p2 p3 p4"),
    find,
    bots=True,
)
