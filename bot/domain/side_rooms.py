"""Several channels of one record (R-67). A message of the record's own channel is named by its `ts`; one of another channel
by its ts with that channel's number as a seventh digit after the dot, which Slack never writes. So two messages of one
moment in two channels stay two wherever something is named by its message, and the order is still that of time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.harvest.message import Message

# One digit tells them apart.
MOST = 9
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class SideRoom:
    """Another channel of a record. `number`, from 1, is never given to another channel of the record, also when this one does
    not belong to it any more, which `current` says."""

    postmortem_id: str
    team_id: str
    channel_id: str
    number: int
    added_by: str
    added_at: datetime
    current: bool = True


def named(ts: str, number: int) -> str:
    """How a message of the channel with that number is named; 0 is the record's own channel."""
    if not number:
        return ts
    seconds, _, fraction = ts.partition(".")
    return f"{seconds}.{fraction:0<{_DIGITS}}{number}"


def place(ts: str) -> tuple[str, int]:
    """Slack's own ts of a message, and the number of its channel."""
    seconds, _, fraction = ts.partition(".")
    if len(fraction) <= _DIGITS:
        return ts, 0
    return f"{seconds}.{fraction[:_DIGITS]}", int(fraction[_DIGITS:])


def channel_of(ts: str, own: str, side_rooms: Iterable[SideRoom]) -> str:
    """The channel that a message so named stands in."""
    number = place(ts)[1]
    return next((each.channel_id for each in side_rooms if each.number == number), own)


def renamed(message: Message, number: int) -> Message:
    """The message as it is named within the record."""
    if not number:
        return message
    thread = named(message.thread_ts, number) if message.thread_ts else None
    return replace(message, ts=named(message.ts, number), thread_ts=thread)
