"""Words by which people say themselves that there is an incident: "Declaring SEV1", "I'm IC", "outage". Where they stand, what happens
around them is looked at, however few words they are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain.harvest.late import late
from bot.domain.harvest.spots import Said

_LEAST = 0.2
_SIGNS = ("sev", "outage", "declar", "incident", "m ic", "ing ic", "ke ic", "ve ic", "commander")
_DECLARED = late(
    r"\bdeclar(?:e|ed|ing) (?:an? |this )?(?:an? )?(?:sev|incident|major|p[01]\b|outage)|\bsev(?:erity)?[ -]?[0-3]\b|\[p[01]\]|"
    r"\b(?:i'm|i am|i'll be|taking|i'll take|i have|i take)(?: the)? (?:ic|incident command(?:er)?)\b|^ic(?: is|:)|"
    r"\bincident commander\b|"
    r"\b(?:major|full|partial|ongoing|prod(?:uction)?|@here|@channel)\b.{0,20}\boutage\b|\boutage:|"
    r"\bincident (?:is |was )?(?:declared|opened|resolved|over|closed|channel|bridge)\b|"
    r"\b(?:customers?|users) (?:can't|cannot|can not|say they can't)\b|"
    r"\broll(?:ed|ing) back\b|\ball clear\b|\bmitigated\b|\bpost-?mortem (?:tomorrow|on|at|is|to)\b|"
    r"\bleaked\b.{0,40}\b(?:key|token|secret|password)s?\b|\b(?:key|token|secret|password)s? .{0,20}\bleaked\b|\bpaged\b",
    re.I | re.M,
)
# One of these stands in whatever says so; looking for them takes a tenth of the time.
_HINTS = (
    "declar", "sev", "[p", " ic", "\nic", "incident", "outage", "can't", "cannot", "can not", " back", "all clear", "mitigated", "mortem",
    "leaked", "paged",
)  # fmt: skip
_NAMED = late(
    r"(?:^|[-_])(?:inc|incidents?|outages?|sev-?\d*|p[01]|major|war-?room|downtime|crisis|post-?mortems?|breach)(?:[-_\d]|$)|incident|outage",
    re.I,
)


def is_named_for_one(channel: str) -> bool:
    """Whether a channel has the name of an incident: "inc-204", "outage-db"."""
    return bool(_NAMED.search(channel))


def places(said: Said, weights: Sequence[float]) -> list[int]:
    """Which of these messages say so; twice where it is said in two ways. Only those are read whose words weigh something, or
    that hold one of a few words."""
    found: list[int] = []
    heavy = {place for place, weight in enumerate(weights) if weight > _LEAST}
    for place in sorted(heavy.union(said.places(_SIGNS))):
        found += [place] * min(2, len(ways(said.texts[place])))
    return found


def ways(said: str) -> set[str]:
    """The words of a message that say so, folded."""
    said = said[:2000].replace("\u2019", "'")
    low = f"\n{said.lower()}"
    return {each[0].casefold() for each in _DECLARED.finditer(said)} if any(hint in low for hint in _HINTS) else set()
