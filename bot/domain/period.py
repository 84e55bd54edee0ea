"""The days that a report is about, as people type them: `30d`, `quarter`, `2026-09`, `2026-09-01..2026-10-15`. Whole local days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain import errors, phrases
from bot.domain.errors import BadInput

USUAL, MOST = 90, 3660
_DAYS = re.compile(r"(\d{1,4})\s*d(?:ays?)?\Z", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})\Z", re.ASCII)
_SPAN = re.compile(r"(\d{4}-\d{2}-\d{2})\s*(?:\.\.|…|to|-|–)\s*(\d{4}-\d{2}-\d{2})\Z", re.ASCII)
_HOW = "Say a period such as `30d`, `quarter`, `2026-09` or `2026-09-01..2026-10-15`"


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last one, both in it."""

    first: date
    last: date

    @property
    def written(self) -> str:
        """`2026-09-01..2026-10-15`: `read` reads it again."""
        return f"{self.first.isoformat()}..{self.last.isoformat()}"

    @property
    def said(self) -> str:
        """How a person reads it."""
        return f"{phrases.day(self.first)} to {phrases.day(self.last)}"

    def holds(self, day: date) -> bool:
        """Whether the day is in it."""
        return self.first <= day <= self.last


def read(typed: str, today: date) -> Period:
    """What was typed, the last 90 days for nothing; `quarter` is the one that `today` is in, up to today. Raises BadInput."""
    text = typed.strip().lower()
    if not text:
        return last(USUAL, today)
    if found := _DAYS.match(text):
        return last(int(found[1]), today)
    if text == "quarter":
        return Period(date(today.year, 3 * ((today.month - 1) // 3) + 1, 1), today)
    try:
        if found := _MONTH.match(text):
            return _month(int(found[1]), int(found[2]))
        if found := _SPAN.match(text):
            return _checked(date.fromisoformat(found[1]), date.fromisoformat(found[2]))
    except ValueError:
        raise _bad("There is no such day or month") from None
    raise _bad("That is no period")


def last(days: int, today: date) -> Period:
    """So many days up to today. Raises BadInput for none, and for more than ten years."""
    if not 1 <= days <= MOST:
        raise _bad(f"A period has between 1 and {MOST} days")
    return Period(today - timedelta(days=days - 1), today)


def _month(year: int, month: int) -> Period:
    first = date(year, month, 1)
    following = date(year + month // 12, month % 12 + 1, 1)
    return Period(first, following - timedelta(days=1))


def _checked(first: date, end: date) -> Period:
    if first > end:
        raise _bad("The first day is after the last one")
    if (end - first).days >= MOST:
        raise _bad(f"A period has between 1 and {MOST} days")
    return Period(first, end)


def _bad(said: str) -> BadInput:
    return errors.bad_input("no_period", f"{said}. {_HOW}.")
