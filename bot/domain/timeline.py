"""The timeline that people stand behind: what the harvest proposed and somebody confirmed, and what was added by hand. An
item is ready for review when it has evidence, or a reason why there is none (R-20, R-21)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain import business_time
from bot.domain.harvest.finding import TimelineKind

# what every timeline should have, in the order in which it happens.
MUST_HAVES: Mapping[str, frozenset[TimelineKind]] = {
    "when it began": frozenset({TimelineKind.impact_start}),
    "when somebody was paged": frozenset({TimelineKind.page}),
    "when the status page was updated": frozenset({TimelineKind.public}),
    "when it ended": frozenset({TimelineKind.resolved}),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the timeline. `at` is the time of the event, an aware UTC instant; `ts`, `line` and `thread_ts` name the
    message it comes from, when it comes from one. `evidence` are web addresses; `waiver` is why there are none.
    `approximate` says that the time is only about right; `rank` orders lines of one instant; `merged_into` names the line
    that took this one in. `channel_id` is where its message stands, "" for the incident's own channel.
    """

    id: str
    postmortem_id: str
    at: datetime
    text: str
    kind: TimelineKind
    by: str
    saved_at: datetime
    ts: str | None = None
    line: int | None = None
    thread_ts: str | None = None
    user_id: str | None = None
    evidence: tuple[str, ...] = ()
    waiver: str = ""
    removed: bool = False
    version: int = 1
    approximate: bool = False
    rank: int = 0
    merged_into: str | None = None
    channel_id: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", business_time.to_utc(self.at, "at"))

    @property
    def bare(self) -> bool:
        """R-21: neither evidence nor a reason why there is none."""
        return not self.evidence and not self.waiver.strip()


def still_asked_for(kinds: Iterable[TimelineKind]) -> tuple[str, ...]:
    """R-20: what a timeline with these kinds of events does not tell yet."""
    there = set(kinds)
    return tuple(what for what, any_of in MUST_HAVES.items() if not there & any_of)


def kind_label(kind: TimelineKind) -> str:
    """`Impact start`: the kind as people read it."""
    return kind.value.replace("_", " ").capitalize()


def clock(item: Item) -> str:
    """`14:02:05`, in UTC, where its day stands above it; `about 14:02` where the time is only about right."""
    return f"about {item.at:%H:%M}" if item.approximate else f"{item.at:%H:%M:%S}"


def moment(item: Item) -> str:
    """`2026-11-23 14:02:05`, in UTC; `about 2026-11-23 14:02` where the time is only about right."""
    return f"about {item.at:%Y-%m-%d %H:%M}" if item.approximate else f"{item.at:%Y-%m-%d %H:%M:%S}"


def place(item: Item) -> tuple[datetime, int, str, int, str]:
    """What a line is sorted by: the time of the event; of one instant, its rank and then the order of the messages."""
    return item.at, item.rank, item.ts or "", item.line or 0, item.id


def in_order(items: Iterable[Item]) -> tuple[Item, ...]:
    """Those that are not removed, each at its place."""
    return tuple(sorted((item for item in items if not item.removed), key=place))
