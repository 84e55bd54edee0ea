"""Incidents that have no record yet (R-01): noticed by what is said in a channel, offered a post-mortem once when their call
is over, and listed until there is one or somebody says why there is none. Nothing that was said is kept, nor who said it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from fnmatch import fnmatchcase

from bot.domain.noticed_signs import Sign
from bot.domain.postmortem import Postmortem
from bot.domain.status import Status

# After so long without a word the next sign in the same room is of another incident.
QUIET = timedelta(hours=12)
# A record that somebody begins without naming the incident is about one that is no older.
FRESH = timedelta(days=7)
# How long a row is kept: after that, nobody writes the post-mortem any more.
KEEP = timedelta(days=90)
# every SEV-1 and SEV-2.
NEEDS_ONE = 2


class NoticedState(StrEnum):
    """Heard of; asked about in the channel; somebody said that none is needed; there is a record."""

    SEEN = "seen"
    OFFERED = "offered"
    DECLINED = "declined"
    RECORDED = "recorded"


class Why(StrEnum):
    """Why an incident gets no post-mortem of its own."""

    FALSE_ALARM = "false_alarm"
    DRILL = "drill"
    ELSEWHERE = "elsewhere"
    SAME = "same"
    SMALL = "small"
    OTHER = "other"


class Gone(StrEnum):
    """What became of the channel since: nobody reads a message in an archived one."""

    NOTHING = ""
    ARCHIVED = "archived"
    RENAMED = "renamed"


@dataclass(frozen=True, slots=True)
class Noticed:
    """One incident of a channel; `number` counts them there. `ts` is the message that told of it first, `severity` the worst
    that was named, `offer_ts` our question. `settled_by` said that none is needed, `note` is what they wrote with it."""

    id: str
    team_id: str
    channel_id: str
    number: int
    severity: int | None
    first_seen: datetime
    last_seen: datetime
    ended_at: datetime | None
    ts: str
    state: NoticedState = NoticedState.SEEN
    gone: Gone = Gone.NOTHING
    offer_ts: str | None = None
    settled_at: datetime | None = None
    settled_by: str | None = None
    why: str = ""
    note: str = ""
    postmortem_id: str | None = None

    @property
    def waits(self) -> bool:
        """Whether there is neither a record nor a reason for none."""
        return self.state in (NoticedState.SEEN, NoticedState.OFFERED)

    @property
    def wants_offer(self) -> bool:
        """Whether the channel is still to be asked."""
        return self.state is NoticedState.SEEN and self.ended_at is not None and self.offer_ts is None

    @property
    def over_at(self) -> datetime:
        """When it was over, as far as anybody said."""
        return self.ended_at or self.last_seen

    def changed(self, **values: object) -> Noticed:
        """A copy with other values."""
        return replace(self, **values)  # type: ignore[arg-type]


def looks_like_one(name: str, patterns: Iterable[str]) -> bool:
    """Whether a channel of this name is an incident's."""
    return any(fnmatchcase(name.lower(), pattern.lower()) for pattern in patterns)


def free(record: Postmortem | None, at: datetime) -> bool:
    """Whether the channel has no record that a sign at that time could be about: none, or one whose incident is long over."""
    if record is None:
        return True
    ended = record.times.resolved_at or record.end_of_call_at
    if record.status is Status.CLOSED:
        ended = ended or record.closed_at
    return record.open_again is None and ended is not None and at - ended > QUIET


def heard(before: Noticed | None, sign: Sign, new: Noticed, *, recorded: bool) -> Noticed | None:
    """The incident after a sign: the one before with more known of it, or `new`; None where nothing is to be kept. In a room
    that has had a record (`recorded`), or an answer of late, the end of some call alone begins nothing."""
    if before is not None and before.waits and sign.at - max(before.over_at, before.last_seen) <= QUIET:
        return _more(before, sign)
    if before is not None and sign.at <= (before.settled_at or before.last_seen):
        return None
    lately = before is not None and before.settled_at is not None and sign.at - before.settled_at <= QUIET
    return None if sign.ended_at and (recorded or lately) else new


def begun(new_id: str, team_id: str, channel_id: str, before: Noticed | None, sign: Sign) -> Noticed:
    """A new one, as its first sign tells of it."""
    number = before.number + 1 if before else 1
    return Noticed(new_id, team_id, channel_id, number, sign.severity, sign.at, sign.at, sign.ended_at, sign.ts)


def _more(before: Noticed, sign: Sign) -> Noticed | None:
    """The first end stands, and the worst severity; a second message about the end tells nothing new."""
    if before.ended_at and sign.ended_at and sign.severity is None:
        return None
    worst = min((each for each in (before.severity, sign.severity) if each is not None), default=None)
    return before.changed(
        severity=worst, last_seen=max(before.last_seen, sign.at), ended_at=before.ended_at or sign.ended_at
    )


def unrecorded(each: Noticed, now: datetime) -> bool:
    """Whether managers should hear of it: a SEV-1 or SEV-2 that is over, with no post-mortem and no reason for none."""
    severe = each.severity is not None and each.severity <= NEEDS_ONE
    over = each.ended_at is not None or bool(each.gone) or now - each.last_seen > QUIET
    return each.waits and severe and over


def about(waiting: Iterable[Noticed], now: datetime) -> list[Noticed]:
    """Of a channel's waiting ones, newest first, those that a record begun now is about: the newest, and what went quiet
    before it without an end, which is as a rule the same incident. One of long ago is another incident's."""
    listed = [each for each in waiting if now - each.last_seen <= FRESH]
    return listed[:1] + [each for each in listed[1:] if each.ended_at is None]
