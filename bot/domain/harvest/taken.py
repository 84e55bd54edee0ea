"""The words by which people take a piece of work, or hand it to somebody: what the author says of themselves, which name stands
where the one who does it stands, and what an answer says that accepts it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.harvest import calendar_words
from bot.domain.harvest.late import late

_OTHERS = late(
    r"\b(?:we|we'\w+|you|your|he|she|they|somebody|someone|anyone|team|should|must|needs?|has to|have to|let's|"
    r"lets|please|pls|would|is|are|was|were|"
    r"could|might|it's|that's)\b|[?@]|:$",
    re.I,
)
_N = r"(?P<name>@?[^\W\d_][\w.'-]{0,40})"
_CLAUSE = r"(?:^|[.;,:!?(–—-] ?|→ ?|-> ?|\band |\bthen |\bso )"
_WHEN = (
    r"(?:by|until|till|before|after|this|next|on|in|at|tomorrow|tmrw|today|tonight|later|soon|and|\+|&|please|"
    rf"{calendar_words.SHORT_DAY})\w*"
)
_DOES = (
    r"do|take|write|open|start|put|arrange|ask|talk to|change|draft|make|keep(?! \w+ing)|file|prepare|bring|send|order|book|raise|owe|own|"
    r"add|build|push|go through|move|set|fix|rewrite|update|create|schedule|collect|check it|plan|carry|document|follow up|chase|"
    r"call|propose it|test|try it|report|look into|will|register|clean|organi[sz]e|host|run|ship|review|read it"
)
_DOING = (
    r"(?:re)?(?:do|draft|writ|tak|open|add|fil|rais|mak|build|schedul|book|send|mov|ask|order|creat|chas|document|rewrit|"
    r"collect|prepar|mov|plan|sett|arrang|correct|putt|look|updat|start|clean|drain|call|organi[sz]|updat)(?:ing)?"
)
_NO_WORK = (
    r"(?!not\b|never\b|be\b|think|guess|see\b|say\b|know|prefer|hope|tell\b|bet\b|expect|wish|remember|imagine|believe|understand|"
    r"only\b|suggest|recommend|wonder|want|need|appreciate|vote|live|confirm|hear\b|feel|say\b|wait\b|sleep|go\b(?! through| over)|"
    r"go home|join\b|hop\b|stay\b|have to (?:go|leave)|agree|find\b|rather|let you|leave\b|come\b|read the room|miss\b|watch\b)"
)
_SOFTLY = (
    r"(?:(?:also|just|still|then|probably|maybe|gladly|happily|personally|now|try to|try and|at least|of course) )*"
)
_NO_DEED = (
    r"(?!(?:am|was|were|have|had|has|did|do not|don't|didn't|could|would|should|might|may|must|can|cannot|can't|will|won't|just|only|also|"
    r"still|never|always|already|really|even|too|think|thought|guess|suppose|mean|meant|know|knew|saw|heard|felt|liked?|loved?|hate|"
    r"missed|forgot|said|told|found|made|wrote|got|went|took|gave|came|left|tried|asked|looked|checked|remember|doubt|assume|reckon|"
    r"figure|expect(?:ed)?|notice[d]?|stand|care|smell|agree|second|thank|\w+ed|and|or|in|on|to|for|is|then|love|object|admit)\b)"
)
_PART = r"(?:up|out|on|off|over|in|to|with|for|down|through|now|then|back|into)"
# What stands behind a verb of somebody who does a piece of work, and not only counts, knows or suspects.
_WORK = (
    r"(?:it|that|this|these|those|them|the|an?|my|our|one|all|some|both|each|him|her|you|something|"
    r"on|by|next|tomorrow|today|tonight|when|after|before|until|myself|[a-z]+day)"
)
_THINKS = late(
    r"\bi(?:'d| would)? (?:think|guess|wonder|suppose|suggest|say|like(?! to)|prefer|hope|believe|want(?! to)|wish|love(?! to)|"
    r"reali[sz]e|(?:don't|do not) (?:like|want|love|see|know|think)|mind|fear|regret)\b|"
    r"\b(?:could|can|may|might) i (?:ask|have|get|just ask)\b|"
    r"\bi (?:could|would|should|might|can't|couldn't)(?:n't)? have (?!an?\b|the\b|to\b|some\b|it\b)|"
    r"\b(?:what|which|who|as|why|where|that) i (?:\w+ )?(?:ask|keep|mean|think|need|want|miss|get|wonder)\b|\bstarting with me\b",
    re.I,
)
_OPENS_WITH_I = late(
    r"^(?:(?:agreed|ok(?:ay)?|yes|yeah|sure|right|true|and|so|then|also|fair|good point|will do)[,.:]? )*"
    r"(?:i(?:'d)?(?!'|(?: \w+ly| also| just| still)? (?:want\b(?! to)|was|am|mean|propose|vote|ha(?:ve|d)\b(?! to)|feel|"
    r"miss|see|saw|can't|cannot|"
    r"could|did|know|don't|do not|like|need|tried|still|reali[sz]e|(?:'d )?sleep|"
    r"don't|couldn't|(?:would|should|might) have|get\b|never|keep\b)\b)|i'll|i'm|let me|me to)\b",
    re.I,
)
_OWN = late(
    rf"\b(?:i'll|i will|i shall|i'm (?:going to|gonna)|i wanna|i want to|i can(?!')|i could) {_SOFTLY}{_NO_WORK}\w+|"
    rf"\bill (?:do|put|write|add|take|make|open|file|raise|send|set|fix|bring|ask|look|try|build)\b|\bi'll be \w+ing\b|"
    r"\bi could be that\b|"
    rf"\bi (?:{_DOES})\b|\bi {_NO_DEED}{_NO_WORK}[a-z]{{2,}}(?: {_PART})?(?: {_WORK}\b|(?=\W*$))|"
    rf"\bi'?d (?:like to |love to )?{_SOFTLY}{_NO_WORK}{_NO_DEED}\w+|"
    r"\b(?:gimme|give me (?:un)?till?|put me down|lemme)\b|\byou(?:'ll| will) have it\b|\bowner(?: is|:|=)? me\b|"
    r"\b(?:happy|glad) to (?!see|hear|help\b|know)\w+|"
    rf"(?:^|[.;] )(?:(?:yes|yeah|ok|and|so|then|agreed|right)[,.]? )?we(?:'ll| will) {_SOFTLY}{_NO_WORK}(?!have\b|not\b|need\b)\w+|"
    rf"(?:day|then|ok) i (?:release|do|run|\w+ (?:it|that|them|the))\b|\bi'm (?:on|already on|{_DOING})\b|"
    r"\bi'?d (?:happily |gladly |also |still )?(?:do|make|draft|set|write|take|open|build|own|run|ask where|test|bring)\b|"
    r"(?:\bi'?d|^would) (?:love|like|be happy) to (?:do|build|write|take|try|make|own|add|set|fix)\b|"
    r"\bfor me(?=$|[.,;:)])|(?<!one )\bfrom me\b|\bon me\b|\bby me\b|(?:\bis|'s|\bgoes to) me\b(?! )|\bnote to self\b|\bfor myself\b|"
    r"\b(?:to|on) my (?:own )?(?:to-?do )?(?:list|plate|desk)\b|\bin my (?:sprint|calendar|backlog|queue)\b|"
    r"\b(?:adding|put|putting) (?:it |that |this )?(?:to|on) the list\b|\bremind me\b|\bmine\b|\blet me\b|\bi own\b|"
    rf"(?:{_CLAUSE}|\bwith )(?:me|i)(?=$|[,.;:!)]| [–—-] | {_WHEN}\b)|"
    rf"(?:^|[.,;:!] |- |\band |:\w+: )(?:(?:yes|yup|yeah|ya|yep|ok|k|sure)[,.]? )?(?:will|gonna|shall)(?: also| still| then)? (?!be\b|"
    rf"it\b|we\b|you\b|i\b|this|that|the\b|they|need|"
    rf"not|someone|somebody|anyone|take (?:a|about)|never|come|work|help|cost)\w+|"
    r"(?:^|[.,;:!] |- )(?:(?:yes|yup|yeah|ok|sure)[,.]? )?(?:can|want to|could) (?:take|do|bring|turn|put|write|add|make|"
    r"build|file|raise|set|own|"
    r"draft|send|get) (?!we\b|you\b|i\b)\w+|^(?:(?:ok|yes|yep|sure|agreed)[,.]? )?on it\b",
    re.I,
)
_DOING_IT = late(
    rf"(?:^|[,.;:)] |:\w+: |[^\w\s'\"(] )(?:(?:ok|yes|and|am) )?(?:{_DOING[:-8]})ing\b (?!would|will|should|is\b|could|needs|was|takes)",
    re.I,
)
_BEGINS = late(
    r"^(?:(?:ok|yes|and|so|then|k)[,.]? )*(?!(?:no|some|any|every)thing|th?ings?\b|during|missing|pending|according|being|having|wording|"
    r"warning|string|morning|evening|meeting|routing|logging|monitoring|alerting|billing|pricing|testing|depending|starting|speaking|"
    r"talking|thinking|seeing|looking at|reading|waiting|going|assuming|considering|regarding|including|feeling|guessing|wondering|"
    r"nothing|spring|king|ring|paging|staging|rating|training|tracing|caching|using|asking)\w{3,}ing\b"
    r"(?! (?:is|was|would|will|should|could|needs|takes|of|on call|has|must|can|are|at)\b)",
    re.I,
)
_ORDERS = late(
    r"^(?:(?:ok(?:ay)?|yes|then|and|so|right|fine|good|k|agreed|now)[,.]? )*(?:please |pls |kindly )?"
    r"(?:do (?:it|that|this|so|both|them)|send|"
    r"take (?:it|that|this)|bring|(?:write|draft|prepare) (?:it|that|this|me|us|an?|the)|put (?:it|that|them|this)|make (?:it|that|me)|"
    r"give (?:me|us)|get (?:me|us|an?|it)|order|book|"
    r"start|ask (?!me\b)|go ahead|file (?:it|that)|try (?:it|that)|build (?:it|that)|add (?:it|that|them))\b",
    re.I,
)
_ABOUT_IT = late(r"\b(?:would|should|could|needs?|must|is|are|was|were|has|might|helps?)\b", re.I)
_NAMED = tuple(
    late(each, re.I)
    for each in (
        rf"\bowner(?: is|:|=)? {_N}",
        rf"\bassign(?:ed|ee)?(?: to|:|=) ?{_N}",
        rf"{_CLAUSE}{_N}[,:]? (?:you\b(?! (?:said|were|are|have|had|mean|know|saw|mentioned|guys))|(?:can|could|will|would) you\b|"
        r"please\b|pls\b)",
        rf"{_CLAUSE}{_N},? (?:(?:that|this|it|one)?(?:'s| is) )?yours\b",
        rf"{_CLAUSE}{_N} (?:will|to|takes|owns|writes|makes|files|sends|rewrites|prepares|drafts|brings|has the|is (?:on it|writing|"
        r"taking|doing))\b",
        rf"(?:[–—(\[:]|→|->| -) ?{_N}(?: please| pls)?[)\]]?[.!]?$",
        rf"\({_N}(?:,| /| until| by| \+| and| &) [^()]{{1,60}}\)",
        rf"\b{_N} (?:should|needs to|has to|must|ought to) (?!be\b|have\b|not\b|never\b)[a-z]",
        rf"\b(?:let's have|let|have|get) {_N} (?:to )?(?:do|take|write|add|look|make|set|own|fix|check)\b",
        rf"^(?:please|pls|can you|could you|would you|will you)\b.{{1,200}}[ ,]{_N}[?!.]*$",
        r"^[^@]{1,200}(?P<name>@[\w.'-]{1,40})[^@]{1,200}\b(?:please|pls)[.!?]*$",
        r"\b(?:please|pls) \w+ (?P<name>@[\w.'-]{1,40})\b",
    )
)
# What somebody is asked by name, whatever their asker says of themselves beside it.
_REQUESTED = tuple(
    late(each, re.I)
    for each in (
        rf"{_CLAUSE}{_N}[,:]? (?:can|could|will|would) you\b",
        rf"{_CLAUSE}{_N}[,:]? (?:please|pls|\w+ (?:\w+ )?(?:please|pls))\b",
        rf"\b(?:please|pls|can you|could you|would you|will you)\b[^?.!]{{1,200}}[ ,]{_N}[?!.]*$",
        r"\b(?:please|pls) (?P<name>@[\w.'-]{1,40})$",
        rf"[.,;:!?] {_N}\?$",
        rf"\b(?:from|by|for|with) you,? (?:(?:ms|mr|mrs|dr)\.? )?{_N}[.!]*$",
    )
)
_PROMISES = late(
    r"\b(?:i'll|i will|i shall|i'm (?:gonna|on|\w+ing)|let me|lemme|mine|on me|i own|gimme|put me|give me)\b|"
    r"\bfor me(?=$|[.,;:)])|\bby me\b",
    re.I,
)
_LET_HAVE = late(
    r"\blet's have (?P<name>@?(?!an\b|the\b|another\b|one\b)[^\W\d_][\w'-]{1,40}) (?:do|take|write|add|look at|make|set|own|fix|check)\b",
    re.I,
)
_COMMA = late(rf", ?{_N}(?: please| pls)?[.!]?$", re.I)
_ADDRESSED = late(r"\b(?:we|i|i'd|should|thanks?|agreed|sorry|right|yes|no)\b", re.I)
_OPENING = late(
    rf"^(?:(?:ACTION|TODO|AI) )?{_N}(?:\s?[/+&]\s?@?[\w-]+)?(?:(?:,|:| -)? (?:to|will|should|needs to|can|please)\b|:\s| [-–—] )"
)
_CALLED = late(
    r"(?:^|[.;,:–—-] ?|\band )(?:(?:ACTION|TODO|AI) )?(?P<name>[A-Z@][\w.'-]{1,40})(?:(?:,|:) (?=\w)| to (?=[a-z]))"
)
_YES = r"(?:ok(?:ay)?|k|yes|yep|yeah|sure|agreed|good idea|good point|\+1|fair(?: enough)?|right|deal|understood|true|can do|of course)"
_ACCEPTS = late(
    rf"^(?:@[\w.'-]+[,:]? )?(?:{_YES}[,.!: ]+)*(?:(?:that(?:'s| is|s)|consider it|it's|this is) (?:mine|on me)\b|mine\b|on my list|"
    r"(?:adding|put) (?:it|that|this)? ?(?:to|on) (?:my|the) list|taking\b(?! (?:a|so|too|about|over)\b)|"
    r"i'm (?:on (?:it|that)|(?:re)?(?:doing|writing|taking|adding|building|making) (?:it|that|this|those|them))|"
    r"on it\b|me\b(?=[,.!]|$)|my team (?:can|will|has)|doing (?:it|that)\b)"
    rf"|\b(?:consider it mine|i(?:'ll| will| can| could| shall)? {_SOFTLY}(?:{_DOES}|own) (?:it|that|this|these|those|them|"
    rf"both|one)\b|i could be that|"
    r"ill (?:do|take|write|add) (?:it|that|this|one)\b|i'm redoing those|that(?:'s| is|s) (?:mine|on me)\b)"
    r"|[.!] taking\.?$"
    r"|\b(?:happy|glad|willing) to (?:take|do|own|write|pick up|handle|grab|look into) (?:it|that|this|them|one)\b"
    r"|\bi(?:'ll| will| can| could)? (?:also |just )?(?:grab|pick up|handle|tackle|cover|own|pick) (?:it|that|this|them|one)\b"
    r"|^(?:sign me up|count me in|i volunteer|(?:give|assign) (?:it|that|this)(?: one)? to me|"
    r"put (?:me|my name) (?:on|down for|against) (?:it|that|this))\b",
    re.I,
)
_THEN = r"(?:(?:and |so )?then,? |so (?=i'll |i will ))"
_ACCEPTS_AT_ONCE = late(
    rf"^(?:@[\w.'-]+[,:]? )?(?:{_YES}[,.!: ]+)*{_THEN}?(?:will do\b|(?:i(?:'ll| will|'d| can| could| shall)?|"
    rf"ill) {_SOFTLY}(?:{_DOES}|own|help with)\b)",
    re.I,
)
_ASKS_WHETHER_I = late(r"\b(?:shall|should|may|might|can|could|do|did|if|unless) i\b", re.I)
SHORT_YES = late(rf"^{_YES}\b", re.I)
ASKS_BACK = late(
    r"^(?:and |then |so |ok |yes )?(?:please|pls|can you|could you|would you|will you)\b(?! (?:all|everyone|everybody|note|do not))",
    re.I,
)
_HANDED = tuple(
    late(each, re.I)
    for each in (
        rf"^{_N}[,:]? (?:you (?:start|take|do|own|write|build)|(?:can|could|will|would) you (?:take|do|own|write|set|file|"
        rf"add|build|put|open|"
        r"make|look)|yours|takes? (?:it|that|this))\b",
        rf"^(?:assigned to|owner:?|let's have|for) {_N}(?=$|[,.!])",
    )
)
_ASKED = (late(rf"\b(?:you|yours),? {_N}\?", re.I), *_NAMED[2:4])


def opens_with_i(said: str) -> bool:
    """Whether a sentence begins with what its author does."""
    return bool(_OPENS_WITH_I.match(said) and not _THINKS.search(said))


def by_author(said: str) -> bool:
    """Whether its author says that they do it themselves."""
    parts = _THINKS.split(said)
    if any(_OWN.search(each) for each in (parts if len(parts) > 1 else (said,))):
        return True
    if _BEGINS.match(said):
        return True
    doing = _DOING_IT.search(said)
    return doing is not None and not _ABOUT_IT.search(said, doing.end(), doing.end() + 40)


def promises(said: str) -> bool:
    """Whether its author plainly says that they do it, and does not only wish or offer it."""
    return bool(_PROMISES.search(said))


def requested(said: str) -> Iterator[str]:
    """Whom it asks by name to do it."""
    for pattern in _REQUESTED:
        yield from (each["name"].rstrip(".-'") for each in pattern.finditer(said))


def names(said: str, *, opens: bool) -> Iterator[str]:
    """The words where the name of who is to do it stands. `opens`: the text is the beginning of a line."""
    if opens:
        found = _OPENING.match(said)
        if found:
            yield found["name"]
    for pattern in _NAMED:
        yield from (each["name"].rstrip(".-'") for each in pattern.finditer(said))
    yield from (each["name"] for each in _CALLED.finditer(said))
    last = _COMMA.search(said)
    if last and not _ADDRESSED.search(said):
        yield last["name"].rstrip(".-'")


def to_have_do(said: str) -> str | None:
    """Whom a proposal wants to have do it: "let's have ann look at it"."""
    found = _LET_HAVE.search(said)
    return found["name"] if found else None


def orders(said: str) -> bool:
    """Whether it tells somebody to do what they spoke of: "do it, by friday"."""
    return bool(_ORDERS.match(said))


def names_nobody(said: str) -> bool:
    """Whether nobody else is spoken of, and nothing is only wished for."""
    return not _OTHERS.search(said)


def asked(said: str) -> Iterator[str]:
    """Whom a question names."""
    for pattern in _ASKED:
        yield from (each["name"] for each in pattern.finditer(said))


def handed(said: str) -> Iterator[str]:
    """To whom an answer hands it."""
    for pattern in _HANDED:
        yield from (each["name"] for each in pattern.finditer(said))


def accepts(said: str, *, at_once: bool) -> bool:
    """Whether an answer says that its author does it. `at_once`: nothing stands between, so that it need not say "it"."""
    if said.rstrip().endswith("?"):
        return False
    said = _ASKS_WHETHER_I.sub(" ", said)
    return bool(_ACCEPTS.search(said) or (at_once and _ACCEPTS_AT_ONCE.match(said)))
