"""A title of a few words, proposed from what the channel says was wrong: "Reminder e-mails delayed". Nobody is named in it, nobody
is pinged by it, and where nothing reads like a title there is none: a person writes a better one than a wrong guess."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from bot.domain.harvest import title_whole
from bot.domain.harvest.finding import TimelineFinding, TimelineKind
from bot.domain.harvest.late import late
from bot.domain.harvest.person import Person
from bot.domain.harvest.vocabulary import words

MOST = 60
_WORDS = (2, 9)
_TRIED = 12
_APPS = frozenset({"H-24", "H-35"})
_WRONG = frozenset({TimelineKind.detection, TimelineKind.impact_start})
_FIRES = frozenset({TimelineKind.detection, TimelineKind.page})
_TROUBLE = late(
    r"\b(?:errors?|erroring|(?<![\d.,])(?:40[013489]|413|422|429|499|50[0-4]|52\d)s?(?!\s(?!errors|responses)[a-z][\w-]*s\b)|[45]xx?s?|"
    r"time ?outs?|timing out|timed out|times out|fail(?:s|ed|ing|ures?)?|"
    r"down|unavailable|"
    r"unreachable|outage|slow(?:ness|ly|er)?|delay(?:s|ed)?|late|latency|stuck|hung|hang(?:s|ing)?|crash\w*|broken|breaks|"
    r"degraded|degradation|missing|lost|duplicated?s?|doubled?|twice|wrong|stale|empty|blank|"
    r"(?:disk|queue|pool|volume|partition|quota|memory)s? full|full(?=\Z)|"
    r"exhausted|expired|locked out|"
    r"unable|can't|cannot|don't|doesn't|do not|does not|not \w+ing|rejected|rejecting|rejects|refused|refusing|dropped|dropping|"
    r"drops|spik(?:e|es|ing)|elevated|intermittent|backlog|lag(?:s|ging)?|backed up|backing up|overloaded|saturated|maxed out|"
    r"leak(?:s|ed|ing)?|corrupt(?:ed)?|throttled|unresponsive|offline|deadlocks?|oom\w*|declined|bounced|bouncing)(?!\w)",
    re.I,
)
_OVER = late(
    r"\b(?:no (?:more |new |longer |other )?(?:errors?|alerts?|failures?|impact|timeouts?|reports?|\w+ing)|n't see\w*|not seeing|"
    r"recover\w*|resolved|back to normal|fixed|healthy|stable|stabili[sz]\w*|improv\w*|going down|coming down|dropping back|"
    r"(?:down|back) to (?:normal|usual)|came down|mitigated|all clear|stopped|taken down|instead of|zero|(?<![\d.,-])0(?![\d.,]?\d)|notice|"
    r"matches|false alarm|test(?:ing)? alert|roll(?:ing|ed)? ?back|revert\w*|fail(?:ed|ing)? over|if|should|"
    r"would|could|might|maybe|will|probably|todo|action|follow[- ]?up)\b",
    re.I,
)
_SOMEBODY = late(
    r"\b(?:i|i'm|i've|i'll|we|we're|we've|you|he|she|they|it|it's|me|my|us|this|that|that's|these|those|your|his|her|him|them|"
    r"which|where|then|else|laugh|fired|someone|somebody|anyone|everyone|everything|nothing|things?|here|there|who|what|why|how|let's|please|pls|thanks|"
    r"its|their|mine|ours|yours|theory|guess|idea|"
    r"ic|scribe|ones?|theyre|only|for example|lol|wtf|yes|yeah|ok|okay|sorry|paged|calls?|says?|said)\b",
    re.I,
)
_UNFIT = late(r"[@<>#\"“”«»=]|://|\A(?:no|not|don't|doesn't|do not|does not|never)\b", re.I)
_SET = late(r"\A.{0,200}?\bset the (?:channel|group)(?:'s)? topic(?: to)?:", re.I | re.S)
_URL = late(r"\(?https?://\S+|\bwww\.\S+")
_EMOJI = late(r":[a-z][\w+-]{1,40}:|[^\w\s.,;:!?'\"%/()&+#@|<>=*~_\[\]{}–—’-]")
_MARKS = late(
    r"^(?:[\s>*•·|:,.\"'(–—-]+|\[[^\]]{0,60}\]|\(?~?\d{1,2}[:.h]\d\d(?::\d\d)?\s?(?:[ap]m)?\)?\s?(?:utc|gmt|[ecmp][sd]t|cest|cet|bst)?\b|"
    r"(?:inc|incident|sev|p|pm)[ -]?\d+\b|#\d+|(?:firing|triggered|alert(?:ing)?|alarm|critical|problem|warning|incident|impact|"
    r"summary|status|update|title|topic|detection|symptoms?|declared|opened|created|raised|started)\s*(?:\(?\d+\)?)?\s*[:–—-]+|(?:firing|triggered|critical|alarm)(?=\s))",
    re.I,
)
_LEAD = late(
    r"^(?:hey|hi|hello|all|team|folks|guys|ok(?:ay)?|so|and|but|also|just|now|still|currently|again|well|hmm+|um+|uh|fyi|"
    r"heads[- ]up|morning|yeah|yes|yep|"
    r"(?:it )?(?:looks|seems|appears|sounds) (?:like|that|as if)|i think|i believe|anyone else|anybody else|is anyone(?: else)?|"
    r"(?:we|i)(?: are|'re| am|'m| have|'ve)?(?: also| now| still| just| all| currently| suddenly)*(?: been| got)? "
    r"(?:seeing|getting|noticing|noticed|see|saw|have|experiencing|observing|got)|"
    r"seeing|getting|noticing|noticed|experiencing|observing|we have|i have|there(?: is|'s| are|'re| were| was)|"
    r"(?:(?:more|multiple|several|many|customer|user|some) )*(?:reports?|complaints?)(?: coming in| are coming in)? "
    r"(?:of|that|about)|"
    r"(?:(?:some|many|several|multiple|more|our|the|a few) )?(?:customers?|users?|clients?|merchants?|people|support)"
    r"(?: are| is| have| has)?(?: now| also| still)? (?:report(?:s|ed|ing)?|complain(?:s|ed|ing)?(?: about)?|seeing|getting|"
    r"tell(?:s|ing)? us|writing in about|says?|asking about)(?: that)?|"
    r"an? (?:huge |big |sharp |sudden )?(?:lot|bunch|ton|spike|increase|number|few) (?:of|in)|lots of|tons of|some|many|loads of|"
    r"(?:since|from|at|around) ~?\d{1,2}[:.h]\d\d(?:\s?(?:utc|gmt|[ecmp][sd]t|cest|cet|bst))?|(?:for|on) (?:all|some|our|most|many) \w+|"
    r"for (?:users|customers)|first|today|yesterday|last night|this morning|is|are|the|our|a|an)\b[,:!.]*\s*",
    re.I,
)
_TAIL = late(
    r"(?:\s+(?:since|as of|starting|started|beginning|from \d+|at ~?\d+|around ~?\d+|"
    r"(?:(?:for|in|over) )?(?:the )?(?:last|past) (?:\d+|hour|few|couple|night)|"
    rf"(?:from|until|till|on|by|between) (?:about |around |~)?(?:{title_whole.DAYS}|noon|"
    rf"midnight|\d{{1,2}}[:.h]\d\d)|{title_whole.DAYS}|until|till|when|whenever|unless|"
    r"either|any ?more|(?:and|or) (?:has|have|had|is|are|was|were|can|can't|cannot|do|does|don't|doesn't|not|now|then|growing)|"
    r"for (?:about|some|over|\d+ ?(?:m|h)\w*|"
    r"anyone|me|us|you)|because|due to|but|so|and (?:i|we|it|then|now)|while|though|although|which|right now|at the moment|"
    r"atm|rn|now|again|today|this morning|tonight|overnight|currently|already|too|as well|ago|sorry|please|fyi|according to|in "
    r"(?:our|my))\b|"
    r"\s*[;|({\[]|\s+[–—-]+\s|\s*(?:->|→|=>)|[.!?:](?=\s|$)|,\s|\s+<|\s*\.\.\.|…).*$",
    re.I | re.S,
)
_IS = late(
    r"(?:\s(?:is|are|was|were|has been|have been|seems?(?: to be)?|appears? to be|looks)|(?<=\w)'(?:s|re))"
    r"(?: (?:being|all|now|still|completely|totally|partially|mostly|again|just|currently|pretty|really|very|super|extremely|also))*"
    r"(?=\s[\w/])",
    re.I,
)
_SPARED = late(r"\b(?:our|me|us|the(?! (?:same|first|last|other|whole|only|wrong)\b)) ", re.I)
_ACRONYMS = frozenset(
    {"api", "db", "dns", "sso", "cdn", "ssl", "tls", "ui", "sms", "pdf", "vpn", "ci", "sql", "http", "oom", "ldap"}
)
_EMPTY = words(
    "a an the of on in at to for from with by and or not no all some many very really still be is are was were has have been get",
    "gets getting see seeing show shows give gives giving return returns throw throws more most high high-level new big huge",
    "alert alerts rate rates us eu prod production",
)


def propose(timeline: Sequence[TimelineFinding], topics: Iterable[str], people: Mapping[str, Person]) -> str:
    """A title of at most 60 characters; "" where nothing fits. `topics` are those of the channel, the latest last; a title that
    has the name of one of these `people` in it is none."""
    names: frozenset[str] | None = None
    talked = Counter(word for each in timeline for word in set(_words(each.text)))
    for said in _sources(timeline, topics):
        fits = _fitting(said)
        names = _names(people) if fits and names is None else names
        fits = [each for each in fits if not (names and names.intersection(_words(each)))]
        if fits:
            return max(fits, key=lambda each: _weight(each, talked))
    return ""


def _fitting(said: Iterable[str]) -> list[str]:
    return [found for each in said for clause in _clauses(each) if (found := _title(clause))]


def _weight(title: str, talked: Mapping[str, int]) -> float:
    """How much of the talk is about what it names."""
    about = _about(title)
    return sum(talked[word] for word in about) / len(about)


def _sources(timeline: Sequence[TimelineFinding], topics: Iterable[str]) -> Iterator[list[str]]:
    """What people saw first, then the channel's topic, the words of an alert, and what was found out."""
    told = [each for each in timeline if each.rule not in _APPS]
    yield [each.text for each in told if each.kind in _WRONG][:_TRIED]
    yield from ([_SET.sub("", each)] for each in reversed(list(topics)))
    yield [each.text for each in timeline if each.rule == "H-24" and each.kind in _FIRES][:_TRIED]
    yield [each.text for each in told if each.kind is TimelineKind.other][:_TRIED]


def _clauses(said: str) -> Iterator[str]:
    for line in said[:1000].splitlines():
        yield from re.split(r"\s[|·•]\s|(?<=[.!?])\s+|\s+[–—-]{1,2}\s+|;\s", line)


def _title(clause: str) -> str:
    """The clause as a title; "" where it does not read like one."""
    said = _EMOJI.sub(" ", _URL.sub(" ", clause.replace("’", "'")))
    said = re.sub(r"[*_`~]+(?=\s|$)|(?<![^\s(])[*_`~]+|^\s*@(?:here|channel|everyone)\b", " ", said)
    said = " ".join(said.split())
    if _OVER.search(said):
        return ""
    said = _IS.sub("", _TAIL.sub("", _opened(said)))
    said = _TAIL.sub("", _SPARED.sub("", said)).strip(title_whole.EDGES)
    said = title_whole.without_loose_end(said)
    return _shown(said) if _reads(said) else ""


def _opened(said: str) -> str:
    """Without what people say before they come to the point."""
    while True:
        rest = _LEAD.sub("", _MARKS.sub("", said, count=1), count=1)
        if rest == said or not rest:
            return rest
        said = rest


def _reads(said: str) -> bool:
    if not _WORDS[0] <= len(said.split()) <= _WORDS[1] or len(said) > MOST or _UNFIT.search(said):
        return False
    wrong = _TROUBLE.search(said)
    if wrong is None or _SOMEBODY.search(said) or title_whole.begins_halfway(said):
        return False
    return bool(_about(said))


def _about(said: str) -> list[str]:
    """The words that name something, and not only that it is in trouble."""
    return [
        word
        for word in _words(said)
        if len(word) > 1 and not word[0].isdigit() and word not in _EMPTY and not _TROUBLE.fullmatch(word)
    ]


def _shown(said: str) -> str:
    first, blank, rest = said.partition(" ")
    if first.casefold() in _ACRONYMS:
        first = first.upper()
    elif first.isalpha() and first.islower():
        first = first.capitalize()
    return f"{first}{blank}{rest}"


def _words(said: str) -> list[str]:
    return re.findall(r"[\w'-]+", said.casefold())


def _names(people: Mapping[str, Person]) -> frozenset[str]:
    """Every word of the name of a person; an app may be called like the service it watches."""
    return frozenset(
        word
        for person in people.values()
        if not person.is_bot
        for name in (person.name, person.real_name, person.handle)
        for word in _of_name(name)
    )


@lru_cache(8192)
def _of_name(name: str) -> tuple[str, ...]:
    return tuple(word for word in _words(name) if len(word) > 1)
