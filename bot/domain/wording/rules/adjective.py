"""Judgements of character: careless, negligent, a lack of attention."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.wording import patterns, replacing
from bot.domain.wording.finding import Hit, Rule
from bot.domain.wording.source import Source

_ALWAYS = patterns.rx(
    r"\b(?P<adverb>carelessly|negligently|sloppily|recklessly|incompetently|stupidly|foolishly|thoughtlessly)\b"
    r"|\b(?:careless|negligent|negligence|carelessness|sloppy|sloppiness|reckless|recklessness|incompetent|incompetence"
    r"|complacent|complacency|ignorant|irresponsible|irresponsibly|unprofessional|unprofessionally|amateurish|inattentive"
    r"|inattention|inattentiveness|thoughtless|clueless|idiots?|idiotic|stupid|stupidity|laziness|foolish|inexcusable"
    r"|absent-minded|half-hearted|incapable (?:of|engineers?|people|team))\b"
)
_LACK = patterns.rx(
    r"\b(?:(?:lack|lapse|lapses|absence|want)(?: of| in)|lacked|lacking|lacks|poor|bad|insufficient|inadequate|too little"
    r"|not enough) (?:[\w-]{1,20} ){0,1}?(?:care|attention|judgement|judgment|diligence|discipline|competence|due diligence"
    r"|professionalism|common sense|attention to detail|thoroughness|concentration)\b(?! (?:team|plan|packages?)\b)"
)
_LAZY = patterns.rx(
    r"\b(?:(?:was|were|is|are|got|been|being|too|so|just|plain) lazy\b"
    r"|lazy (?=engineers?|developers?|admins?|operators?|people|team|approach|mistake|fix|work|habit|review|thinking))"
)
_NEW_AT_IT = patterns.rx(
    r"\b(?:inexperienced|unqualified|untrained|overconfident|distracted) (?:[\w-]{1,20} )?"
    r"(?:engineers?|developers?|admins?|operators?|team|staff|person|people|technicians?|contractors?|employees?|interns?)\b"
)
_ROOKIE = patterns.rx(
    r"\b(?:rookie|beginners?|beginner's|amateur|silly|dumb|schoolboy|boneheaded|bone-headed|sloppy|lazy|avoidable|novice)"
    r" (?:mistake|error|move|blunder|slip)s?\b"
)
_MACHINES = patterns.rx(
    r"\b(?:(?:init|load|mount|unmount|replica|cache|fetch)\w{0,12}|module|import|proxy) [a-z]{2,4} lazy"
)


def find(source: Source) -> Iterator[Hit]:
    """Each such word; `lazy loading` is none."""
    for found in _ALWAYS.finditer(source.read):
        start, end = found.span()
        if found["adverb"]:
            end, instead = replacing.without(source, start, end)
            yield Hit(Rule.ADJECTIVE, start, end, instead)
        else:
            yield Hit(Rule.ADJECTIVE, start, end)
    for pattern in (_LACK, _NEW_AT_IT, _ROOKIE):
        for found in pattern.finditer(source.read):
            yield Hit(Rule.ADJECTIVE, found.start(), found.end())
    for found in _LAZY.finditer(source.read):
        if not _MACHINES.search(source.read[max(0, found.start() - 40) : found.end()]):
            yield Hit(Rule.ADJECTIVE, found.start(), found.start() + len(found[0].rstrip()))
