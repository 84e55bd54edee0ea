"""The checks of wording, for one text and for a whole record. They offer better words and stop nobody (R-37, R-64)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain import errors
from bot.domain.wording import policy, source
from bot.domain.wording.finding import Finding, Hit, Level, Rule
from bot.domain.wording.people import Person
from bot.domain.wording.rules import (
    adjective,
    counterfactual,
    human_error,
    manner,
    name,
    normative,
    outage,
    people_fix,
    person_as_cause,
    single_cause,
    weak_norm,
    who_why,
)
from bot.domain.wording.sections import Section
from bot.domain.wording.source import Source

GROUPS: Mapping[Rule, Callable[[Source], Iterator[Hit]]] = {
    Rule.PERSON_AS_CAUSE: person_as_cause.find,
    Rule.HUMAN_ERROR: human_error.find,
    Rule.COUNTERFACTUAL: counterfactual.find,
    Rule.NORMATIVE: normative.find,
    Rule.ADJECTIVE: adjective.find,
    Rule.PEOPLE_FIX: people_fix.find,
    Rule.OUTAGE: outage.find,
    Rule.NAME: name.find,
    Rule.WHO_WHY: who_why.find,
    Rule.SINGLE_CAUSE: single_cause.find,
    Rule.WEAK_NORM: weak_norm.find,
    Rule.HINDSIGHT: manner.hindsight,
    Rule.ANIMATED: manner.animated,
}
_ORDER = tuple(GROUPS)
_WORDS = re.compile(r"\w+|[!?]+")
_LONGEST_KEY = 120


@dataclass(frozen=True, slots=True)
class Quote:
    """Words taken from the chat as they are: questions for who and why stay in them."""

    words: str


Field = str | Quote | Sequence[str | Quote]


@dataclass(frozen=True, slots=True)
class Located:
    """A finding of a record: its section, which item of a list it is in (from 0; 0 for a single text), and the text that
    was checked. `finding.key` is unique within the section, so (section, key) names it for good."""

    section: Section
    item: int
    text: str
    finding: Finding

    @property
    def key(self) -> str:
        """Unique within the record."""
        return f"{self.section}/{self.finding.key}"


def check(
    text: str, section: Section, *, full_outage: bool = False, names: Iterable[Person] = (), quoted: bool = False
) -> tuple[Finding, ...]:
    """What could be worded better in a text of this section, in order of place, never overlapping.

    `names`: the responders. `full_outage`: R-37, everything was down. `quoted`: the text is somebody's, from the chat.
    """
    levels = {rule: policy.level(rule, section, full_outage=full_outage, quoted=quoted) for rule in GROUPS}
    ready = source.read(text, names)
    hits = (hit for rule, find in GROUPS.items() if levels[rule] is not Level.OFF for hit in find(ready))
    capped = (replace(hit, most=Level.SUGGEST) if levels[hit.rule] is Level.SUGGEST else hit for hit in hits)
    return _numbered(ready, _apart(len(text), capped))


def apply(text: str, finding: Finding, replacement: str) -> str:
    """The text with one replacement made. Errors: Stale when the text is no longer the one that was checked."""
    if text[finding.start : finding.end] != finding.words:
        raise errors.Stale("The text was changed in the meantime: look at it once more.")
    return f"{text[: finding.start]}{replacement}{text[finding.end :]}"


def check_record(
    fields: Mapping[Section, Field], *, full_outage: bool = False, names: Iterable[Person] = ()
) -> tuple[Located, ...]:
    """Every finding of a record, in the order of the fields; keys are unique within a section, across its items."""
    known = tuple(names)
    return tuple(
        located
        for section, field in fields.items()
        for located in _field(section, field, full_outage=full_outage, names=known)
    )


def unseen(found: Iterable[Located], seen: Collection[tuple[str, str]]) -> tuple[Located, ...]:
    """Those that nobody has looked at; `seen` holds (section, finding key) of those seen or ignored with a reason."""
    return tuple(each for each in found if (each.section.value, each.finding.key) not in seen)


def _field(section: Section, field: Field, *, full_outage: bool, names: tuple[Person, ...]) -> Iterator[Located]:
    items = (field,) if isinstance(field, str | Quote) else field
    counted: Counter[str] = Counter()
    for item, each in enumerate(items):
        quoted = isinstance(each, Quote)
        text = each.words if isinstance(each, Quote) else each
        for finding in check(text, section, full_outage=full_outage, names=names, quoted=quoted):
            stem = finding.key.rpartition(":")[0]
            counted[stem] += 1
            yield Located(section, item, text, replace(finding, key=f"{stem}:{counted[stem]}"))


def _apart(length: int, hits: Iterable[Hit]) -> list[Hit]:
    """Of hits that overlap, the graver one, then the longer one; in order of place."""
    taken = bytearray(length)
    kept = []
    for hit in sorted(hits, key=lambda one: (one.most is not Level.WARN, one.start - one.end, one.start, _rank(one))):
        if hit.start < hit.end and not any(taken[hit.start : hit.end]):
            taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
            kept.append(hit)
    return sorted(kept, key=lambda one: one.start)


def _rank(hit: Hit) -> int:
    return _ORDER.index(hit.rule)


def _numbered(ready: Source, hits: Iterable[Hit]) -> tuple[Finding, ...]:
    counted: Counter[str] = Counter()
    found = []
    for hit in hits:
        words = ready.text[hit.start : hit.end]
        said = " ".join(_WORDS.findall(words.casefold()))[:_LONGEST_KEY]
        stem = f"{hit.rule}:{said}"
        counted[stem] += 1
        reason = policy.RULES[hit.rule].reason
        offered = () if _torn(words) else tuple(dict.fromkeys(hit.replacements))
        key = f"{stem}:{counted[stem]}"
        found.append(Finding(hit.rule, hit.most, hit.start, hit.end, words, reason, offered, key))
    return tuple(found)


def _torn(words: str) -> bool:
    """Whether replacing these words would leave half of an emphasis behind."""
    return any(words.count(mark) % 2 for mark in "*~_")
