"""H-03: somebody takes a role in the first person: "I am the Incident Commander", "I'll take IC", "I have the wheel",
"I'll scribe". Only a statement counts: who asks, offers under a condition, or speaks of the past takes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.domain.harvest import phrase, roles
from bot.domain.harvest.finding import Confidence, Role, TimelineKind
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.rule import Finding, Rule
from bot.domain.harvest.vocabulary import words

_I = (
    r"(?:i'?m|i am|i will be|i'll be|i ?'?ll|i will|i can|i've|i have|i got|let me|happy to|i'd be happy to|"
    r"going to|gonna|me,? i'?m)"
)
_SOFT = r"(?: (?:now|going to|gonna|just|happy to|also|officially|your|currently|here,?|go ahead and|take over|over|to)){0,4}"
_CLAIMS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (
        Role.deputy,
        re.compile(rf"\b{_I}{_SOFT} (?:be |act(?:ing)? as |take |taking )?(?:the )?(?:deputy|backup ic)\b", re.I),
    ),
    (
        Role.ic,
        re.compile(
            rf"\b{_I}{_SOFT} (?:be |act(?:ing)? as |serv(?:e|ing) as |tak(?:e|ing)(?: over)?(?: as| on)?(?: the)? |"
            rf"assum(?:e|ing) |"
            rf"step(?:ping)? in as |run(?:ning)? as |play(?:ing)? )?{roles.IC_WORD}(?!-|'s|\w)(?! (?:channel|call|"
            rf"train|room|group|list|role\?))"
            r"|\b(?:i'?m|i am|i'll|i will|i'll be|i will be|let me) (?:now )?(?:the one )?(?:driv(?:e|ing)|"
            r"lead(?:ing)?|runn?(?:ing)?|coordinat(?:e|ing)|command(?:ing)?)"
            r" (?:this(?: one| incident| call| response)?|the (?:incident|call|response)|incident response|"
            r"it from here|from here)\b"
            r"|\bi(?:'ve| have|'ll take| will take|'m taking|'ve got|'ve taken| have got| got| take|"
            r" am taking) (?:over )?the (?:wheel|helm|conn|con|reins)\b"
            r"|\b(?:i'?ll|i'?m|i will|i am) (?:run(?:ning)?|tak(?:e|ing)|be(?:ing)?) (?:the )?point\b"
            r"|^(?:ok(?:ay)?[, ]+)?(?:taking|assuming) (?:over )?(?:as )?(?:the )?(?:ic\b|incident command|command\b)"
            r"|^(?:ok(?:ay)?[, ]+)?taking over (?:from \S+ (?:\S+ )?)?as (?:the )?(?:ic|incident commander|commander)\b"
            r"|^(?:ok(?:ay)?[, ]+)?(?:stepping|jumping) in as (?:the )?(?:ic|incident commander)\b|^ic here\b"
            r"|\bi(?:'ll| will|'m| am)? tak(?:e|ing) (?:the |over the )?lead\b(?! (?:on|in|for|with) )"
            r"|\bi(?:'ve| have)(?: got)? it from here\b"
            r"|\bi(?:'m| am) (?:driving|leading|coordinating)(?: here| us)?(?= (?:until|till|for now|from now)\b)"
            r"|\bi'?ll ic\b|\bi'?m ic[' -]?ing\b|\bic[' -]?ing this\b",
            re.I,
        ),
    ),
    (
        Role.scribe,
        re.compile(
            rf"\b{_I}{_SOFT} (?:be |act(?:ing)? as |tak(?:e|ing)(?: over)?(?: as)? (?:the )?|do |"
            rf"doing )?(?:the )?(?:scrib(?:e|ing)|note-?taker|note-?taking)\b"
            r"|\b(?:i'?ll|i'?m|i will|i am|i can|let me) (?:be )?(?:tak(?:e|ing)|keep(?:ing)?|"
            r"do(?:ing)?) (?:the )?(?:notes|minutes|log|time ?line)\b(?! (?:of|in|from) )"
            r"|\b(?:i'?ll|i will) (?:note|write (?:it|things|everything) down)(?: myself| here| meanwhile)*(?= (?:until|till)\b)"
            r"|^(?:back,? (?:and )?)?scribing\b|^taking notes\b",
            re.I,
        ),
    ),
    (
        Role.customer_liaison,
        re.compile(
            rf"\b{_I}{_SOFT} (?:be |take |taking |handle |handling |do |doing |on )?(?:the )?(?:customer|"
            rf"external) (?:liaison|comms|communications?)\b",
            re.I,
        ),
    ),
    (
        Role.internal_liaison,
        re.compile(
            rf"\b{_I}{_SOFT} (?:be |take |taking |handle |handling |do |doing |on )?(?:the )?internal (?:liaison|"
            rf"comms|communications?)\b",
            re.I,
        ),
    ),
)
# Without one of these words nobody takes the role.
_LIAISON = words("liaison comms communication communications")
_NEEDED = {
    Role.deputy: words("deputy backup"),
    Role.ic: words(
        "ic imoc incident commander command commanding im driving drive lead leading running run runing coordinating coordinate wheel "
        "helm conn con reins point icing ic'ing have i've"
    ),
    Role.scribe: words("scribe scribing note notes notetaker notetaking minutes log time timeline write"),
    Role.customer_liaison: _LIAISON,
    Role.internal_liaison: _LIAISON,
}
_NOT = re.compile(
    r"\b(?:not|\w+n't|never|no longer|was|were|if|unless|who|whoever|wish|used to|until|before|don't|rather than)\b",
    re.I,
)
_OFFERED = re.compile(r".{0,12}\b(?:whenever|when you|if you|if needed|if nobody|unless)\b", re.I)
_CUES = words(
    "ic imoc commander command commanding incident driving drive lead leading wheel helm conn con reins point scribe",
    "scribing notes notetaker notetaking note minutes taker taking deputy backup liaison comms communications "
    "running run here log timeline",
    "coordinating coordinate ic'ing icing im",
)


def find(note: Note, ctx: Context) -> Iterable[Finding]:
    for line in note.talk:
        said = line.said[:1000]
        for role, wording in _CLAIMS:
            found = None if note.words.isdisjoint(_NEEDED[role]) else wording.search(said)
            if found is None or _NOT.search(said, max(0, found.start() - 30), found.end() + 4):
                continue
            if _OFFERED.match(said, found.end()):
                continue
            if phrase.is_question(said[found.start() :].split(". ")[0].split(", ")[0]):
                continue
            yield roles.own_claim(note, role, RULE.id)
            if role is Role.ic:
                yield phrase.found_at(note, line, ctx, TimelineKind.other, RULE.id, Confidence.B, told=False)
            break


RULE = Rule("H-03", "The author takes a role", _CUES, find, first=True)
