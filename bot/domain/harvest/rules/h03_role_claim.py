"""H-03: somebody takes a role in the first person: "I am the Incident Commander", "I'll take IC", "I have the wheel",
"I'll scribe". Only a statement counts: who asks, offers under a condition, or speaks of the past takes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.domain.harvest import another_day, charge, elsewhere, introduced, phrase, role_words, roles
from bot.domain.harvest.finding import Confidence, Role, TimelineKind
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.rule import Finding, Rule
from bot.domain.harvest.vocabulary import words

_I = (
    r"(?:i'?m|i am|i will be|i'll be|i ?'?ll|i will|i can|i've|i have|i got|let me|happy to|i'd be happy to|"
    r"going to|gonna|me,? i'?m)"
)
_SOFT = r"(?: (?:now|going to|gonna|just|happy to|also|officially|your|currently|here,?|go ahead and|take over|over|to)){0,4}"
_OVER = r"^(?:ok(?:ay)?[, ]+)?(?:taking|took|(?:have )?taken) over (?:from \S+ (?:\S+ )?)?as (?:the )?"
_PRESENT = (
    r"(?: (?:is )?(?:on|here|present|joined|on the (?:call|bridge))\b|,? (?:good )?(?:hi|hello|hey|morning|evening|afternoon)\b)"
    r"(?!.*\?)"
)
_CLAIMS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (
        Role.deputy,
        late(
            rf"\b{_I}{_SOFT} (?:be |act(?:ing)? as |take |taking )?(?:the )?(?:deputy(?: ic| commander| lead)?|backup "
            rf"ic){role_words.END}|^(?:ok(?:ay)?,? )?deputi[sz]ing{role_words.END}|\b{_I}{_SOFT} deputi[sz]e{role_words.END}"
            rf"|\bi(?:'ll| will|'m| am)? (?:\w+ ){{1,4}}as (?:your |the )?deputy{role_words.END}",
            re.I,
        ),
    ),
    (
        Role.ic,
        late(
            rf"\b{_I}{_SOFT} (?:be |act(?:ing)? as |serv(?:e|ing) as |tak(?:e|en|ing)(?: over)?(?: as| on)?(?: the)? |"
            rf"assum(?:e|ing) |"
            rf"step(?:ping)? in as |run(?:ning)? as |play(?:ing)? )?{roles.IC_WORD}(?!-|'s|\w)(?! (?:channel|call|"
            rf"train|room|group|list|role\?))"
            r"|\b(?:i'?m|i am|i'll|i will|i'll be|i will be|let me) (?:now )?(?:the one )?(?:driv(?:e|ing)|"
            r"lead(?:ing)?|runn?(?:ing)?|coordinat(?:e|ing)|command(?:ing)?)"
            r" (?:this (?:one|incident|call|response)|the (?:incident|call|response|bridge|war ?room)|incident response|"
            r"it from here|from here)\b"
            r"|\bi(?:'ve| have|'ll take| will take|'m taking|'ve got|'ve taken| have got| got| take|"
            r" am taking) (?:over )?the (?:wheel|helm|conn|con|reins)"
            + role_words.END
            + r"|\b(?:i'?ll|i'?m|i will|i am) (?:run(?:ning)?|tak(?:e|ing)|be(?:ing)?) (?:the )?point\b(?! of\b)"
            r"|^(?:ok(?:ay)?[, ]+)?(?:taking|assuming) (?:over )?(?:as )?(?:the )?(?:ic\b|incident command|command\b)"
            rf"|\bi took over (?:as )?(?:the )?{roles.IC_WORD}(?!-|'s|\w)"
            rf"|{_OVER}(?:ic|incident commander|commander)\b"
            r"|^(?:ok(?:ay)?[, ]+)?(?:stepping|jumping) in as (?:the )?(?:ic|incident commander)\b|^ic here\b"
            rf"|\bi(?:'ll| will|'m| am)? tak(?:e|ing) (?:the |over the )?lead"
            rf"(?:{role_words.END}| (?=(?:i|we|you|let|can|please|pls|everyone|everybody|first|who)\b))"
            r"|\bi(?:'ve| have)(?: got)? it from here\b"
            r"|\bi(?:'m| am) (?:driving|leading|coordinating)(?: here| us)?(?= (?:until|till|for now|from now)\b)"
            r"|\bi'?ll ic\b|\bi'?m ic[' -]?ing\b|\bic[' -]?ing this\b",
            re.I,
        ),
    ),
    (
        Role.scribe,
        late(
            rf"\b{_I}{_SOFT} (?:be |act(?:ing)? as |tak(?:e|en|ing)(?: over)?(?: as)? (?:the )?|do |"
            rf"doing )?(?:the )?(?:scrib(?:e|ing)|note-?taker|note-?taking)\b"
            r"|\b(?:i'?ll|i'?m|i will|i am|i can|let me) (?:be )?(?:tak(?:e|ing)|keep(?:ing)?|"
            r"do(?:ing)?) (?:the )?(?:notes|minutes|log|time ?line)\b(?! (?:of|in|from) )"
            r"|\b(?:i'?ll|i will) (?:note|write (?:it|things|everything) down)(?: myself| here| meanwhile)*(?= (?:until|"
            r"till)\b)"
            rf"|^(?:back,? (?:and )?)?scribing\b|^taking notes\b|{_OVER}(?:scribe|notes)\b",
            re.I,
        ),
    ),
    (
        Role.customer_liaison,
        late(
            rf"\b{_I}{_SOFT} (?:be |take |taking |handle |handling |do |doing |on )?(?:the )?(?:customer|"
            rf"external) (?:liaison|comms|communications?)\b|^(?:customer|external|client) liaison{_PRESENT}",
            re.I,
        ),
    ),
    (
        Role.internal_liaison,
        late(
            rf"\b{_I}{_SOFT} (?:be |take |taking |handle |handling |do |doing |on )?(?:the )?internal (?:liaison|"
            rf"comms|communications?)\b|^internal liaison{_PRESENT}",
            re.I,
        ),
    ),
)
_LEADS_IT = late(r"\b(?:lead|run|drive|coordinate) (?:it|that)\b", re.I)
_EVERY = (
    *_CLAIMS,
    (Role.ic, role_words.I_LEAD),
    (Role.scribe, role_words.I_WRITE),
    (Role.customer_liaison, role_words.I_SPEAK),
    (Role.internal_liaison, role_words.I_INFORM),
)
# Without one of these words nobody takes the role.
_LIAISON = words(
    "liaison comms communication communications customers clients users customer client passenger contact voice side back "
    "backs player guest merchant member tenant patient press"
)
_NEEDED = {
    Role.deputy: words("deputy backup deputising deputizing deputise deputize"),
    Role.ic: words(
        "ic imoc mim incident commander command commanding im driving drive lead leading leadership running run runing "
        "coordinating coordinate coordination coordinator wheel helm conn con reins stick point icing ic'ing have i've "
        "pilot piloting "
        "conduct conducting steer manage manager managing charge control shots decisions baton leader responsible handler "
        "crisis duty "
        "controller captain skipper driver seat everything hat quarterback ask contact poc lead looking"
    ),
    Role.scribe: words("pen scribe scribing note notes notetaker notetaking minutes log time timeline write protocol"),
    Role.customer_liaison: _LIAISON,
    Role.internal_liaison: _LIAISON
    | words("management board execs executives leadership stakeholders directors bosses brass"),
}
_OFFERED = late(r".{0,12}\b(?:whenever|when you|if you|if needed|if nobody|unless)\b", re.I)
_POLITE = late(
    r",? (?:if (?:nobody|no[ -]?one) (?:minds|objects|disagrees)|if (?:that's|it's) (?:ok(?:ay)?|fine)(?: with (?:you|"
    r"everyone|all))?|"
    r"unless (?:some|any)(?:one|body) (?:minds|objects|disagrees))\b",
    re.I,
)
_PART_ENDS = late(r"[.,] |(?<=\?)\s", re.I)
_CUES = words(
    "ic imoc mim im commander command commanding incident driving drive lead leading leadership wheel helm conn con reins "
    "stick point",
    "scribe scribing notes notetaker notetaking note minutes minute taker taking deputy backup liaison comms communications "
    "communication running run here log timeline charge shots protocol",
    "coordinating coordinate coordination coordinator ic'ing icing pilot piloting conduct conducting steer manage manager "
    "managing customers clients users",
    "quarterback ask contact poc looking it do me take taking have got i'll im ill hat pen driver skipper control baton leader responsible "
    "handler crisis controller captain decisions everything down management board execs "
    "executives",
    "leadership stakeholders directors customer client passenger player guest merchant member tenant patient press contact voice "
    "side bosses brass backs back deputising deputizing deputise deputize",
)


def find(note: Note, ctx: Context) -> Iterable[Finding]:
    for line in another_day.before(note.talk):
        said = role_words.spelt(_POLITE.sub("", another_day.without(line.said[:1000])))
        for role in _taken(said, note, ctx):
            yield roles.own_claim(note, role, RULE.id)
            if role is Role.ic:
                yield phrase.found_at(note, line, ctx, TimelineKind.other, RULE.id, Confidence.C, told=False)


def _taken(said: str, note: Note, ctx: Context) -> list[Role]:
    taken: list[Role] = []
    for role, wording in _EVERY:
        if role not in taken and not note.words.isdisjoint(_NEEDED[role]) and _takes(wording, said, note, ctx):
            taken.append(role)
    own = introduced.role(said, note, ctx)
    if own and own not in taken:
        taken.append(own)
    if Role.ic not in taken and charge.is_taken(said, note, ctx):
        taken.append(Role.ic)
    return taken


def _takes(wording: re.Pattern[str], said: str, note: Note, ctx: Context) -> bool:
    found = wording.search(said)
    if found is None:
        return False
    if roles.denied(said, found.start(), found.end() + 4) or _OFFERED.match(said, found.end()):
        return False
    if _is_other_protocol(found[0], note, ctx) or _is_of_thread(found[0], note, ctx):
        return False
    if elsewhere.is_meant(said, *found.span()) or elsewhere.is_answered(found[0], note, ctx):
        return False
    rest = said[found.start() :].lstrip(" .,;:!?")
    return not phrase.is_question(_PART_ENDS.split(rest, maxsplit=1)[0])


def _is_other_protocol(said: str, note: Note, ctx: Context) -> bool:
    """Whether "the protocol" that somebody writes is no minutes, since another one takes those."""
    scribes = ctx.held.get(Role.scribe)
    return "protocol" in said.lower() and scribes is not None and scribes[-1] != note.author


def _is_of_thread(said: str, note: Note, ctx: Context) -> bool:
    """Whether "I'll lead it" is said under something else while another one commands: it is that which is led."""
    held = ctx.held.get(Role.ic)
    return bool(note.room) and held is not None and held[-1] != note.author and bool(_LEADS_IT.search(said))


RULE = Rule("H-03", "The author takes a role", _CUES, find, first=True)
