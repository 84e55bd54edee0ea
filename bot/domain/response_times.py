"""How long it took to detect, to acknowledge, to mitigate and to resolve (X-4), from the kinds of the kept lines.

| time | from | to |
|---|---|---|
| to detect | the first impact start | the first detection, else the first page |
| to acknowledge | the first page or detection | the first action, decision or change of the status after it |
| to mitigate | the first impact start | the first mitigation |
| to resolve | the first impact start | the last "resolved": what came back was not over |

Where a kind is missing, the incident's details stand in (started, noticed, resolved), and it is said so. A line whose time is
only about right makes the figure one. What cannot be, such as an end before its beginning, is not shown as a figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.harvest.finding import TimelineKind as Kind
from bot.domain.postmortem import Times
from bot.domain.timeline import Item

_WITH_DETAIL = " (with a time of the incident's details)"
_NOTICED = (Kind.page, Kind.detection)
_ACTED = (Kind.action, Kind.decision, Kind.status_change)


@dataclass(frozen=True, slots=True)
class Point:
    """A moment: whether its time is only about right, and whether it is one of the details."""

    at: datetime
    about: bool = False
    detail: bool = False


@dataclass(frozen=True, slots=True)
class ResponseTime:
    """One figure. `needs` says what is missing or wrong where there is none."""

    name: str
    length: timedelta | None
    about: bool = False
    detail: bool = False
    needs: str = ""

    @property
    def known(self) -> bool:
        """Whether there is a figure."""
        return self.length is not None

    @property
    def short(self) -> str:
        """`about 1 h 24 min`, or `not known`."""
        if self.length is None:
            return "not known"
        return f"{'about ' if self.about else ''}{span(self.length)}"

    @property
    def said(self) -> str:
        """The figure with where it comes from, or what it needs."""
        if self.length is None:
            return f"not known: needs {self.needs}"
        return self.short + (_WITH_DETAIL if self.detail else "")


def response_times(items: Sequence[Item], times: Times) -> tuple[ResponseTime, ...]:
    """The four, in order; `items` are the kept lines."""
    began, detected, mitigated, resolved = _story(items, times)
    noticed = _first(items, *_NOTICED) or _detail(times.detected_at)
    acted = _first(items, *_ACTED, after=noticed.at) if noticed else None
    start, told = "when it began", "when it was noticed or somebody was paged"
    return (
        _time("to detect", began, start, detected, told),
        _time("to acknowledge", noticed, told, acted, "the first action, decision or status change after that"),
        _time("to mitigate", began, start, mitigated, "the first mitigation"),
        _time("to resolve", began, start, resolved, "when it was resolved"),
    )


def moments(items: Sequence[Item], times: Times) -> tuple[tuple[str, datetime], ...]:
    """When it began, was detected, mitigated and resolved, each with its name, as far as that is known; `items` are the kept lines."""
    named = zip(("start", "detection", "mitigation", "resolution"), _story(items, times), strict=True)
    return tuple((name, point.at) for name, point in named if point)


def _story(items: Sequence[Item], times: Times) -> tuple[Point | None, Point | None, Point | None, Point | None]:
    return (
        _first(items, Kind.impact_start) or _detail(times.started_at),
        _first(items, Kind.detection) or _first(items, Kind.page) or _detail(times.detected_at),
        _first(items, Kind.mitigation),
        _last(items, Kind.resolved) or _detail(times.resolved_at),
    )


def line(found: Sequence[ResponseTime]) -> str:
    """Those that are known in one line, and the names of the others; "" while none is known."""
    known = [f"{each.name} {each.short}" for each in found if each.known]
    others = [each.name for each in found if not each.known]
    if not known:
        return ""
    return f"Time {', '.join(known)}" + (f"; not known yet: {', '.join(others)}" if others else "")


def span(length: timedelta) -> str:
    """`2 days 3 h`, `1 h 24 min`, `6 min`, `40 s`: nothing that is longer than the last unit is lost."""
    seconds = int(length.total_seconds())
    if seconds < 60:
        return f"{seconds} s"
    days, hours, minutes = seconds // 86400, seconds // 3600 % 24, seconds // 60 % 60
    if days:
        return f"{days} {'day' if days == 1 else 'days'}{f' {hours} h' if hours else ''}"
    return " ".join([f"{hours} h"] * bool(hours) + [f"{minutes} min"] * bool(minutes))


def _time(name: str, begin: Point | None, begin_said: str, end: Point | None, end_said: str) -> ResponseTime:
    missing = [said for point, said in ((begin, begin_said), (end, end_said)) if point is None]
    if begin is None or end is None:
        return ResponseTime(name, None, needs=" and ".join(missing))
    if end.at < begin.at:
        return ResponseTime(name, None, needs=f"times that fit: {end_said} is before {begin_said}")
    return ResponseTime(name, end.at - begin.at, begin.about or end.about, begin.detail or end.detail)


def _detail(at: datetime | None) -> Point | None:
    return Point(at, detail=True) if at else None


def _first(items: Sequence[Item], *kinds: Kind, after: datetime | None = None) -> Point | None:
    found = [item for item in items if item.kind in kinds and (after is None or item.at >= after)]
    item = min(found, key=lambda each: each.at, default=None)
    return Point(item.at, item.approximate) if item else None


def _last(items: Sequence[Item], kind: Kind) -> Point | None:
    item = max((each for each in items if each.kind is kind), key=lambda each: each.at, default=None)
    return Point(item.at, item.approximate) if item else None
