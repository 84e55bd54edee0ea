"""What an answer takes on: the proposal before it, or a work of its own. "I'll do that one tomorrow" takes the proposal, and so does what
speaks of the same things; "I'll write a test for the importer" behind a wish for an alert is a follow-up of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.harvest import due_words
from bot.domain.harvest.late import late
from bot.domain.harvest.vocabulary import words

_DOES = late(
    r"\b(?:i(?:'ll| will|'d| can| could| shall|'m)?|ill) (?:(?:also|just|still|then|probably|maybe|gladly|happily|personally|now|"
    r"try to|try and|at least|of course) )*(?:help with|(?:look|follow|write|pick|talk|go|check)(?:ing)? (?:into|at|up|to|through)|"
    r"[a-z]+)\b|\b(?:taking|doing)\b",
    re.I,
)
# What stands for the proposal; behind a noun "that" only begins what is said of it: "a test that covers the importer".
_PRONOUN = late(
    r"\b(?:it|this|these|those|them|both|ones?|mine)\b|^(?: (?:for|on|of|to|with|about|up|into|at))* (?:that|all)\b|\bthat(?= one\b|\W*$)",
    re.I,
)
_BARE = late(r"^(?:\W*\w+[,.!: ]+){0,2}?(?:mine|on it|(?:that(?:'s| is) |consider (?:it|that) )(?:mine|on me))\b", re.I)
_CLAUSE = late(r"[.;!?]| (?:so|because|since|once|when|if|but) ")
_REQUEST = late(
    r"(?:\b(?:can|could|will|would) you|(?:^|[.,;!] )\W*(?:please|pls))(?: (?:please|pls|also|just|maybe|quickly|still|then))*,? "
    r"(?:have a )?[a-z]+(?P<of>[^.;!?]*)",
    re.I,
)
_FACT = late(
    r"^(?:(?:and|so|but|ok|hey|@?[\w'-]+,)[,:]? )*(?:is|are|was|were|did|does|do|has|have|had|how(?! about)|what(?! about)|when|"
    r"where|which|why)\b[^.;!?]*\?",
    re.I,
)
_OFFER = late(r"\b(?:yours|for you|volunteer\w*|up for|time for|want|mind|take|own)\b", re.I)
_BESIDE = late(r" (?:after|before|while|until|during) ", re.I)
_ALL = late(r"\b(?:both|all|all of (?:them|these|those)|these|those|them)\b", re.I)
_WORD = late(r"[^\W\d_]{3,}")
# What is no thing to work on, or is written down for any of them.
_COMMON = words(
    "a an and are as at be by can do for from has have her his in into is its me my new of off on or our out over own some so soon",
    "the their then there to up us via was we will with you your need needs should must would could someone somebody anyone team",
    "first second third former latter other later next now today tonight tomorrow week sprint month morning afternoon evening monday",
    "tuesday wednesday thursday friday",
    "weekend again also anyway asap please thanks too after before until day days time long more most much few take look work thing",
    "things stuff way add make write get put run set use let try part rest lead turn case note notes well just really very quick",
    "some something all so nothing everything mine yes yeah yep okay sure fine deal aye evening night gladly",
    "ticket tickets issue issues story card jira task todo item draft list page plan proposal pass stab crack care lead owner pull",
    "request patch change follow action board backlog doc here sure still afterwards about this that one",
    "under onto per within between than",
)
_STEM = 5


@dataclass(frozen=True, slots=True)
class Common:
    """How many things two wordings have in common, and whether these are half of either's, or all of the second."""

    number: int
    half_of_first: bool
    half_of_second: bool
    all_of_second: bool


def is_own(said: str, proposal: str) -> bool:
    """Whether an answer names something to do that the proposal does not speak of."""
    found = _DOES.search(said)
    if found is None or _BARE.match(said):
        return False
    of = beside_day(_CLAUSE.split(said[found.end() :], 1)[0])
    return not _PRONOUN.search(of) and _is_of_other(of, proposal)


def names_own(said: str) -> bool:
    """Whether an answer says what it does, by a thing: "I'll fix that flaky test too"; not so "I'll take these"."""
    found = _DOES.search(said)
    of = _CLAUSE.split(said[found.end() :], 1)[0] if found else ""
    return not _ALL.search(of) and names_a_thing(of)


def is_asked(said: str, proposal: str) -> bool:
    """Whether a question is about something else than to do the proposal: "can you send me the list?", "is the pool full?"."""
    request = _REQUEST.search(said)
    if request is None:
        return bool(_FACT.match(said)) and not _OFFER.search(said)
    of = beside_day(_BESIDE.split(_CLAUSE.split(request["of"], 1)[0], 1)[0])
    return not _PRONOUN.search(of) and _is_of_other(of, proposal)


def names_a_thing(said: str) -> bool:
    """Whether words name a thing to work on, beside until when."""
    return bool(things(beside_day(said)))


def means(said: str, proposal: str) -> bool:
    """Whether words mean a proposal though another one stands between: they name something of it, or speak of all."""
    return bool(_ALL.search(said) or things(said) & things(proposal))


def _is_of_other(said: str, proposal: str) -> bool:
    own = things(said)
    return bool(own) and not own & things(proposal)


def is_mostly_other(said: str, proposal: str) -> bool:
    """Whether words name things most of which the proposal does not speak of."""
    return not _PRONOUN.search(said) and bool(things(said)) and not repeats(said, proposal)


def repeats(said: str, proposal: str) -> bool:
    """Whether at least half of the things that an answer speaks of are those of the proposal."""
    own = things(beside_day(said))
    return bool(own) and 2 * len(own & things(proposal)) >= len(own)


def common(one: str, other: str) -> Common:
    """What two wordings speak of both."""
    first, second = things(one), things(other)
    both = len(first & second)
    return Common(both, 0 < len(first) <= 2 * both, 0 < len(second) <= 2 * both, 0 < len(second) == both)


def beside_day(said: str) -> str:
    """What words say beside until when."""
    return said.replace(due_words.of(said) or "\0", " ")


def things(said: str) -> frozenset[str]:
    """The uncommon words, by what they begin with, so that "alerts" and "alerting" are an alert."""
    every = (each[0].casefold() for each in _WORD.finditer(said))
    return frozenset(each.removesuffix("s")[:_STEM] for each in every if each not in _COMMON)
