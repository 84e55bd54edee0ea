"""The tone: words that make the past look plain, and words that are louder than the data."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.wording import patterns, replacing
from bot.domain.wording.finding import Hit, Rule
from bot.domain.wording.source import Source

_PLAIN = patterns.rx(
    r"\b(?:(?P<drop>obviously|simply|needless to say|in hindsight|in retrospect|with hindsight|trivially"
    r"|of course(?! correct)|clearly(?= [a-z]|,)(?! (?:label|mark|document|visibl|stat|defin|show|separat|nam|identif|describ"
    r"|communicat|writ|display|distinguish|see|map|list|indicat|explain|out|assign|own|scop)\w{0,12}))"
    r"|(?:it (?:is|was) (?:obvious|clear from the start)|as everyone knows|hindsight is 20.20))\b"
)
_LOUD = patterns.rx(
    r"\b(?:(?P<drop>terribly|horribly|ridiculously|insanely|incredibly|absurdly|unbelievably|hopelessly|outrageously)"
    r"|ridiculous|unacceptable|unacceptably|terrible|horrible|horrendous|awful|awfully|disastrous|nightmare|absurd|insane|crazy"
    r"|shocking|shockingly|embarrassing|embarrassingly|embarrassment|horrific|appalling|outrageous|pathetic|fiasco|debacle"
    r"|unforgivable|laughable|abysmal|shameful|total mess|complete mess|disgrace|disgraceful|(?:a|complete|total|utter) disaster"
    r"(?! (?:recovery|plan|site)))\b|(?<!!)!{2,}|\?!+|!+\?"
)


def hindsight(source: Source) -> Iterator[Hit]:
    """What was so plain only afterwards."""
    for found in _PLAIN.finditer(source.read):
        start, end = found.span()
        if found["drop"]:
            end, instead = replacing.without(source, start, end)
            yield Hit(Rule.HINDSIGHT, start, end, instead)
        else:
            yield Hit(Rule.HINDSIGHT, start, end)


def animated(source: Source) -> Iterator[Hit]:
    """What is said louder than it need be."""
    for found in _LOUD.finditer(source.read):
        start, end = found.span()
        if not found[0][0].isalpha():
            yield Hit(Rule.ANIMATED, start, end, ("?",) if "?" in found[0] else (".", "!"))
        elif found["drop"]:
            end, instead = replacing.without(source, start, end)
            yield Hit(Rule.ANIMATED, start, end, instead)
        else:
            yield Hit(Rule.ANIMATED, start, end)
