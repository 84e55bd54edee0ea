"""Until when a follow-up is to be done, as people say it: "by friday", "next week", "before black friday". The words are kept as
they were written; they become a day only where they can mean no other one, seen from the day of the message in its author's
zone."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from bot.domain.harvest import calendar_words, clock
from bot.domain.harvest.finding import TodoFinding
from bot.domain.harvest.late import late

_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_DAY, _MONTH = calendar_words.DAY, rf"{calendar_words.MONTH}\.?"
_FULL_DAY = rf"{calendar_words.LONG_DAY}(?: (?:morning|afternoon|evening|night))?"
_DATE = (
    rf"(?:20\d\d-[01]\d-[0-3]\d|{_MONTH} [0-3]?\d(?:st|nd|rd|th)?(?:,? 20\d\d)?|"
    rf"[0-3]?\d(?:st|nd|rd|th)?(?: of)? {_MONTH}(?: 20\d\d)?|the [0-3]?\d(?:st|nd|rd|th)|\d{{1,2}}/\d{{1,2}}(?:/(?:20)?\d\d)?)"
)
_SPAN = r"(?:weekend|week|sprint|month|quarter|year|release|iteration|cycle|milestone)"
_EVENT = (
    rf"(?:{_MONTH}|spring|summer|autumn|winter|the (?:next|coming) \w+|the {_MONTH} \w+|"
    rf"the (?:\w+ ){{1,4}}?(?:in|on) (?:{_MONTH}|{_DAY}|the [0-3]?\d(?:st|nd|rd|th))|"
    r"black friday|cyber monday|christmas|xmas|thanksgiving|easter|new year(?:'s(?: eve)?)?|diwali|ramadan|eid|halloween|"
    r"(?:(?:the|our) )?(?:(?:next|coming|big|summer|winter|spring|autumn|fall|holiday|code|change|year[- ]end|quarter[- ]end) )?"
    r"(?:release|deploy(?:ment)?|launch|freeze|go[- ]live|holidays?|peak(?: season)?|sale|migration|cutover|renewal|audit|weekend|"
    r"season|demo|on-?call (?:shift|rotation|handover)|post-?mortem|retro(?:spective)?|quarter|sprint|month|year|week))"
)
_END = rf"(?:(?:the )?end of (?:the |this |next )?(?:day|{_SPAN}|{_MONTH})|e[o0][dwmqy]|cob|close of business)"
_POINT = (
    rf"(?:{_END}|(?:(?:early|mid|late|first thing) )?(?:(?:this|next|coming) )?{_DAY}|{_DATE}|today|tonight|tomorrow|"
    rf"(?:(?:early|mid|late) )?(?:this|next) {_SPAN}|(?:the )?weekend|q[1-4](?: 20\d\d)?|{_MONTH}(?! \d))"
)
_COUNT = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|(?:a )?(?:few|couple(?: of)?))"
_LABEL = r"(?:due(?: date)?(?:[:=]| is| on| by)?|(?:eta|deadline)[:=])"
_DUE = late(
    r"\b(?:"
    rf"(?:by|until|till|no later than|not later than|{_LABEL}|deadline(?: is|:)?)[ ]{_POINT}"
    r"|by (?:noon|midnight|lunch(?:time)?|\d{1,2}(?:st|nd|rd|th)|\d{1,2}[:.]\d\d|\d{1,2} ?[ap]m)"
    rf"|before {_POINT}|before {_EVENT}"
    rf"|(?:early |late(?:r)? |sometime )?(?:next|later this) (?:{_SPAN}|{_DAY})"
    rf"|(?:this|coming) {_DAY}|later today|first thing (?:tomorrow|{_DAY})"
    r"|(?:tomorrow|tmrw|tmw)(?: (?:morning|afternoon|evening|noon))?"
    rf"|within (?:the next |about )?{_COUNT} ?(?:business |working )?(?:hour|day|week|month)s?"
    rf"|in (?:the next |about )?{_COUNT} ?(?:business |working )?(?:day|week|month)s?(?= ?[.,;!)]| ?$| from now)"
    rf"|(?:at |by )?(?:the )?{_END}"
    r"|tonight|over the weekend|(?<!\bof )(?:this afternoon|this (?:weekend|week|sprint|month|quarter)(?= ?[.,;!)]| ?$))"
    r")(?![\w/])",
    re.IGNORECASE,
)
_CLEAR = ("by ", "until ", "till ", "no later", "not later", "due ", "due:", "next ")
_STOP = r"(?= ?(?:[.,;!)]|$| [-–—]| and\b| with\b| still\b| if\b| or\b))"
_BARE = late(
    rf"(?<![\w/'])(?<!\bof )(?<!\blast )(?<!\bevery )(?<!\beach )(?<!\bsince )(?<!\bnot )"
    r"(?<!\ba )(?<!\bfrom )(?<!\bafter )(?<!\bfirst )(?<!\bthe )(?<!\d )(?<!\bis )"
    rf"(?:(?:today|this (?:week|sprint|month|quarter)|{_FULL_DAY}|"
    r"(?:for|in|into) q[1-4]|in the morning|first thing|(?:by|before) (?:the )?(?:noon|month end|end of \w+)|"
    r"after the (?:next |coming )?(?:release|freeze|launch|sale|peak|audit|migration|holidays|weekend|deploy|go-live))"
    rf"{_STOP}|^{_FULL_DAY}(?=[,:]))(?!['’])",
    re.I,
)
_ON = late(rf"\b(?:on {_DAY}|in (?!may\b|march\b){_MONTH}|on the [0-3]?\d(?:st|nd|rd|th))(?![\w/])(?! \d)", re.I)
_PAST = late(
    r"\b(?:was|were|wasn't|weren't|did|didn't|had|been|since|broke|went|got|saw|came|found|lost|fell|ran|last|why|"
    r"(?<!-)(?<!\bbe )(?<!\bget )(?!need)\w{2,}ed)\b(?:(?!(?:\b(?:i|we|you)'ll|, (?:i )?will|\blet me) )[^.;?!])*\Z",
    re.I,
)


def of(said: str) -> str:
    """The words that say until when, as they were written; "" where nothing says it. The first ones count."""
    said = said[:1500].replace("’", "'")
    for each in (_DUE, _ON, _BARE):
        for found in each.finditer(said):
            before = said[max(0, found.start() - 120) : found.start()]
            if not _PAST.search(before) or found[0].lower().startswith(_CLEAR):
                return found[0].strip(" .")
    return ""


def put(todo: TodoFinding) -> TodoFinding:
    """The follow-up with what it says about its time: in its own words first, else in the sentences around them."""
    due = of(todo.text) or of(todo.detail)
    return replace(todo, due=due) if due else todo


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
    if said.startswith("before "):
        return None
    said = re.sub(
        rf"^(?:by|until|till|no later than|not later than|{_LABEL}|deadline(?: is|:)?|on|at|later|within|in) ",
        "",
        said,
    )
    for read in (_near, _weekday, _in_days, _dated, _end_of):
        found = read(said, today)
        if found is not None:
            return found if found >= today else None
    return None


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
    month = calendar_words.month(name)
    if year:
        return _date(int(year), month, int(number))
    this = _date(today.year, month, int(number))
    return this if this and this >= today else _date(today.year + 1, month, int(number))


def _end_of(said: str, today: date) -> date | None:
    if re.fullmatch(r"(?:the )?end of (?:the |this )?month|eom", said):
        return today.replace(day=monthrange(today.year, today.month)[1])
    return date(today.year, 12, 31) if re.fullmatch(r"(?:the )?end of (?:the |this )?year|eoy", said) else None


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
