"""Times of day inside a line ("first failed checkout 21:01", "since ~08:30 yesterday", "Saturday 18:10"), with the day and the zone
that stand beside them, and whether they are of something to come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import islice, zip_longest

from bot.domain.harvest import calendar_words, clock, dial, present, spoken
from bot.domain.harvest.clock import Clock, Day, Where
from bot.domain.harvest.late import late

_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, **{str(each): each for each in range(2, 10)}}
_HOUR = r"(?P<{}>[01]?\d|2[0-3])"
_TIME = late(
    rf"(?<![\w:.,/#$€£'+=-])(?:{clock.DATE}[T ,]\s?)?{_HOUR.format('hour')}"
    rf"(?:(?:[:h]|{clock.MILITARY})(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,]\d{{1,9}})?)?(?:\s?{clock.HALF})?|"
    rf"(?<=since \d)\.(?P<point>[0-5]\d)|(?<=since \d\d)\.(?P<points>[0-5]\d)|\.(?P<pointed>[0-5]\d)(?=\s?(?:Uhr|UTC|Z)\b)|"
    rf"\s?{clock.HALF.replace('half', 'noon')}|"
    r"(?P<bare>(?=\s?(?:UTC|GMT|local|Uhr)\b)|(?<=night at \d)|(?<=night around \d)|" + dial.WORDING + r"))(?:-?ish\b)?"
    rf"(?:\s?Uhr\b)?(?:\s?\(?{clock.ZONE}(?![\w])\)?)?(?![\w%/]|:\S|[.,]\d)(?P<own>\s(?:local|my time|our time|here|for (?:us|me))\b)?",
    re.I,
)
_DAY = (
    r"(?:(?:the )?(?P<word>day before yesterday|yesterday(?: (?:morning|afternoon|evening|night))?|last night|tonight|today|"
    r"this (?:morning|afternoon|evening))|(?P<days>two|three|four|five|[2-9]) days ago|(?:last |on )?"
    rf"(?P<weekday>{calendar_words.SHORT_DAY})(?:s|nes|rs|ur)?(?:day)?(?: (?:night|morning|afternoon|evening))?|"
    r"(?:on )?(?:the )?(?P<date>\d{1,2})(?:st|nd|rd|th)?"
    rf"(?: of)? (?P<month>{calendar_words.SHORT_MONTH})[a-z]{{0,6}}|"
    rf"(?:on )?(?P<month2>{calendar_words.SHORT_MONTH})[a-z]{{0,6}}\.? (?P<date2>\d{{1,2}})"
    r"(?:st|nd|rd|th)?|on (?:the )?(?P<date3>\d{1,2})(?:st|nd|rd|th))"
)
_DAY_BEFORE = late(rf"(?<!\w){_DAY},?\s(?:(?:at|around|about|from|since) )?[~(@]?$", re.I)
_DAY_AFTER = late(rf"\s?,?\s?\(?{_DAY}(?!\w)", re.I)
A_DAY = late(
    rf"\b20\d\d-[01]\d-[0-3]\d\b|\b\d{{1,2}}(?:st|nd|rd|th)? (?:{calendar_words.SHORT_MONTH})[a-z]{{0,6}}\b", re.I
)
_SLASHED = late(r"\b(\d{1,2})/(\d{1,2})(?:/\d{2,4})?,?\s(?:at )?$")
_CLAUSE = late(r"[,;.!?]\s|\s[-–—]\s")
_AHEAD = late(
    r"\b(?:eta|next|deadline|plan(?:ned|s)?|schedul\w+|expect\w*|est|will|going to|gonna|shall|should|would|could|might|let's|"
    r"latest|due|tomorrow|later|usual(?:ly)?|always|normally|(?:every|each) \w*(?:day|night|morning|hour|"
    r"week|month|quarter)|if|unless|expires?|ends|closes?|opens?|not|need|want|can|may|must|goes|go|gets|resets|runs|fires|"
    r"reads|leaves|finish|meet(?:ing)?|review \w+day|\w+days|retro\w*|debrief|window|time is)\b|'ll\b|"
    r"\b(?:until|till?|by|(?<!just )(?<!right )(?<!shortly )(?<!bit )(?:before|after)|for|than|"
    r"duration|took|(?<!as )of|to|i\.e\.|it's|it is|now)(?: (?:about|around|at))?\W{0,2}$|"
    r"(?<!^)=$|(?<!\boldest )(?<!\bearliest )(?<!\bfirst )(?<!\bnewest )\b(?:is|are|one|ones|those|logs?|backup|snapshot|dump) from ~?$",
    re.I,
)
_AHEAD_AFTER = late(
    r"\s?(?:at the latest|latest|tomorrow|\?|is planned|or later|every\b|each\b|deadline|slot\b|update\b|run\b)", re.I
)
_AGAIN = late(
    r"\b(?:daily|nightly|cron)\b", re.I
)  # unless it is told of one time: "the nightly sync pulled them at 05:00"
_HALF_DAY = late(r"\b(?:morning|afternoon|evening)\b", re.I)
_ZONE_AFTER = late(r" \(?(?:UTC|GMT|Z)\b", re.I)
_PLANNED = late(r"\b(?:planned|scheduled|upcoming)\b", re.I)
_SPAN_AFTER = late(r"\s?(?:min(?:ute)?s?|secs|seconds|hours|hrs|ratio)\b", re.I)

_MOST, _SIGHT = 20, 120  # times of a line, and letters beside one of them
SINCE_A_DAY = late(rf"\bsince (?:about |around )?{_DAY},? (?:at |around |about )?~?$", re.I)
_BEGAN = late(r"\bsince ~?$", re.I)
_AFTER_AT = late(r"\b(?:at|since|around|from|à|vers|depuis|um|seit) ~?$", re.I)


@dataclass(frozen=True, slots=True)
class Told:
    """A time in a line. `ahead`: the words say that it was still to come, or came again and again; `own`: that it is in the
    author's zone; `dated`: a day stands beside it; `present`: its verb is in the present, so that it can be of a plan."""

    clock: Clock
    start: int
    end: int
    ahead: bool
    own: bool
    dated: bool
    present: bool = False


def times(line: str) -> Iterator[Told]:
    """The times of day in a line, in order; of very many the first ones."""
    numbers = [told for found in islice(_TIME.finditer(line), _MOST) if (told := _told(found, line))]
    for told, then in zip_longest(numbers, numbers[1:]):
        yield _up_to(told, then, line)
    if spoken.may_hold(line):
        for found in islice(spoken.SPOKEN.finditer(line), _MOST):
            told = _in_words(found, line)
            if told:
                yield told


def plan(told: Told, written: datetime, own: tzinfo) -> bool:
    """Whether a time with no zone is one of a plan: the verb is in the present, and in the author's zone or in UTC it lies a little
    after the message."""
    if not told.present or told.clock.zone or told.dated:
        return False
    readings = [told.clock.at(written, where) for where in (own, UTC)]
    return present.is_plan([each for each in readings if each], written)


def instant(told: Told, written: datetime, where: Where) -> datetime | None:
    """The instant (UTC) of a time in a message written then; never ahead, unless its day is written."""
    meant = Where(where.own) if told.own else where
    at = meant.read(told.clock, written)
    if at and at > written + clock.SLACK and not told.dated:
        at -= timedelta(days=1)
    return at


def _told(found: re.Match[str], line: str) -> Told | None:
    part, before, after = (
        found.groupdict(),
        line[max(found.start() - _SIGHT, 0) : found.start()],
        line[found.end() : found.end() + _SIGHT],
    )
    slashed = _SLASHED.search(before)
    date_of = calendar_words.of_slashes(slashed[1], slashed[2]) if slashed else None
    if _SPAN_AFTER.match(after) or (slashed and date_of is None):
        return None
    if "h" in found[0][:3].lower() and not _AFTER_AT.search(before):
        return None  # how long, not when
    written = {
        **{name: part[name] for name in ("year", "month", "day", "hour", "second", "zone")},
        "minute": part["minute"] or part["point"] or part["points"] or part["pointed"],
        "half": part["half"] or part["noon"],
    }
    near = _DAY_BEFORE.search(before) or _DAY_AFTER.match(after)
    hour = int(part["hour"])
    if near and part["bare"] is not None and dial.is_late(hour, near[0]):
        hour += 12
        written["hour"] = str(hour)
    of_day = hour % 12 + 12 if (written["half"] or "").lower().startswith(("p", "noon")) else hour
    meant = clock.of(written, _on(*date_of) if date_of else _day(near, of_day) if near else None)
    if meant is None or (part["dial"] is not None and not (part["own"] or meant.zone or dial.is_time(before, after))):
        return None
    if part["bare"] is not None and (part["own"] or part["dial"] is not None) and not (meant.zone or near):
        meant = dial.of_either_half(meant)
    clause, since = _clause(before), bool(_BEGAN.search(before))
    planned = _PLANNED.search(_CLAUSE.split(before)[-1])
    ahead = bool(_AHEAD_AFTER.match(after) or planned or (not since and _is_ahead(clause)))
    now = not (ahead or since) and present.speaks(clause, _CLAUSE.split(after, 1)[0])
    return Told(meant, found.start(), found.end(), ahead, bool(part["own"]), bool(near or date_of or part["year"]), now)


def _in_words(found: re.Match[str], line: str) -> Told | None:
    """A time of day in words. One with a day is left alone where nothing says which half of the day is meant."""
    meant = spoken.meant(found)
    before, after = line[max(found.start() - _SIGHT, 0) : found.start()], line[found.end() : found.end() + _SIGHT]
    near = _DAY_BEFORE.search(before) or _DAY_AFTER.match(after)
    if meant is None or (near and meant.twice and not _HALF_DAY.search(near[0])):
        return None
    if near:
        late = meant.twice and not near[0].lower().endswith("morning")
        hour = meant.hour + 12 * late
        meant = replace(meant, hour=hour, twice=False, day=_day(near, hour))
    zone = _ZONE_AFTER.match(after)
    if zone:
        meant = replace(meant, zone=UTC)
    ahead = bool(_AHEAD_AFTER.match(after) or _is_ahead(_clause(before)))
    return Told(meant, found.start(), found.end(), ahead, own=not zone, dated=bool(near))


def _up_to(told: Told, then: Told | None, line: str) -> Told:
    """A time with what stands beside the one until which it was, if there is one."""
    if (
        then is None
        or told.clock.zone
        or told.own
        or told.dated
        or not dial.UP_TO.fullmatch(line, told.end, then.start)
    ):
        return told
    return replace(told, clock=dial.up_to(told.clock, then.clock), own=then.own)


def _is_ahead(clause: str) -> bool:
    return bool(_AHEAD.search(clause) or (_AGAIN.search(clause) and not present.past(clause)))


def _clause(before: str) -> str:
    """The last words before a time, back to where a new thought begins."""
    ends = [found.end() for found in _CLAUSE.finditer(before)]
    return " ".join(before[ends[-1] if ends else 0 :].split()[-7:])


def _day(found: re.Match[str], hour: int) -> Day:
    part = {name: (text or "").lower() for name, text in found.groupdict().items()}
    if part["weekday"]:
        wanted = calendar_words.weekday(part["weekday"])
        return lambda today: today - timedelta(days=(today.weekday() - wanted) % 7)
    if part["word"] or part["days"]:
        back = _COUNTS[part["days"]] if part["days"] else _back(part["word"], hour)
        return lambda today: today - timedelta(days=back)
    number = int(part["date"] or part["date2"] or part["date3"])
    month = part["month"] or part["month2"]
    return lambda today: _last(today, number, calendar_words.month(month) if month else None)


def _on(number: int, month: int) -> Day:
    return lambda today: _last(today, number, month)


def _back(word: str, hour: int) -> int:
    """How many days before the message."""
    if word.startswith("day before"):
        return 2
    return int(word.startswith("yesterday") or (word == "last night" and hour >= 12))


def _last(today: date, number: int, month: int | None) -> date | None:
    """The last day of that number (and month) up to today."""
    day = today
    for _ in range(366 if month else 31):
        if day.day == number and month in (None, day.month):
            return day
        day -= timedelta(days=1)
    return None
