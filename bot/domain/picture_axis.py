"""The axis of time: true to scale within each busy stretch, and visibly broken where hours went by in which nothing happened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from bot.domain import phrases, picture, response_times
from bot.domain.picture import Anchor, Rule, Tone, Words

BREAK, _PAD, _LEAST = 52.0, 15.0, 52.0
_MOST_BREAKS, _QUIET = 8, timedelta(hours=2)
# A gap is quiet beside the others where it is this many times longer than the shorter ones.
_TIMES_LONGER = 3
_STEPS = tuple(
    timedelta(minutes=each) for each in (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 7200, 14400)
)
_APART, _SIZE = 58.0, 11.0
_DAY = timedelta(days=1)
_MANY = 6


@dataclass(frozen=True, slots=True)
class Busy:
    """A stretch of time and where it lies."""

    start: datetime
    end: datetime
    left: float
    right: float

    def x(self, at: datetime) -> float:
        """Where an instant of this stretch is."""
        inner = self.right - self.left - 2 * _PAD
        length = self.end - self.start
        return self.left + _PAD + (inner * ((at - self.start) / length) if length else inner / 2)


@dataclass(frozen=True, slots=True)
class Axis:
    """Stretches from left to right, with a break between neighbours."""

    stretches: tuple[Busy, ...]

    def x(self, at: datetime) -> float:
        """Where an instant is; what lies in a break is at its middle."""
        for each in self.stretches:
            if each.start <= at <= each.end:
                return each.x(at)
        before = [each for each in self.stretches if each.end < at]
        return before[-1].right + BREAK / 2 if before else self.stretches[0].left


def axis(instants: Iterable[datetime], left: float, right: float) -> Axis:
    """From the first to the last of these aware instants; there is at least one. Each has its place on the axis."""
    most = min(_MOST_BREAKS, int((right - left - _LEAST) / (BREAK + _LEAST)))
    busy = _busy(sorted(set(instants)), most)
    room = right - left - BREAK * (len(busy) - 1) - _LEAST * len(busy)
    spans = [times[-1] - times[0] for times in busy]
    whole, many = sum(spans, timedelta()), sum(len(times) for times in busy)
    placed, at = [], left
    for times, span in zip(busy, spans, strict=True):
        # Half by the length, half by how much there is to show.
        share = len(times) / many if not whole else 0.5 * (span / whole) + 0.5 * len(times) / many
        until = at + _LEAST + room * share
        placed.append(Busy(times[0], times[-1], at, until))
        at = until + BREAK
    return Axis(tuple(placed))


def _busy(times: Sequence[datetime], most: int) -> list[list[datetime]]:
    gaps = sorted((later - earlier for earlier, later in pairwise(times)), reverse=True)
    usual = gaps[-1 - len(gaps) // 4] if gaps else timedelta()
    quiet = [gap for gap in gaps if gap >= _QUIET and gap >= _TIMES_LONGER * usual][:most]
    left = len(quiet)
    found = [[times[0]]]
    for earlier, later in pairwise(times):
        if left and later - earlier >= quiet[-1]:
            found.append([])
            left -= 1
        found[-1].append(later)
    return found


def marks(on: Axis, y: float, top: float, bottom: float) -> tuple[list[Rule], list[Words]]:
    """The axis at `y` with its times under it and its days under them; breaks and midnights go from `top` to `bottom`."""
    rules, words = _line(on, y, bottom), _breaks(on, y)
    for each in on.stretches:
        for at in _ticks(each):
            said = Words(each.x(at), y + 17, f"{at:%H:%M}", _SIZE, Anchor.MIDDLE, tone=Tone.MUTED)
            if _free(said, words):
                words.append(said)
                rules.append(Rule(((each.x(at), y), (each.x(at), y + 5)), Tone.MUTED))
    days, midnights = _days(on, y + 32, top, y)
    return [*midnights, *rules], [*words, *days]


def day(at: datetime) -> str:
    """`Mon 23 Nov`, in UTC."""
    return phrases.day(at.date()).rpartition(" ")[0]


def _line(on: Axis, y: float, bottom: float) -> list[Rule]:
    rules = [Rule(((each.left, y), (each.right, y)), Tone.INK, 2) for each in on.stretches]
    for each, after in pairwise(on.stretches):
        rules += [Rule(((x - 3, y + 7), (x + 3, y - 7)), Tone.INK, 1.5) for x in (each.right, after.left)]
        rules.append(Rule(((each.right + 6, y), (after.left - 6, y)), Tone.MUTED, 1, broken=True))
    return rules


def _breaks(on: Axis, y: float) -> list[Words]:
    return [
        Words(each.right + BREAK / 2, y + 17, _short(after.start - each.end), 10, Anchor.MIDDLE, tone=Tone.MUTED)
        for each, after in pairwise(on.stretches)
    ]


def _short(gap: timedelta) -> str:
    """How long nothing happened, in a few letters."""
    if gap >= 3 * _DAY:
        return f"{gap // _DAY} days"
    said = response_times.span(timedelta(hours=round(gap / timedelta(hours=1))))
    return f"{round(gap / timedelta(hours=1))} h" if picture.width(said, 10) > BREAK - 6 else said


def _ticks(each: Busy) -> list[datetime]:
    """Round times that stand apart; the begin of a stretch too short for one."""
    inner, length = each.right - each.left - 2 * _PAD, each.end - each.start
    step = next((step for step in _STEPS if length and inner * (step / length) >= _APART), _STEPS[-1])
    epoch = datetime(2024, 1, 1, tzinfo=UTC)
    at = epoch + -((epoch - each.start) // step) * step
    found = []
    while at <= each.end:
        if at >= each.start:
            found.append(at)
        at += step
    return found or [each.start]


def _days(on: Axis, y: float, top: float, bottom: float) -> tuple[list[Words], list[Rule]]:
    """Midnights first, since a line without its day would be a riddle; then the day that a stretch begins on. Of many days the
    short names; and of more than have room some, each with its line."""
    most, midnights = on.stretches[-1].right, [(each, at) for each in on.stretches for at in _midnights(each)]
    called = day if len(midnights) <= _MANY else _short_day
    words: list[Words] = []
    rules = []
    for each, at in midnights:
        x = each.x(at)
        if _add(words, x, y, called(at), most):
            rules.append(Rule(((x, top), (x, bottom)), Tone.LINE, 1, broken=True))
    shown = ""
    for each in on.stretches:
        if day(each.start) != shown:
            _add(words, each.left + 2, y, called(each.start), most)
        shown = day(each.end)
    return words, rules


def _short_day(at: datetime) -> str:
    return day(at).partition(" ")[2]


def _add(words: list[Words], x: float, y: float, said: str, most: float) -> bool:
    x = min(x, most - picture.width(said, _SIZE, strong=True))
    new = Words(x, y, said, _SIZE, strong=True, tone=Tone.MUTED)
    free = _free(new, words)
    if free:
        words.append(new)
    return free


def _midnights(each: Busy) -> list[datetime]:
    at = each.start.replace(hour=0, minute=0, second=0, microsecond=0) + _DAY
    found = []
    while at <= each.end:
        found.append(at)
        at += _DAY
    return found


def _free(new: Words, others: Iterable[Words]) -> bool:
    left, _, right, _ = new.box
    return all(right + 4 <= other.box[0] or left >= other.box[2] + 4 for other in others)
