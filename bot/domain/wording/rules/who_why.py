"""Questions that ask for a person: who did it, why didn't you."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.wording import patterns, replacing
from bot.domain.wording.finding import Hit, Rule
from bot.domain.wording.people import Kind
from bot.domain.wording.source import Source

_WHO = patterns.rx(
    r"\bwho (?:actually |even |else |exactly |really )?(?:(?P<made>broke|caused|introduced|triggered)|did|deployed|pushed|merged"
    r"|approved|changed|deleted|removed|made|wrote (?:this|that|the|it)|ran|forgot|missed|ignored|failed|let|authori[sz]ed|signed off"
    r"|reviewed"
    r"|touched|allowed|committed|shipped|released|disabled|enabled|turned off|dropped|restarted|started|messed|screwed"
    r"|(?:is|was) responsible|thought|decided|gave|rolled)\b|\bwhose (?:fault|mistake|change|commit|idea|job|code)\b"
)
_ASKED = re.compile(
    r"(?:\A|[.!?:;(\n>*-]|\b(?:know|find out|found out|ask|asked|asking|clear|unclear|unknown|determine|identify|see|wonder|of|"
    r"establish|investigate|out|and|or|but|so))\s{0,3}\Z",
    re.IGNORECASE,
)
_WHY = patterns.rx(
    r"\bwhy (?:on earth |the hell )?(?P<aux>did|do|have|had|was|were|is|are|would|could|can)(?P<no>n't)?(?: (?P<not>not))? "
)
_NOT = patterns.rx(r" not\b")
_NOBODY_DID = patterns.rx(r"\bwhy (?=(?:was|were|is|has|had) (?:nobody|no one|no-one)\b)")
_THEM = {"we": "us", "they": "them", "he": "him", "she": "her", "I": "me", "i": "me"}


def find(source: Source) -> Iterator[Hit]:
    """Who and why, asked of persons."""
    for found in _WHO.finditer(source.read):
        if _ASKED.search(source.read[max(0, found.start() - 14) : found.start()]):
            yield _who(source, found)
    for found in _WHY.finditer(source.read):
        someone = source.person(found.end())
        if someone:
            yield _why(source, found, someone.start, someone.end, someone.kind)


def _who(source: Source, found: re.Match[str]) -> Hit:
    made = found["made"]
    instead = (replacing.like(source.text[found.start() : found.start() + 1], f"what {made.lower()}"),) if made else ()
    return Hit(Rule.WHO_WHY, found.start(), found.end(), instead)


def _why(source: Source, found: re.Match[str], start: int, end: int, kind: Kind) -> Hit:
    person = source.text[found.end() : end]
    denied = bool(found["no"] or found["not"])
    if not denied and (after := _NOT.match(source.read, end)):
        denied, end = True, after.end()
    if found["aux"].casefold() != "did" or kind is Kind.NOBODY:
        return Hit(Rule.WHO_WHY, found.start(), end)
    them = _THEM.get(person.casefold(), person)
    new = f"what made it hard for {them} to" if denied else f"how did {person} come to"
    return Hit(Rule.WHO_WHY, found.start(), end, (replacing.like(source.text[found.start()], new),))
