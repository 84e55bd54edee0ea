"""Times of day in words: "half past seven", "quarter to nine", "at 7 o'clock", "since noon", "at midnight"."""

from __future__ import annotations

import re

from bot.domain.harvest.clock import Clock
from bot.domain.harvest.late import late

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_MINUTES = {"five": 5, "ten": 10, "quarter": 15, "twenty": 20, "twenty-five": 25, "twenty five": 25, "half": 30}
_HOUR = rf"(?P<{{}}>1[0-2]|[1-9]|{'|'.join(_NUMBERS)})"
_LEADS = "|".join(
    rf"(?<=\b{each} )" for each in ("at", "since", "around", "about", "from", "until", "till", "til", "before", "by")
)
SPOKEN = late(
    rf"(?<![\w-])(?:(?:{_LEADS})(?:(?P<name>noon|midday|midnight)|{_HOUR.format('clock')} ?o['’]?clock)|"
    rf"(?:a )?(?P<minutes>{'|'.join(sorted(_MINUTES, key=len, reverse=True))}) (?P<side>past|to) {_HOUR.format('hour')})\b"
    r"(?! ?(?:%|percent|[ap]\.?m\b))(?![:.,-]?\d)",
    re.I,
)
_CUE = late(r"o['’]?clock|noon|midday|midnight|\b(?:past|to) (?:\d|one|t|f|s|eight|nine|eleven)", re.I)
_NAMED = {"noon": 12, "midday": 12, "midnight": 0}


def may_hold(line: str) -> bool:
    """Whether a line can hold a time in words; cheap."""
    return bool(_CUE.search(line))


def meant(found: re.Match[str]) -> Clock | None:
    """The time of day of a hit; None where the words are no time, as in "half to five"."""
    if found["name"]:
        return Clock(_NAMED[found["name"].lower()], 0, halved=True)
    hour = _number(found["hour"] or found["clock"])
    minute = _MINUTES.get((found["minutes"] or "").lower())
    if found["clock"]:
        return Clock(hour % 12, 0, halved=True, twice=True)
    if minute is None or (minute == 30 and found["side"].lower() == "to"):
        return None
    past = found["side"].lower() == "past"
    return Clock((hour if past else hour - 1) % 12, minute if past else 60 - minute, halved=True, twice=True)


def _number(said: str) -> int:
    return int(said) if said.isdigit() else _NUMBERS.index(said.lower()) + 1
