"""Action items that ask people to be better: be careful, remind everybody, train the engineers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.wording import patterns, reading, replacing
from bot.domain.wording.finding import Hit, Rule
from bot.domain.wording.people import Kind
from bot.domain.wording.source import Source

_CAREFUL = patterns.rx(
    r"\b(?:be|being|stay) (?:(?:more|extra|very|much|a bit|a lot) ){0,2}(?:careful|cautious|vigilant|diligent|attentive|mindful"
    r"|thorough|disciplined|responsible)\b(?P<with> (?:with|about|when|while|during|in))?"
)
_OTHER = patterns.rx(
    r"\b(?:pay|paying|give) (?:(?:more|closer|better|full|extra|close|careful) ){0,2}attention\b|\b(?:take|exercise|use|with) "
    r"(?:more|greater|extra|better|due) (?:care|caution|judge?ment|diligence)\b|\btry harder\b|\b(?:need|needs) to learn\b"
    r"|\bhold (?:[\w'@<>-]{1,30} ){1,4}accountable\b|\b(?:more|better|greater) (?:discipline|vigilance|awareness|diligence)\b"
    r"|\b(?:raise|increase|create) awareness\b|\b(?:don't|do not|never) (?:forget|make (?:this|that|the same) mistake)\b"
    r"|\b(?:make sure|ensure) (?:that )?(?:everyone|everybody|people|engineers|developers|all engineers|the team) "
    r"(?:know|knows|remember|remembers|follow|follows|read|reads|understand|understands|check|checks|is aware|are aware)\b"
)
_DOUBLE = patterns.rx(r"(?<![\w-])double[- ]check\b(?! (?:step|job|to|in the pipeline))")
_TELL = patterns.rx(
    r"\b(?P<verb>re-?train|train|remind|educate|teach|coach|discipline|reprimand|lecture|fire|instruct|sensitise|sensitize|warn) "
)
_ASK = patterns.rx(r"\b(?:ask|tell|instruct|encourage) ")
_TO_BE = patterns.rx(
    r" (?:to|not to) (?:be|pay|double-?check|remember|follow|think|take (?:more )?care|not forget|forget)\b"
)
_TRAINING = patterns.rx(r"\b(?:more |better |additional |mandatory ){0,3}(?:re-?)?training (?:for|of) ")
_REMINDER = patterns.rx(
    r"\bsend (?:a |an )?(?:reminder|e-?mail|note) to (?=(?:all|every|the team|engineers|developers))"
)
_TO = patterns.rx(r" to(?= [a-z])")
_URGED = patterns.rx(r"\b(?:to|and|should|must|will|please|also|then|TODO|we|or)[:\s]{0,2}\Z")
_A = re.compile(r"\b(?:an?|the|this|that|automatic|automated|second)[ -]\Z", re.IGNORECASE)
_ALL = patterns.rx(r"(?:all|every|each|both)(?: of)? ")


def find(source: Source) -> Iterator[Hit]:
    """Each fix that changes people and leaves the system as it is."""
    for found in _CAREFUL.finditer(source.read):
        yield _careful(source, found)
    for pattern in (_OTHER, _REMINDER):
        for found in pattern.finditer(source.read):
            yield Hit(Rule.PEOPLE_FIX, found.start(), found.start() + len(found[0].rstrip()))
    for found in _DOUBLE.finditer(source.read):
        if not _A.search(source.read[max(0, found.start() - 12) : found.start()]):
            yield Hit(Rule.PEOPLE_FIX, found.start(), found.end())
    yield from _told(source)


def _careful(source: Source, found: re.Match[str]) -> Hit:
    words = source.text[found.start() : found.end()]
    if not words.casefold().startswith("be "):
        return Hit(Rule.PEOPLE_FIX, found.start(), found.end())
    new = "add a safeguard for" if found["with"] else "add a safeguard"
    return Hit(Rule.PEOPLE_FIX, found.start(), found.end(), (replacing.like(words, new),))


def _told(source: Source) -> Iterator[Hit]:
    for found in _TELL.finditer(source.read):
        before = source.read[max(0, found.start() - 12) : found.start()]
        end = _whom(source, found.end())
        if end and (
            reading.starts_sentence(source.read, found.start()) or _URGED.search(before) or before.endswith(", ")
        ):
            yield _tell(source, found, end)
    for found in _ASK.finditer(source.read):
        end = _whom(source, found.end())
        if end and (asked := _TO_BE.match(source.read, end)):
            yield Hit(Rule.PEOPLE_FIX, found.start(), asked.end())
    for found in _TRAINING.finditer(source.read):
        if end := _whom(source, found.end()):
            yield Hit(Rule.PEOPLE_FIX, found.start(), end)


def _tell(source: Source, found: re.Match[str], end: int) -> Hit:
    to = _TO.match(source.read, end)
    if not to or found["verb"].casefold() not in {"remind", "train", "teach", "instruct", "educate"}:
        return Hit(Rule.PEOPLE_FIX, found.start(), end)
    new = replacing.like(source.text[found.start()], "change the system so that it is hard not to")
    return Hit(Rule.PEOPLE_FIX, found.start(), to.end(), (new,))


def _whom(source: Source, at: int) -> int:
    """Where the person ends who is to be taught; 0 when it is none."""
    if everyone := _ALL.match(source.read, at):
        at = everyone.end()
    someone = source.person(at)
    # An operator can be software; people are trained in the plural or one by one.
    return someone.end if someone and someone.kind is not Kind.THEY else 0
