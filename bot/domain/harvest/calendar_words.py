"""The days of the week and the months as people write them, for all that reads times."""

from __future__ import annotations

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip

SHORT_DAY = "|".join(each[:3] for each in DAYS)
SHORT_MONTH = "|".join(each[:3] for each in MONTHS)
LONG_DAY = rf"(?:{'|'.join(DAYS)})"
LONG_MONTH = rf"(?:{'|'.join(MONTHS)})"
DAY = r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
"""A day of the week, in full or cut short."""
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
"""A month, in full or cut short."""


def weekday(name: str) -> int:
    """The number of a day of the week, from 0 for Monday."""
    return _place(name, DAYS)


def month(name: str) -> int:
    """The number of a month, from 1."""
    return _place(name, MONTHS) + 1


def _place(name: str, names: tuple[str, ...]) -> int:
    return next(place for place, each in enumerate(names) if each.startswith(name[:3].lower()))


def of_slashes(first: str, second: str) -> tuple[int, int] | None:
    """The day and the month of "28/06" or "06/28"; None where either could be the month, as in "10/01"."""
    one, other = int(first), int(second)
    day, month = (one, other) if one > 12 else (other, one)
    return (day, month) if 12 < day <= 31 and 1 <= month <= 12 else None
