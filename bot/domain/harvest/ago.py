"""How long ago something happened, as people say it: "20 minutes ago", "1h20 ago", "half an hour ago", "for the last hour"."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.domain.harvest.late import late

_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50}
_COUNTS = {
    **{word: place for place, word in enumerate(_UNITS, 1)},
    **_TENS,
    "a": 1,
    "an": 1,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "fifteen": 15,
    "half": 0.5,
    "quarter": 0.25,
}
_ONE_TO_NINE = "|".join(_UNITS)
_N = (
    rf"(?P<{{}}>\d{{{{1,3}}}}(?:[.,]\d)?(?: and a half)?|(?:{'|'.join(_TENS)})(?:[- ](?:{_ONE_TO_NINE}))?|"
    rf"three[- ]quarters? of an|(?:a )?quarter of an|(?:a )?half(?: an?)?|(?:a )?couple(?: of)?|(?:{_ONE_TO_NINE}) and a half|"
    rf"an?(?: good| full)?|{_ONE_TO_NINE}|ten|eleven|twelve|fifteen)(?:[- ]odd| or so)?"
)
_SPAN = (
    rf"(?<![-–.,\d])(?<!\bor )(?:{_N.format('hours')}\s?h(?:(?:ou)?rs?)?(?:\s?(?:and )?(?P<more>\d{{1,2}})\s?(?:m(?:in(?:ute)?s?)?)?)?"
    rf"(?P<half> and a half)?|{_N.format('minutes')}\s?m(?:in(?:ute)?s?)?)(?: or so)?"
)
_AGO = late(
    rf"(?:\b|(?<=~))(?:{_SPAN}|(?<![-–.,\d])(?<!\bor ){_N.format('seconds')}\s?s(?:ec(?:ond)?s?)?)\s+ago\b", re.I
)
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
# "10-15 min ago": between the two.
_BETWEEN = late(
    r"(?<![-–.,:\d])(?P<least>\d{1,3})\s?(?:-|–|to|or)\s?(?P<most>\d{1,3})\s?(?P<unit>m(?:in(?:ute)?s?)?|h(?:(?:ou)?rs?)?)\s+ago\b",
    re.I,
)
_COMPARED = late(r"\b(?:vs\.?|than|was|were|from|compared (?:to|with)|until|as|like)\b[^,;]{0,25}$", re.I)
_CALM = late(r"\b(?:no|zero|none|0|stable|clean|normal|quiet|green|flat|fine|ok|okay|good|healthy|steady|last)\b", re.I)


def span(line: str, *, begins: bool = True) -> timedelta | None:
    """How long before the message the event of a line was, by its words; None where it says nothing of the kind. `begins`: the line says
    when it began."""
    if " ago" in line:
        found = _BETWEEN.search(line) or _AGO.search(line)
        if found is None or _COMPARED.search(line, 0, found.start()):
            return None
        if "least" in found.re.groupindex:
            return _mean(found)
        return timedelta(seconds=_count(found["seconds"])) if found["seconds"] else _length(found, "")
    found = _SINCE.search(line) if begins and "since " in line else None
    if found:
        return None if _CALM.search(line, 0, found.start()) else _length(found, "")
    found = _GOES_ON.search(line) if "for " in line else None
    if found is None or _CALM.search(line, 0, found.start()):
        return None
    if found["hour"]:
        return timedelta(hours=1)
    return _length(found, "now_" if found["now_hours"] or found["now_minutes"] else "")


def _mean(found: re.Match[str]) -> timedelta | None:
    """The middle of a span that somebody leaves open."""
    least, most = int(found["least"]), int(found["most"])
    unit = timedelta(hours=1) if found["unit"].lower().startswith("h") else timedelta(minutes=1)
    return unit * (least + most) / 2 if least < most else None


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
    if "quarter" in said:
        return 0.75 if said.startswith("three") else 0.25
    whole, _, _rest = said.partition(" and a half")
    if whole[0].isdigit():
        return float(whole.replace(",", ".")) + (0.5 if said != whole else 0)
    if "half" in whole:
        return 0.5
    parts = whole.replace("-", " ").split()
    return sum(_COUNTS.get(each, 0) for each in parts) + (0.5 if said != whole else 0)
