"""Timelines of every length and shape, for tests of what is drawn of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.domain import timeline_picture
from bot.domain.harvest.finding import TimelineFinding, TimelineKind
from bot.domain.picture import Picture
from bot.domain.picture_marks import Event
from bot.domain.severity_time import Stretch
from tests import factories

T = datetime(2026, 11, 23, 13, 5, tzinfo=UTC)
KINDS = tuple(TimelineKind)


def proposals(number: int, words: Sequence[str]) -> tuple[TimelineFinding, ...]:
    """So many events, two minutes apart, with these words in turn."""
    return tuple(
        factories.event(
            words[place % len(words)], at=factories.STARTED + timedelta(minutes=2 * place), kind=KINDS[place % len(KINDS)],
            ts=factories.ts(factories.STARTED, place),
        )
        for place in range(number)
    )  # fmt: skip


def events(
    number: int, minutes: float, begin: datetime = T, words: str = "Restarted the pods of checkout"
) -> list[Event]:
    """So many, these minutes apart, of every kind; every third one is a proposal."""
    return [
        Event(
            begin + timedelta(minutes=minutes * place), f"{words} {place}", KINDS[place % 11], proposed=place % 3 == 0
        )
        for place in range(number)
    ]


def drawn(found: Sequence[Event], name: str = "PM-7") -> Picture:
    """With phases and severities over all of it."""
    first, last = min(each.at for each in found), max(each.at for each in found)
    part = (last - first) / 4
    moments = [("start", first), ("detection", first + part), ("mitigation", first + 2 * part), ("resolution", last)]
    stretches = [Stretch(first, first + part, 1), Stretch(first + part, last, 2)] if part else []
    picture = timeline_picture.draw(name, found, moments, stretches)
    assert picture is not None
    return picture


EVENING = datetime(2026, 11, 23, 23, 40, tzinfo=UTC)
TIMELINES = {
    "one": events(1, 0),
    "five": events(5, 13),
    "five, one a day": events(5, 1440),
    "five with right-to-left words": events(5, 9, words="שלום עולם קו 3 נפל"),
    "five with wide words": events(5, 9, words="数据库主节点故障" * 9 + "🔥" * 20),
    "five across midnight": events(5, 11, EVENING),
    "twelve": events(12, 20),
    "eighty": events(80, 2),
    "eighty at one instant": events(80, 0),
    "eighty across midnight": events(80, 3, EVENING),
    "eighty on four days": [each for day in range(4) for each in events(20, 7, T + timedelta(days=day))],
    "eighty, each some hours after the other": events(80, 190),
    "eighty, and one a month later": [*events(80, 1), Event(T + timedelta(days=31), "again", TimelineKind.other)],
    "eighty within a second": events(80, 0.0001),
    "two and ten hours between": events(2, 600),
    "three hundred": events(300, 1),
}  # fmt: skip
