"""A person measured against what is known today: failed to, forgot to, did not check, ignored the warning."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.wording import patterns, replacing, source
from bot.domain.wording.finding import Hit, Rule
from bot.domain.wording.people import Kind, Someone
from bot.domain.wording.source import Source

_MINDFUL = patterns.words(
    "notice check test follow verify validate confirm review read realise realize recognise recognize communicate escalate "
    "understand consider consult comply adhere double-check anticipate remember think care bother ask warn inform tell "
    "notify spot see pay look raise report document"
)
_NOTICED = (
    r"(?:noticed|checked|tested|followed|verified|validated|confirmed|reviewed|read|realised|realized|thought|bothered"
    r"|cared|asked|warned|communicated|escalated|considered|looked|remembered|raised|spotted|questioned|caught)"
)
_MACHINE = r"(?!(?:connect|reproduce|replicate|reconnect|reach|resolve|authenticate|log in|establish|restore|load|parse|start)\b)"
_NOT_DONE = (
    r"(?:did|does|do|had|has|have|were|was)(?:n't| not) (?:even |actually |properly |fully |bother to |think to )?(?:"
    r"notice|check|test|follow|verify|validate|confirm|review|realise|realize|recognise|recognize|communicate"
    r"|escalate|understand|consider|consult|comply|adhere|double-check|anticipate|remember|think|care|bother|ask|warn"
    rf"|inform|pay(?: enough| any)? attention|look|{_NOTICED[3:-1]})"
)
_NORMS = patterns.words(
    "review reviews approval approvals process procedure procedures policy policies check checks checklist safeguard "
    "safeguards guard test tests testing CI pipeline protection rule rules control controls warning warnings runbook "
    "guideline guidelines standard standards step steps staging canary sign-off freeze"
)
_SIGNS = patterns.words(
    "alert alerts alarm alarms page pages warning warnings sign signs step error errors issue bug message dashboard "
    "notification signal symptom symptoms problem"
)
_THE = r"(?:the |a |an |our |this |that |these |all |several |any |every )?(?:[\w-]{1,30} ){0,2}?"
_UNMINDFUL = (
    r"(?P<dropped>(?:forgot|forgets|neglected|omitted|neglects) to (?P<verb>[a-z-]+))"
    r"|forgot(?:ten)?(?: about| that| the)?|neglected (?:the|their|his|her|our)|never (?:bothered|thought)(?: to)?"
    r"|never (?:test|check|read|follow|listen|think|care|ask|review|look)"
    r"|without (?:asking|telling|testing|checking|reviewing|informing|consulting|verifying|reading|thinking|looking|waiting for)"
    r"(?: (?:it|them|this|that|anyone|anybody|first|the change|the result|for approval))?"
    r"|without (?:permission|approval|authori[sz]ation|authority)"
    r"|never (?:told|informed|warned|asked|checked|tested|verified|noticed|reviewed|read|followed|considered"
    r"|escalated|communicated|validated)"
)
_STRONG = source.verbs(
    rf"{_UNMINDFUL}|(?P<failed>(?:fail|fails|failed|failing) to {_MACHINE}(?P<what>[a-z-]+))"
    rf"|(?P<not>{_NOT_DONE})|(?P<acted>ignored|ignores|disregarded|dismissed)"
    rf"|(?P<skipped>bypassed|circumvented|skipped|sidestepped) {_THE}{_NORMS}"
    r"|(?P<violated>violated|breached|broke the rules)"
    rf"|(?:missed|overlooked) {_THE}{_SIGNS}|overlooked|misjudged|misread|misunderstood|misconfigured"
    r"|(?:cut|cutting) corners|took (?:a shortcut|shortcuts)|jumped to conclusions|slept through|fell asleep|panicked|rubber-?stamped"
    r"|(?:was|were) supposed to|did(?:n't| not) know what (?:he|she|they|we|I) (?:was|were) doing"
    r"|(?:deployed|pushed|merged|shipped|released|committed|applied|wrote|entered|typed|chose|ran|used|picked|introduced)"
    r" (?:an? |the |his |her |their |our |some )?(?:bad|broken|wrong|buggy|faulty|untested|incorrect|bugs?|regressions?"
    r"|errors?|defects?|vulnerabilit(?:y|ies))"
    r"|(?:was|were) (?:too|far too|very|so) (?:slow|late|careful|quick|busy|tired|confident|hasty|eager)(?= to)"
    r"|(?:mistakenly|wrongly|accidentally|erroneously|inadvertently|blindly) [a-z]{2,20}ed"
    r"|was(?:n't| not) (?:paying attention|careful|competent|qualified)|were(?:n't| not) (?:paying attention|careful)"
)
_WEAK = source.verbs(
    rf"{_UNMINDFUL}|(?P<failed>(?:fail|fails|failed) to (?P<what>{_MINDFUL}))|(?P<not>{_NOT_DONE})"
    rf"|(?P<skipped>bypassed|circumvented|skipped) {_THE}{_NORMS}|(?P<violated>violated)(?= the (?:process|policy|rule))"
    rf"|(?P<acted>ignored|disregarded) {_THE}(?:warning|alert|alarm|page|runbook|policy|process|procedure|advice)s?"
    rf"|(?:missed|overlooked) {_THE}{_SIGNS}"
)
_NOBODY = source.verbs(
    rf"{_NOTICED}|(?:took|takes) (?:care|ownership|responsibility)|(?:is|was) paying attention|was watching|followed up"
)
_ANYBODY = patterns.rx(
    r"\b(?:forgot|forgets|neglected) to [a-z-]+\b|\b(?:didn't|did not|couldn't|never) (?:even )?(?:be )?bother(?:ed)?(?: to)?\b"
    r"|\b(?:fail(?:ed|ing|ure|s)?) to (?:follow|comply with|adhere to|respect) (?:[\w'-]{1,30} ){0,3}?"
    r"(?:procedures?|process(?:es)?|protocols?|polic(?:y|ies)|instructions?|guidelines?|runbooks?|checklists?|rules"
    r"|standards?|best practices?|playbooks?)\b"
    r"|\bfailure to (?:communicate|escalate|notice|pay attention|double-check)\b"
)
_BY = patterns.rx(
    r"\b(?P<did>ignored|overlooked|missed|neglected|forgotten|disregarded|bypassed|skipped|misread|misconfigured"
    r"|misunderstood|mishandled) by "
)
_NOT_PROMPTED = patterns.rx(r"(?:check|test|verify|validate|confirm|review|read|follow|double-check|consult)\Z")


def find(source: Source) -> Iterator[Hit]:
    """Persons and what they are said not to have done."""
    for someone, did in source.subjects(_STRONG, Kind.PRONOUN, Kind.ROLE, Kind.NAME):
        yield _hit(source, someone, did)
    for someone, did in source.subjects(_WEAK, Kind.THEY, Kind.OPERATOR):
        yield _hit(source, someone, did)
    for _, did in source.subjects(_NOBODY, Kind.NOBODY):
        yield Hit(Rule.NORMATIVE, did.start("did"), did.end("did"))
    for found in _ANYBODY.finditer(source.read):
        yield Hit(Rule.NORMATIVE, found.start(), found.end())
    for found in _BY.finditer(source.read):
        if source.person(found.end()):
            yield Hit(Rule.NORMATIVE, found.start(), found.end() - 1)


def _hit(source: Source, someone: Someone, did: re.Match[str]) -> Hit:
    start, end = did.span("did")
    groups = did.groupdict()
    verb = (groups.get("verb") or groups.get("what") or "").casefold()
    were = "were" if someone.plural or source.read[someone.start : someone.end].casefold() == "you" else "was"
    if groups.get("dropped") or (groups.get("failed") and _NOT_PROMPTED.match(verb)):
        instead: tuple[str, ...] = (f"{were} not prompted to {verb}",)
    elif groups.get("failed") and verb in {"notice", "see", "spot"}:
        instead = ("had nothing that showed",)
    elif groups.get("acted") and did["did"].casefold() == did["acted"].casefold():
        instead = ("did not act on",)
    elif groups.get("skipped"):
        start, end = did.span("skipped")
        instead = (f"{were} able to skip",)
    else:
        instead = ()
    return Hit(Rule.NORMATIVE, start, end, tuple(replacing.like(source.text[start:end], each) for each in instead))
