"""Whether some words stand alone as a title, or are half a sentence: "was never broken", "14 with a wrong hash", "log-ins failed from"."""

from __future__ import annotations

import re

from bot.domain.harvest.late import late

EDGES = " ,.;:!?'\"()-–—/"
DAYS = (
    r"(?:yesterday|today|tonight|last (?:night|week|month)|this (?:morning|afternoon|evening)|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)
# It begins with its verb, with what it goes on from, or with how many of what is not said.
_HALF = late(
    r"(?:was|were|is|are|be|been|has|have|had|did|does|do|go|goes|going|went|looking|trying|checking|moved|started|paid|found|got|tried|"
    r"and|or|but|with|to|from|for|of|by|as|than|because|when|while|if|into|at|on|in|after|before|both|none|neither|either|another|others?|"
    r"different|same|much|more|less|very|normal|usual|nothing|second|third|last)\b|(?:failed|fails|failing|unable) to\b|lost \d|"
    r"\d[\d,.]*(?:st|nd|rd|th)?(?: of \d[\d,.]*)? (?:with|of|in|on|at|from|for|to|is|are|has|have|can't|cannot|\w+n't|failed|down|lost|"
    r"missing|late|stuck|confirmed|more)\b",
    re.I,
)
# What its last word belongs to was cut off, or was never there. "log in" is whole.
_LOOSE = late(
    r"\s+(?:from|until|till?|to|of|with|by|for|and|or|the|an?|is|are|was|were|has|have|had|either|than|as|like|that|when|then|about|into|"
    r"just|only|even|at|also|be|been|all|(?<!log )(?<!sign )(?<!check )(?<!plug )(?<!logging )(?<!signing )in|(?<!turn )(?<!switch )on)$",
    re.I,
)


def begins_halfway(said: str) -> bool:
    """Whether what it is about stands before it."""
    return bool(_HALF.match(said))


def without_loose_end(said: str) -> str:
    """Without words at the end that go on to what is not there."""
    while (whole := _LOOSE.sub("", said).strip(EDGES)) != said:
        said = whole
    return said
