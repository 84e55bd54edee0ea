"""How long ago something happened, as people say it: "20 minutes ago", "1h20 ago", "half an hour ago", "for the last hour"."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.domain.harvest.late import late

_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10, "twenty": 20, "half": 0.5}
_N = r"(?P<{}>\d{{1,3}}|an?|one|two|three|four|five|ten|twenty|half an|(?:a )?couple(?: of)?)"
_SPAN = (
    rf"(?<![-–.,\d])(?<!\bor )(?:{_N.format('hours')}\s?h(?:(?:ou)?rs?)?(?:\s?(?:and )?(?P<more>\d{{1,2}})\s?(?:m(?:in(?:ute)?s?)?)?)?"
    rf"(?P<half> and a half)?|{_N.format('minutes')}\s?m(?:in(?:ute)?s?)?)"
)
_AGO = late(rf"(?:\b|(?<=~)){_SPAN}\s+ago\b", re.I)
_GOES_ON = late(
    rf"\bfor (?:(?:about|around|almost|nearly|over) |~)?(?:(?:the )?(?:last|past) (?:{_SPAN}|(?P<hour>hour))\b|"
    rf"{_SPAN.replace('P<', 'P<now_')} now\b)",
    re.I,
)
# "since 20 min", as many say whose first language is another.
_SINCE = late(
    rf"\bsince (?:(?:about|around|almost|nearly|over) |~)?(?:the last |last )?(?!\d{{1,2}}h\d\d){_SPAN}\b(?! (?:ago|past|to|local|this)\b)",
    re.I,
)
_COMPARED = late(r"\b(?:vs\.?|than|was|were|from|compared (?:to|with)|until|as|like)\b[^,;]{0,25}$", re.I)
_CALM = late(r"\b(?:no|zero|none|0|stable|clean|normal|quiet|green|flat|fine|ok|okay|good|healthy|steady|last)\b", re.I)


def span(line: str, *, begins: bool = True) -> timedelta | None:
    """How long before the message the event of a line was, by its words; None where it says nothing of the kind. `begins`: the line says
    when it began."""
    if " ago" in line:
        found = _AGO.search(line)
        return _length(found, "") if found and not _COMPARED.search(line, 0, found.start()) else None
    found = _SINCE.search(line) if begins and "since " in line else None
    if found:
        return None if _CALM.search(line, 0, found.start()) else _length(found, "")
    found = _GOES_ON.search(line) if "for " in line else None
    if found is None or _CALM.search(line, 0, found.start()):
        return None
    if found["hour"]:
        return timedelta(hours=1)
    return _length(found, "now_" if found["now_hours"] or found["now_minutes"] else "")


def _length(found: re.Match[str], prefix: str) -> timedelta:
    hours, minutes = found[f"{prefix}hours"], found[f"{prefix}minutes"]
    if minutes:
        return timedelta(minutes=_count(minutes))
    more = int(found[f"{prefix}more"] or 0) + (30 if found[f"{prefix}half"] else 0)
    return timedelta(hours=_count(hours), minutes=more)


def _count(said: str) -> float:
    said = said.lower()
    if "couple" in said:
        return 2
    return int(said) if said.isdigit() else _COUNTS[said.split()[0]]
