"""A labelled channel: what was said, and what a careful scribe makes of it. See docs/evaluation.md for the format of the files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.harvest.message import Message
from bot.domain.harvest.person import Person


@dataclass(frozen=True, slots=True)
class Entry:
    """What belongs into the timeline: `ts` are its messages, the first is its source. `at` is set where the event's time (UTC) is
    not that of the message."""

    ts: tuple[str, ...]
    kind: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Work that is to outlive the incident; `assignee` is a user id, "" for nobody, None where no label says. `again` are further messages
    that say the same: who takes it on, the list at the end; `lines` are those of lists that do, as (ts, line from 0), where labels say."""

    ts: str
    assignee: str | None = None
    due: str = ""
    again: tuple[str, ...] = ()
    lines: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class RoleFrom:
    """Somebody holds a role from a message on."""

    ts: str
    role: str
    user_id: str


@dataclass(frozen=True, slots=True)
class Labels:
    """What people say is there. `doubtful` are (what, ts) of which careful people would say one or the other; `marks` are the other
    labels as (what, ts, value)."""

    timeline: tuple[Entry, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    roles: tuple[RoleFrom, ...] = ()
    responders: frozenset[str] = frozenset()
    observers: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()
    doubtful: frozenset[tuple[str, str]] = frozenset()
    marks: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Channel:
    """`started` and `ended` bound the incident as somebody would enter them afterwards."""

    name: str
    messages: tuple[Message, ...]
    people: Mapping[str, Person]
    labels: Labels
    started: datetime | None = None
    ended: datetime | None = None
    head: Mapping[str, str] = field(default_factory=dict)
