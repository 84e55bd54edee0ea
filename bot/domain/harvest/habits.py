"""In which zone the people of a channel write their times. Many write UTC, others their own time, and few say which: the times
that they write beside the time of the message tell it, of each person first, of the others where they wrote little."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from bot.domain.harvest import told
from bot.domain.harvest.clock import Where
from bot.domain.harvest.late import late

_HAS_TIME = late(r"\d[:h][0-5]\d")
_RULE = late(
    r"\b(?:all )?times?(?:tamps?)? (?:here |below )?(?:are |is )?(?:in|are|is) (?:UTC|GMT)\b|\(times? in UTC\)|"
    r"\ball times UTC\b|\beverything in UTC\b|\bUTC please\b",
    re.I,
)
_OF_OTHERS = 0.6  # what another person's times weigh for somebody
_MOST, _MOST_OF_OTHERS, _AGREED = 6.0, 2.5, 3.0
_ONE = 2.0  # what one time can weigh
_SOME = 2  # times of others from which on a habit is the channel's


@dataclass(frozen=True, slots=True)
class Line:
    """A line, who wrote it (None for an app), when, and their zone."""

    author: str | None
    written: datetime
    own: tzinfo
    said: str


def may_tell(text: str) -> bool:
    """Whether a message can hold a time or say how times are written."""
    return bool(_HAS_TIME.search(text)) or "UTC" in text


class Habits:
    """What the times in a conversation say about the zone in which each author writes them. `known` are the times of day, in UTC,
    that somebody wrote with a zone."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._of: dict[str, float] = {}
        self._in_utc: dict[str, int] = {}  # how many times of each speak for UTC
        self._agreed = 0.0
        every = [(line, tuple(told.times(line.said))) for line in lines]
        self.known = frozenset(_zoned(every))
        for line, times in every:
            if _RULE.search(line.said):
                self._agreed = _AGREED
            if line.author:
                speaks = self._speaks(line, times)
                self._of[line.author] = self._of.get(line.author, 0.0) + speaks
                self._in_utc[line.author] = self._in_utc.get(line.author, 0) + (speaks > 0)
        self._all = sum(self._of.values())

    def where(self, author: str | None, own: tzinfo) -> Where:
        """How the times of an author are read."""
        mine = self._of.get(author or "", 0.0)
        others = _OF_OTHERS * (self._all - mine) if self._are_of_a_mind(author) else 0.0
        return Where(own, _within(mine, _MOST) + _within(others, _MOST_OF_OTHERS) + self._agreed, self.known)

    def _are_of_a_mind(self, author: str | None) -> bool:
        """Whether what the others write says anything of somebody: one time of one person does not."""
        others = [each for each in self._of if each != author]
        leans = [self._of[each] for each in others if self._of[each]]
        in_utc = sum(self._in_utc[each] for each in others)
        return in_utc >= _SOME and min(leans) > 0 if max(leans, default=0.0) > 0 else True

    def _speaks(self, line: Line, times: Iterable[told.Told]) -> float:
        """For UTC above zero, for the author's own zone below."""
        bare = (each for each in times if not (each.clock.zone or each.clock.halved or each.own))
        return sum(self._one(each, line) for each in bare)

    def _one(self, each: told.Told, line: Line) -> float:
        own, utc = each.clock.at(line.written, line.own), each.clock.at(line.written, UTC)
        if own is None or utc is None or own == utc or told.plan(each, line.written, line.own):
            return 0.0
        if each.ahead:  # then it lies after the message as elsewhere before it
            own, utc = (line.written + (line.written - at) for at in (own, utc))
        return _within(Where(known=() if each.ahead else self.known).speaks(own, utc, line.written), _ONE)


def _zoned(every: Iterable[tuple[Line, Iterable[told.Told]]]) -> Iterator[tuple[int, int]]:
    for line, times in every:
        for each in times:
            at = each.clock.at(line.written, UTC) if each.clock.zone else None
            if at:
                yield at.hour, at.minute


def _within(weight: float, most: float) -> float:
    return max(-most, min(most, weight))
