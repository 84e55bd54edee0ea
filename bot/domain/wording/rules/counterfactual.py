"""What did not happen, told as if it explained what did: should have, if only, had we."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.wording import patterns, replacing
from bot.domain.wording.finding import Hit, Rule
from bot.domain.wording.source import Source

_IRREGULAR = patterns.words(
    "been done known caught seen had gone taken run made told thought kept paid read put set found left brought begun "
    "built bought come become cut dealt felt fought given got gotten grown heard held hit hurt kept led lent let lost "
    "meant met sent shown shut sold spent stood stuck struck swept taught understood won written woken hidden broken "
    "chosen driven fallen forgotten frozen risen spoken thrown worn rolled_back"
)
_ADVERB = r"(?:(?:never|also|just|at least|easily|simply|already|first|not|\w{2,15}ly) ){0,2}"
_MODAL = patterns.rx(
    r"\b(?P<modal>(?:should|could|would|ought to)(?:n't|(?: [a-z]{2,15}ly| just| even)? (?:not|never)| easily| simply| just"
    r"| perhaps| maybe| probably| also| really)?)(?:"
    rf" have (?P<done>{_ADVERB}(?:{_IRREGULAR}|[a-z]{{2,20}}(?:ed|en)))\b"
    rf"|'ve (?:{_ADVERB}[a-z]+)\b"
    rf"| of (?!course\b)(?P<of>{_ADVERB}(?:{_IRREGULAR}|[a-z]{{2,20}}(?:ed|en)))\b)"
)
_SAID = patterns.rx(
    r"\b(?:should|could|would)(?:a|n't'?ve)\b|\bshould'?ve\b|\bshould have known\b"
    r"|\bmight have (?:been )?(?:prevented|avoided|caught|helped|saved|noticed|detected|spotted|stopped)\b"
    r"|\bneeded to have (?:been )?[a-z]{2,20}(?:ed|en)\b"
)
_INVERTED = patterns.rx(
    r"\b(?P<had>had) (?:we|I|he|she|it|they|you|someone|somebody|anyone|anybody|there|this|that|these|the [\w-]{1,30}"
    r"|an? [\w-]{1,30}|our [\w-]{1,30})\b"
)
_IF_ONLY = patterns.rx(
    r"\bif only\b(?=,? (?:(?:the|an?|our|their|some|this|that) (?:[\w-]{1,20} ){0,4}?|[\w'@<>|-]{1,40} )"
    r"(?:had|hadn't|could|would|knew|were|was told|asked)\b)"
)
_SENTENCE = re.compile(r"[^.!?\n]+")
_IF, _HAD = patterns.rx(r"\bif\b"), patterns.rx(r"\b(?:had|hadn't)\b")
_THEN = patterns.rx(r"\b(?:would|could|might)(?:n't|'ve)?\b")
# What customers may have met is the size of the incident, not a wish.
_MET = patterns.rx(
    r"(?:seen|experienced|noticed|received|observed|encountered|been (?:affected|impacted|exposed|able))\b"
)
_TOUCHED = patterns.rx(
    r"\b(?:customers?|users?|accounts?|clients?|visitors?|merchants?|subscribers?|people|you) (?:who [\w\s]{1,30} )?\Z"
)
_OPENING = re.compile(r"(?:[.!?:;,(\n-]|\bbut|\band|\A)\s{0,3}\Z", re.IGNORECASE)


def find(source: Source) -> Iterator[Hit]:
    """Each wish for another past."""
    for found in _MODAL.finditer(source.read):
        if not _is_impact(source.read, found):
            start, instead = _instead(source, found)
            yield Hit(Rule.COUNTERFACTUAL, start, found.end(), instead)
    for pattern in (_SAID, _IF_ONLY):
        for found in pattern.finditer(source.read):
            yield Hit(Rule.COUNTERFACTUAL, found.start(), found.end())
    for found in _INVERTED.finditer(source.read):
        before = source.read[max(0, found.start() - 6) : found.start()]
        if _OPENING.search(before) and (not before.strip() or before.rstrip()[-1] not in "," or _then(source, found)):
            yield Hit(Rule.COUNTERFACTUAL, found.start(), found.end())
    yield from _conditions(source.read)


def _is_impact(read: str, found: re.Match[str]) -> bool:
    if not found["modal"].casefold().startswith("could") or not found["done"]:
        return False
    return bool(_MET.match(found["done"]) and _TOUCHED.search(read[max(0, found.start() - 50) : found.start()]))


def _then(source: Source, found: re.Match[str]) -> bool:
    return bool(_THEN.search(source.read, found.end(), found.end() + 200))


def _instead(source: Source, found: re.Match[str]) -> tuple[int, tuple[str, ...]]:
    """`should have been tested` becomes `was not tested`: the one form that turns into a plain fact by itself."""
    start = found.start()
    done = (found["done"] or found["of"] or "").casefold()
    modal = " ".join(found["modal"].casefold().split())
    if done != "been" or not modal.startswith("should"):
        return start, ()
    subject = source.read[max(0, start - 30) : start].rstrip().casefold().rsplit(" ", 1)[-1].strip(",:;")
    many = subject in {"we", "they", "you", "these", "those"} or bool(re.search(r"[a-z][^sui]s\Z", subject))
    was = "were" if many else "was"
    return start, (replacing.like(found[0], was if modal in _NOT else f"{was} not"),)


_NOT = frozenset({"shouldn't", "should not", "should never"})


def _conditions(read: str) -> Iterator[Hit]:
    """`if ... had ..., ... would`, within one sentence."""
    for sentence in _SENTENCE.finditer(read):
        start, end = sentence.span()
        first = _IF.search(read, start, end)
        had = first and _HAD.search(read, first.end(), min(end, first.end() + 120))
        if first and had and _wished(read, start, first.start(), had.end(), end):
            yield Hit(Rule.COUNTERFACTUAL, first.start(), had.end())


def _wished(read: str, start: int, first: int, had: int, end: int) -> bool:
    return bool(_THEN.search(read, had, end) or _THEN.search(read, max(start, first - 200), first))
