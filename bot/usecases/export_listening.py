"""Which messages of an exported channel the harvest looks at closely. An export holds months of talk, of which an incident is a night."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.domain.harvest import analyse, declared, sound
from bot.domain.harvest.analyse import Options
from bot.domain.harvest.dialect import Dialect
from bot.domain.harvest.listening import Heard, Run
from bot.domain.harvest.message import Message
from bot.ports.export import Channel, Export

_EVENT = timedelta(days=14)
"""Who exports one channel, of no more days than that, exports an incident."""
_LONG, _LOOKED_AT = 300, 150
"""A run of more messages is in doubt however it sounds; of one in doubt so many are looked at, the last, where its sum is highest."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """`close` are the messages to look at closely, `marked` those around marked lines elsewhere, by their ts; `read` and `threads` is how
    many there are in all. `talk` are those in which the incident itself is talked of, by their ts; None: all that are close.
    `declared`: somebody says that it is an incident."""

    close: Mapping[str, Message]
    read: int
    threads: int
    marked: Mapping[str, Message] = field(default_factory=dict)
    talk: frozenset[str] | None = None
    declared: bool = False

    @property
    def passed_over(self) -> int:
        """How many messages were only heard."""
        return self.read - len(self.close)


def chosen(
    export: Export, channel: Channel, dialect: Dialect, since: datetime | None, until: datetime | None, *, whole: bool
) -> Chosen:
    """The messages for a harvest: by ear, unless somebody names a time or wants the whole, or the channel is the only one, or is named
    for an incident."""
    says_so = since is not None or until is not None or declared.is_named_for_one(channel.name)
    if says_so or whole:
        return replace(everything(export, channel, since, until), declared=says_so)
    if _is_the_only_one(channel, export):
        every = everything(export, channel, None, None)
        return replace(every, declared=_lasts(every.close) <= _EVENT)
    return by_ear(export, channel, dialect)


def _lasts(stamps: Collection[str]) -> timedelta:
    """From the first of these messages (ts) to the last."""
    times = [*map(float, stamps)]
    return timedelta(seconds=max(times) - min(times)) if times else timedelta()


def _is_the_only_one(channel: Channel, export: Export) -> bool:
    return [each.id for each in export.channels() if each.folder is not None] == [channel.id]


def everything(export: Export, channel: Channel, since: datetime | None, until: datetime | None) -> Chosen:
    """All messages of a span, `since` inclusive, `until` exclusive, both aware."""
    messages = between(export.messages(channel), since, until)
    threads = {each.thread_ts for each in messages.values() if each.is_reply}
    return Chosen(messages, len(messages), len(threads))


def by_ear(export: Export, channel: Channel, dialect: Dialect) -> Chosen:
    """What sounds of an incident, with its days; everything where there are few messages."""
    heard = Heard(dialect)
    for day in export.days(channel):
        heard.take(day.name, day.ts, day.threads, day.texts)
    read = len(set(heard.ts))
    if read < sound.FEW:
        return everything(export, channel, None, None)
    runs = [run for run in heard.runs() if _is_incident(run, heard, export, channel, dialect)]
    if not runs and _is_made_for_one(heard, export, channel, dialect):
        return replace(everything(export, channel, None, None), declared=True)
    around = heard.around(runs)
    marked = frozenset() if len(around) == read else heard.beside_marks() - around
    found = _messages(export, channel, heard, around | marked)
    close = {ts: each for ts, each in found.items() if ts in around}
    threads = {thread for ts, thread in zip(heard.ts, heard.threads, strict=True) if thread and thread != ts}
    beside = {ts: each for ts, each in found.items() if ts in marked}
    return Chosen(close, read, len(threads), beside, heard.talk(runs))


def _is_incident(run: Run, heard: Heard, export: Export, channel: Channel, dialect: Dialect) -> bool:
    """Where its sound leaves a doubt, what happens in it decides; so it does of a long run, which talk that sounds a little of work may
    add up to in weeks."""
    if run.weight >= sound.CLEAR and len(run.messages) <= _LONG:
        return True
    return _enough_happens(frozenset(run.messages[-_LOOKED_AT:]), heard, export, channel, dialect)


def _is_made_for_one(heard: Heard, export: Export, channel: Channel, dialect: Dialect) -> bool:
    """Whether a channel of days, in which nothing sounds of an incident, is one's nevertheless: people told of it in the words of other
    days, and enough happens in it."""
    every = frozenset(heard.ts)
    if len(every) > _LONG or _lasts(every) > _EVENT:
        return False
    return _enough_happens(every, heard, export, channel, dialect)


def _enough_happens(wanted: frozenset[str], heard: Heard, export: Export, channel: Channel, dialect: Dialect) -> bool:
    """Whether these messages (ts) have the timeline of an incident."""
    messages = _messages(export, channel, heard, wanted)
    return analyse.happens(messages.values(), export.people(), Options(dialect=dialect))


def _messages(export: Export, channel: Channel, heard: Heard, wanted: frozenset[str]) -> dict[str, Message]:
    if not wanted:
        return {}
    found = between(export.messages(channel, heard.files(wanted)), None, None)
    return {ts: each for ts, each in found.items() if ts in wanted}


def between(messages: Iterable[Message], since: datetime | None, until: datetime | None) -> dict[str, Message]:
    """The messages of a span by their ts, each in its last version."""
    found: dict[str, Message] = {}
    for each in messages:
        if (since is None or each.at >= since) and (until is None or each.at < until):
            before = found.get(each.ts)
            found[each.ts] = analyse.newer(before, each) if before else each
    return found
