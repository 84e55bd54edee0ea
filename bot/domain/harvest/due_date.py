"""The day that the words mean by which people say until when something is to be done, seen from the day of the message in its author's
zone; none where they could mean another one."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta, timezone

from bot.domain.harvest import calendar_words, clock
from bot.domain.harvest import due_wording as wording

_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_DAY, _MONTH = wording.DAY, wording.MONTH


def day(words: str, written: datetime, tz: str | None) -> date | None:
    """The one day that the words mean, None where they could mean another. `written` is when the message was posted, `tz` the
    zone of its author; where nobody knows that, the day has to be the same one everywhere. Raises ValueError for a naive time."""
    if written.tzinfo is None:
        raise ValueError("The day of a message needs an aware time.")
    if tz and clock.zone(tz) is not UTC:
        return _meant(words, written.astimezone(clock.zone(tz)).date())
    here = [timezone(timedelta(hours=hours)) for hours in ((0,) if tz in _IN_UTC else (-12, 14))]
    meant = {_meant(words, written.astimezone(each).date()) for each in here}
    return meant.pop() if len(meant) == 1 else None


_IN_UTC = frozenset({"UTC", "Etc/UTC", "Etc/GMT", "GMT"})


def _meant(words: str, today: date) -> date | None:
    said = " ".join(words.casefold().split())
    if said.startswith("before ") or re.match(r"by \d{1,2}\.\d\d$", said):  # such a number can be an hour
        return None
    said = re.sub(
        rf"^(?:by|until|till|no later than|not later than|{wording.LABEL}|deadline(?: is|:)?|on|at|later|within|in) ",
        "",
        said,
    )
    said = _without_hour(said)
    for read in (_near, _weekday, _in_days, _dated, _with_weekday, _end_of):
        found = read(said, today)
        if found is not None:
            return found if found >= today else None
    return None


def _without_hour(said: str) -> str:
    """The day alone: "friday" of "friday 17:00 utc", of "eod friday"."""
    said = re.sub(rf"^(?:{wording.DAY_ENDS}|{wording.HOUR})(?:,? on)? (?=\w)", "", said)
    return re.sub(rf"(?<!^the),? (?:at |by |around )?(?:{wording.DAY_ENDS}|{wording.HOUR}|at \d{{1,2}})$", "", said)


def _near(said: str, today: date) -> date | None:
    if re.fullmatch(r"(?:the )?end of (?:the |this )?day|eod|today|tonight|cob|close of business", said):
        return today
    tomorrow = re.fullmatch(r"(?:first thing )?(?:tomorrow|tmrw|tmw)(?: (?:morning|afternoon|evening|noon))?", said)
    return today + timedelta(days=1) if tomorrow else None


def _weekday(said: str, today: date) -> date | None:
    """The next one of that name; on such a day itself it is not clear which one is meant."""
    found = re.fullmatch(
        rf"(?:(?:this|first thing|early|mid|late) )?({_DAY})(?: (?:morning|afternoon|evening|night))?", said
    )
    if found is None:
        return None
    ahead = (calendar_words.weekday(found[1]) - today.weekday()) % 7
    return today + timedelta(days=ahead) if ahead else None


def _in_days(said: str, today: date) -> date | None:
    found = re.fullmatch(r"(?:the next )?(\d{1,3}|[a-z]+) ?(day|week)s?", said)
    if found is None:
        return None
    count = int(found[1]) if found[1].isdigit() else _NUMBERS.get(found[1])
    return today + timedelta(days=count * (7 if found[2] == "week" else 1)) if count else None


def _dated(said: str, today: date) -> date | None:
    if re.fullmatch(r"20\d\d-\d\d-\d\d", said):
        return _date(*(int(part) for part in said.split("-")))
    dotted = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.?(20\d\d)?", said)
    if dotted:
        return _next(today, int(dotted[2]), int(dotted[1]), dotted[3])
    alone = re.fullmatch(r"(?:the )?(\d{1,2})(?:st|nd|rd|th)", said)
    if alone:
        this = _date(today.year, today.month, int(alone[1]))
        return (
            this
            if this and this > today
            else _date(today.year + today.month // 12, today.month % 12 + 1, int(alone[1]))
        )
    found = re.fullmatch(rf"({_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?(?:,? (20\d\d))?", said)
    turned = re.fullmatch(rf"(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MONTH})(?: (20\d\d))?", said)
    if found is None and turned is None:
        return None
    name, number, year = found.groups() if found else (turned[2], turned[1], turned[3]) if turned else ("", "0", None)
    return _next(today, calendar_words.month(name), int(number), year)


def _with_weekday(said: str, today: date) -> date | None:
    """A date with the name of its day, where that is right: "fri 9 jan"."""
    found = re.fullmatch(rf"({_DAY}),? (.+)", said)
    meant = _dated(found[2], today) if found else None
    return meant if found and meant and meant.weekday() == calendar_words.weekday(found[1]) else None


def _next(today: date, month: int, number: int, year: str | None) -> date | None:
    """The day of that year, else the next one of that month and number."""
    if year:
        return _date(int(year), month, number)
    this = _date(today.year, month, number)
    return this if this and this >= today else _date(today.year + 1, month, number)


def _end_of(said: str, today: date) -> date | None:
    if re.fullmatch(r"(?:the )?end of (?:the |this )?month|eom", said):
        return today.replace(day=monthrange(today.year, today.month)[1])
    return date(today.year, 12, 31) if re.fullmatch(r"(?:the )?end of (?:the |this )?year|eoy", said) else None


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
