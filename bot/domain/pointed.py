"""One message that somebody points at by hand: what it would be as a line of the timeline, as a TODO, as a query and as
evidence, read by the rules of the harvest; a person looks at it before anything is saved (R-20, R-25, R-30)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain import evidence, timeline
from bot.domain.harvest import due_words, one
from bot.domain.harvest.finding import Confidence, TimelineKind, TodoFinding
from bot.domain.harvest.message import Message, instant
from bot.domain.harvest.person import Person
from bot.domain.timeline import Item


@dataclass(frozen=True, slots=True)
class Source:
    """The message: who wrote it, and where. `channel_id` is "" for the record's own channel, `thread_ts` None outside threads."""

    ts: str
    thread_ts: str | None = None
    user_id: str | None = None
    channel_id: str = ""

    @property
    def at(self) -> datetime:
        """When it was posted."""
        return instant(self.ts)


@dataclass(frozen=True, slots=True)
class Pointed:
    """What the message gives. `at` is the time that is written in it, else that of posting; `query` is to the letter."""

    source: Source
    at: datetime
    kind: TimelineKind
    words: str
    evidence: tuple[str, ...]
    query: str


def read(message: Message, people: Mapping[str, Person], home: str, workspace_url: str = "") -> Pointed:
    """The message as the harvest reads it; `home` is the channel of the record."""
    entry, said = one.entry(message, people), one.said(message, people)
    return Pointed(
        source=Source(
            message.ts, entry.thread_ts, message.user_id, "" if message.channel_id == home else message.channel_id
        ),
        at=entry.at,
        kind=entry.kind,
        # Of one line alone the time that it opens with is left out.
        words=_typed(said if "\n" in said else entry.text),
        evidence=evidence.proposed(entry.evidence, workspace_url),
        query=one.query(message).text,
    )


def todo(source: Source, words: str, rule: str) -> TodoFinding:
    """A TODO that somebody points out, which waits in the list for a decision."""
    said = words.strip()
    due = due_words.of(said)
    return TodoFinding(source.ts, source.thread_ts, 0, source.user_id, said, "", None, rule, Confidence.A, due)


def line_of(items: Sequence[Item], source: Source) -> Item | None:
    """The line that this message has in the timeline; where it was merged into another one, that one."""
    here = [item for item in items if item.ts == source.ts and item.channel_id == source.channel_id]
    by_id = {item.id: item for item in items}
    for item in sorted(here, key=lambda each: (each.removed, each.line or 0)):
        kept = _kept(item, by_id)
        if kept is not None:
            return kept
    return None


def whole(items: Sequence[Item], marked: Collection[str]) -> frozenset[str]:
    """Messages that are one line as a whole, since somebody pointed at them: nothing further is proposed of them. `marked`
    are the lines that reactions and pins made."""
    by_id = {item.id: item for item in items}
    made = (item for item in items if item.ts and (item.line is None or item.id in marked))
    return frozenset(item.ts for item in made if item.ts and _kept(item, by_id))


def nearest(items: Sequence[Item], source: Source) -> list[Item]:
    """The lines that stand, those of this message and of its thread first, then by how near they are in time."""
    thread = source.thread_ts or source.ts

    def far(item: Item) -> tuple[bool, bool, float]:
        related = thread in (item.thread_ts, item.ts) and item.channel_id == source.channel_id
        return item.ts != source.ts, not related, abs((item.at - source.at).total_seconds())

    return sorted(timeline.in_order(items), key=far)


def _kept(item: Item, by_id: Mapping[str, Item]) -> Item | None:
    """The line itself, or the one that took it in; None for one that was taken out."""
    seen: set[str] = set()
    while item.removed and item.merged_into in by_id and item.id not in seen:
        seen.add(item.id)
        item = by_id[item.merged_into or ""]
    return None if item.removed else item


def _typed(words: str) -> str:
    """Nothing where there are no words: whoever adds it says what happened."""
    return "" if words == one.NO_WORDS else words
