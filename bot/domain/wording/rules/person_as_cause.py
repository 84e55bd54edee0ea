"""A person, or a team, as the cause: caused by, broke, to blame, somebody's fault."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.wording import patterns, replacing, source
from bot.domain.wording.finding import Hit, Level, Rule
from bot.domain.wording.people import NOBODY_SPECIAL, Kind, Someone
from bot.domain.wording.source import Source

_BY = patterns.rx(
    r"\b(?P<was>(?:was|were|is|are|been|being) )?(?:(?:\w{2,20}ly|solely|all) )?(?P<did>caused|broken|introduced|brought down"
    r"|taken down|crashed|ruined|messed up|screwed up|botched|broke) by (?:the (?:actions?|mistakes?|carelessness) of )?"
)
_NP = r"(?:the |our |a |an |this |that |all |both |half |parts? of |everything|it\b|things|prod|production|staging|master|main)"
_DID = source.verbs(
    rf"(?:broke (?={_NP})|took down|took (?:[\w-]{{1,20}} ){{1,3}}down|brought down|brought (?:[\w-]{{1,20}} ){{1,3}}down"
    r"|crashed|ruined|wrecked|killed (?:prod|production)|caused(?! (?:anything|nothing|no)\b)|caused (?:the|this|an?|our|that|all)"
    r"|(?:is|was|are|were) (?:solely |directly |entirely |fully |personally )?(?:responsible for (?:the |this |that |causing |"
    r"breaking )(?:\w{1,20} ){0,2}?(?:outage|incident|failure|mistake|error|bug|breakage|downtime|problem|issue|mess|"
    r"regression|disruption|data loss|damage)"
    r"|to blame|at fault|guilty(?: of)?|fired|sacked|dismissed|the (?:culprit|cause|reason|problem|weak link)|the root cause"
    r"|held (?:accountable|responsible)|disciplined|reprimanded)|should be (?:fired|blamed|held accountable)|got (?:fired|sacked)"
    r"|(?:is|was) the one (?:who|that|to))"
)
_OWNED = patterns.rx(
    r"'?s? (?:own )?(?P<what>faults?(?! (?:domain|tolerance|injection|isolation|zone|line|model|detect))|mistakes?|oversights?"
    r"|blunders?|carelessness|negligence|incompetence|laziness|slip-?ups?|bad (?:judgement|judgment|decision|call)"
    r"|lack of (?:knowledge|skills?|training|experience|care|attention|understanding|diligence|competence|awareness|foresight)"
    r"|ignorance|inexperience|inability|inattention|misconduct|recklessness"
    r"|errors?(?= (?:in judge?ment|of judge?ment|caused|led|brought|resulted|broke|took)|[.,;]|\Z)|failure to)\b"
)
_OWNER = patterns.rx(
    r"\b(?:his|her|their|my|your|our|whose|somebody's|someone's|nobody's|no one's|everyone's|anyone's)(?= (?:own )?"
    r"(?:fault|mistake|oversight|blunder|carelessness|negligence|incompetence|laziness|bad judge|slip))"
)
_PUT = patterns.rx(
    r"\b(?:blame (?:for|of) (?:[\w'-]{1,20} ){1,5}?(?:lies|lay|falls|rests) with"
    r"|blam(?:e|es|ed|ing)|point(?:s|ed|ing)? (?:the )?fingers? at|fault (?:lies|lay) with|(?:the )?blame (?:lies|lay|falls"
    r"|fell|goes|rests) (?:with|on|to)|responsibility (?:lies|lay) with"
    r"|(?:lies|rests) squarely with"
    r"|(?:cause|reason|culprit)(?: (?:of|for) (?:the |this |that |our )?[\w-]{1,20})? (?:is|was|were|are)) "
)
_IT_WAS = patterns.rx(r"\bit (?:is|was) ")
_THAT_DID = patterns.rx(
    r"(?: \w{2,20})? (?:that|who) (?P<did>broke|caused|took down|brought down|crashed|introduced|ruined|deleted)\b"
)
_MADE_BY = patterns.rx(
    r"\b(?P<what>mistakes?|errors?|blunders?|oversights?|slip-?ups?|missteps?|negligence|carelessness|misjudge?ments?"
    r"|(?:bad|poor) (?:judge?ment|call|decision)|faults?) (?:made by|committed by|by|of|on the part of|from) "
)
_WHO = patterns.rx(
    r"\b(?:who|nobody|no one|someone|somebody) (?:is|was|else is|else was) (?:to blame|at fault|guilty)\b"
)
_CULPRIT = patterns.rx(r"\b(?:the |main |real ){0,2}(?:culprits?|guilty part(?:y|ies))\b(?P<is> (?:is|was|were|are) )?")
_BECAUSE_OF = patterns.rx(r"\b(?:thanks to|because of|due to) ")
_SUBJECTS = (Kind.PRONOUN, Kind.ROLE, Kind.OPERATOR, Kind.NAME)


def find(source: Source) -> Iterator[Hit]:
    """Persons in the place of a cause; machines may cause and break what they like."""
    yield from _caused_by(source)
    for _, did in source.subjects(_DID, *_SUBJECTS):
        yield Hit(Rule.PERSON_AS_CAUSE, did.start("did"), did.start("did") + len(did["did"].rstrip()))
    yield from _owned(source)
    yield from _pointed_at(source)
    yield from _it_was(source)
    for found in _WHO.finditer(source.read):
        yield Hit(Rule.PERSON_AS_CAUSE, found.start(), found.end())
    for found in _CULPRIT.finditer(source.read):
        named = found["is"] and source.person(found.end())
        end = found.start("is") if found["is"] else found.end()
        yield Hit(Rule.PERSON_AS_CAUSE, found.start(), end, most=Level.WARN if named else Level.SUGGEST)


def _pointed_at(source: Source) -> Iterator[Hit]:
    for pattern in (_PUT, _BECAUSE_OF, _MADE_BY):
        for found in pattern.finditer(source.read):
            someone = source.person(found.end())
            # "because of the team" says little yet; a name there says who.
            if someone and (pattern is not _BECAUSE_OF or someone.kind is Kind.NAME):
                yield Hit(Rule.PERSON_AS_CAUSE, found.start(), someone.end)


def _it_was(source: Source) -> Iterator[Hit]:
    for found in _IT_WAS.finditer(source.read):
        someone = source.person(found.end())
        if someone and (did := _THAT_DID.match(source.read, someone.end)):
            yield Hit(Rule.PERSON_AS_CAUSE, did.start("did"), did.end("did"))


def _caused_by(source: Source) -> Iterator[Hit]:
    for found in _BY.finditer(source.read):
        someone = source.person(found.end())
        if someone and someone.kind in {Kind.ROLE, Kind.NAME, Kind.OPERATOR}:
            instead = f"came after an action by {_called(source, found.end(), someone)}"
            lead = "" if found["was"] else "that "
            words = replacing.like(source.text[found.start() : found.start() + 1], lead + instead)
            told = () if found["was"] and found["was"].casefold().startswith("be") else (words,)
            yield Hit(Rule.PERSON_AS_CAUSE, found.start(), someone.end, told)


def _called(source: Source, start: int, someone: Someone) -> str:
    """The role in place of a name; the words as they are where they name a role already."""
    if someone.kind is Kind.NAME:
        return someone.called
    return " ".join(source.text[start : someone.end].split()) or NOBODY_SPECIAL


def _owned(source: Source) -> Iterator[Hit]:
    for someone in source.persons:
        found = _OWNED.match(source.read, someone.end)
        if found and "'" in found[0] and someone.kind in {*_SUBJECTS, Kind.NOBODY}:
            yield Hit(Rule.PERSON_AS_CAUSE, found.start("what"), found.end("what"))
    for owner in _OWNER.finditer(source.read):
        if what := _OWNED.match(source.read, owner.end()):
            yield Hit(Rule.PERSON_AS_CAUSE, owner.start(), what.end())
