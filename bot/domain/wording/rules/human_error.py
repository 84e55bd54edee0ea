"""Human error as an explanation: the label under which people stop asking."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.wording import patterns, replacing, source
from bot.domain.wording.finding import Hit, Level, Rule
from bot.domain.wording.people import Kind
from bot.domain.wording.source import Source

_LABELS = patterns.rx(
    r"\b(?:(?:an?|the|simple|pure|plain) ){0,2}(?:"
    r"human (?:errors?|mistakes?|failures?|failings?|faults?)"
    r"|(?:human|pilot|employee|staff|worker)[- ](?:error|mistake)s?"
    r"|(?:user|operator|manual|admin|administrator|engineer|engineering|developer) (?:error|mistake)"
    r"|(?:operator|manual|admin|administrator|engineer|engineering|developer) mistakes"
    r")\b(?! (?:rate|ratio|message|log|page|code|count|budget|metric|report|handl|response|screen|dialog|text|class)\w{0,4})"
)
_AS_CAUSE = patterns.rx(
    r"\b(?:caused by|due to|because of|result of|down to|from|no) ((?:user|operator|manual|admin) errors)\b(?! in the logs?)"
)
_SLIPS = patterns.rx(r"\b(?:fat[- ]?finger(?:s|ed|ing)?|finger trouble|pebkac|cockpit error)\b")
_BY_MISTAKE = patterns.rx(r"\bby mistake\b")
_DID = source.verbs(
    r"(?:made|makes|making|make) (?:an? |the |some |several |many |another |this |that )?(?:[\w-]{1,20} ){0,2}?"
    r"(?:mistakes?|errors?(?! (?:rate|budget|message|page)s?)|blunders?|slip-?ups?|(?:bad|wrong|poor) (?:call|choice|decision|move)s?)"
    r"|(?:messed|screwed|fouled|mucked|slipped)(?: (?:it|this|that|things|everything))? up"
    r"|(?:messed|screwed|fouled) up|botched|bungled|blundered|blew it|goofed(?: up)?|mistyped|dropped the ball"
)
_ONE = ("a step that was easy to get wrong", "an action that the tooling allowed")
_MANY = ("steps that were easy to get wrong", "actions that the tooling allowed")
_SUBJECTS = (Kind.PRONOUN, Kind.ROLE, Kind.OPERATOR, Kind.NAME, Kind.THEY)


def find(source: Source) -> Iterator[Hit]:
    """The labels, slips of the hand, and persons who made a mistake."""
    for found in _LABELS.finditer(source.read):
        yield _label(source, found.start(), found.end())
    for found in _AS_CAUSE.finditer(source.read):
        yield _label(source, found.start(1), found.end(1))
    for found in _SLIPS.finditer(source.read):
        yield Hit(Rule.HUMAN_ERROR, found.start(), found.end())
    for found in _BY_MISTAKE.finditer(source.read):
        yield Hit(Rule.HUMAN_ERROR, found.start(), found.end(), most=Level.SUGGEST)
    for _, did in source.subjects(_DID, *_SUBJECTS):
        yield Hit(Rule.HUMAN_ERROR, did.start("did"), did.end("did"))


def _label(source: Source, start: int, end: int) -> Hit:
    words = source.text[start:end]
    instead = _MANY if words.casefold().endswith("s") else _ONE
    return Hit(Rule.HUMAN_ERROR, start, end, tuple(replacing.like(words, each) for each in instead))
