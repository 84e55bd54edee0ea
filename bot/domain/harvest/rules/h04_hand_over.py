"""H-04: a role goes to somebody else: handed over by the one who had it, taken over by the next, or asked for and
accepted. The time of a hand-over matters: who commanded when is part of the story."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.domain.harvest import phrase, roles
from bot.domain.harvest.finding import Confidence, Role, TimelineKind
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.rule import Finding, Rule
from bot.domain.harvest.vocabulary import words

_IC = roles.IC_WORD
_SCRIBE = r"(?:the )?(?:scribe|scribing|note-?taker|notes)"
_GIVE = (
    r"(?:hand(?:ing|ed)?(?: it)?(?: off| over)?|pass(?:ing|ed)?(?: over)?|transferr?(?:ing|ed)?|giv(?:e|ing)|"
    r"turn(?:ing|ed)? over)"
)
_WHO = r"(?P<who>@?\w[\w.'’-]*(?: (?-i:[A-Z])[\w.'’-]*){0,2})"


def _wordings(role: str) -> re.Pattern[str]:
    return re.compile(
        rf"\b{_GIVE} {role}(?: role| duties)?(?: off| over)? to {_WHO}"
        rf"|\b{_GIVE} (?:over )?to {_WHO.replace('who', 'who2')} (?:as|for) {role}\b"
        rf"|(?:^|[\s,.])(?:@)?{_WHO.replace('who', 'who3')}(?:'s| is| has| will be| will| is going to be)? (?:now |"
        rf"just )*"
        rf"(?:tak(?:es?|ing|en)(?: over)?(?: as| on)?|be|assum(?:es|ing|ed)|assigned(?: as)?|been assigned(?: as)?|"
        rf"is|'s|has|our|your|now|stepping in as|acting as|the new) "
        rf"(?:the )?(?:role of )?(?:new )?{role}(?!-|'s|\w)"
        rf"|(?:^|[\s,.])@?{_WHO.replace('who', 'who4')},? you(?:'re| are)(?: now)? {role}(?!\w)"
        rf"|(?:^|[\s,.])@?{_WHO.replace('who', 'who5')} (?:is|'s|will be|has been assigned|was assigned|"
        rf"has taken over) (?:now )?(?:as )?(?:the )?{role}(?!-|'s|\w)",
        re.I,
    )


_HANDED = ((Role.ic, _wordings(_IC)), (Role.scribe, _wordings(_SCRIBE)))
_WHEEL = re.compile(
    r"(?:^|[\s,.])@?(?P<who>\w[\w.'’-]*(?: (?-i:[A-Z])[\w.'’-]*){0,2}) (?:has|now has|takes|is taking|'s got|"
    r"has got) the (?:wheel|helm|conn)\b"
    r"|\b(?:handing|passing|giving) (?:you |over )?the (?:wheel|"
    r"helm) to (?P<who2>@?\w[\w.'’-]*(?: (?-i:[A-Z])[\w.'’-]*){0,2})",
    re.I,
)
_DRIVES = re.compile(
    r"(?:^|[\s,.])@?(?P<who>\w[\w.’-]*)(?: is|'s| will be) (?:now )?(?:driving|running|leading|coordinating) "
    r"(?:this(?: one| incident| call)?|the (?:incident|call|response))\b"
    r"|(?:^|[\s,.])@?(?P<who2>\w[\w.’-]*)[,:]? you(?: now|'ve| have)(?: now)?(?: got)? (?:have )?(?:command|the "
    r"wheel|the conn)\b",
    re.I,
)
_ASKED = re.compile(
    r"@(?P<who>\w[\w.'’-]*(?: (?-i:[A-Z])[\w.'’-]*){0,2}).{0,40}\b(?:can|could|will|would|please|mind|want to|"
    r"are you)\b.{0,40}"
    rf"\b(?:(?P<scribe>scribe|scribing|(?:take|keep|do) (?:the )?(?:notes|minutes|time ?line|log))|"
    r"(?P<deputy>deputy(?: ic)?)|(?P<internal_liaison>internal (?:liaison|comms|communications?))|"
    r"(?P<customer_liaison>(?<!internal )(?:(?:customer|external) )?(?:liaison|comms|communications?)|customers)|"
    rf"(?P<ic>{_IC}|(?:take|do|run) (?:the )?lead))(?!-|'s|\w)",
    re.I,
)
_ASKS = re.compile(r"\b(?:(?:can|could|will|would) you|please|pls|mind|want to)\b", re.I)
_YES = re.compile(
    r"^(?:@[\w.'-]+[,:]? )?(?:yes|yep|yup|yeah|sure|ok|okay|on it|will do|can do|got it|no problem|happy to|i can|i'll|"
    r"i have|ack|aye|:\+1:|:thumbsup:|👍|absolutely|of course|np)",
    re.I,
)
_NOT = re.compile(
    r"\b(?:not|\w+n't|if|unless|who|was|were|should|wish|asked?|ask|until|need|needs|before|looking for|want)\b", re.I
)
_CUES = words(
    "ic imoc commander command handing hand handed passing pass passed transferring transfer giving turning wheel helm",
    "conn driving running leading coordinating scribe scribing notes notetaker manager lead im minutes log timeline deputy liaison comms",
    "communications communication customers",
)


def find(note: Note, ctx: Context) -> Iterable[Finding]:
    for line in note.talk if note.human else note.lines:
        said = line.said[:1000]
        asked = _ASKED.search(said)
        if asked and (phrase.is_question(said) or _ASKS.search(asked[0])):
            yield from _accepted(note, ctx, asked)
            continue
        if phrase.is_question(said):
            continue
        for role, wording in (*_HANDED, (Role.ic, _WHEEL), (Role.ic, _DRIVES)):
            for found in wording.finditer(said):
                written = next(
                    (value for key, value in found.groupdict().items() if key.startswith("who") and value), ""
                )
                name = roles.leading_name(written, ctx, note)
                if name and not _NOT.search(said, max(0, found.start() - 25), found.end()):
                    yield roles.claim(note, ctx, role, name, RULE.id, Confidence.B)
                    if role is Role.ic:
                        yield phrase.found_at(note, line, ctx, TimelineKind.other, RULE.id, Confidence.B, told=False)


def _accepted(note: Note, ctx: Context, asked: re.Match[str]) -> Iterator[Finding]:
    name = roles.leading_name(note.mentioned(asked[0]) or asked["who"], ctx, note)
    user_id = ctx.who(name, note)[0] if name else None
    role = next(role for role in Role if asked[role.value])
    places = (*ctx.after(note, 300), *ctx.replies(note, 5))
    for answer in places:
        if user_id and answer.author == user_id and answer.talk:
            if _YES.match(answer.talk[0].said):
                yield roles.own_claim(answer, role, RULE.id, Confidence.C)
            return


RULE = Rule("H-04", "A role is handed over, or asked for and accepted", _CUES, find, first=True, bots=True)
