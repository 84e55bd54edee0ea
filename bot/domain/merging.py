"""Two post-mortems about one incident become one (PROCESS 1.2): the latest end and the highest severity hold for the primary,
the other is set aside and can be taken out again. Nothing is merged whose readers are not the same people (R-63)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import datetime, timedelta

from bot.domain import business_time, counted, errors, severity
from bot.domain.merged import Facts, MergedInto, TookIn
from bot.domain.open_again import OpenAgain
from bot.domain.place import Channel
from bot.domain.postmortem import Postmortem
from bot.domain.status import Status
from bot.domain.timeline import Item

NOT_READ = "It is not known yet who can read both channels: nothing was changed. They are looked at now; try again in a minute."
NAMES = {
    "severity": "the severity",
    "severity_ended_at": "when it left SEV-2",
    "started_at": "the start",
    "detected_at": "when it was noticed",
    "resolved_at": "the end",
    "open_again": "that the incident is open again",
}


def check_primary(record: Postmortem) -> None:
    """Raises Refused for one that takes nothing in: closed, reviewed, waived, or itself a part of another one."""
    if record.merged is not None:
        raise errors.refused("merged", _part_of(record))
    if record.status in (Status.REVIEWED, Status.CLOSED):
        text = f"{record.name} is {record.status}: move it back to In Review first, since what is merged is reviewed with it."
        raise errors.refused("primary_over", text)
    if record.waiver is not None:
        text = f"{record.name} is waived: the IC takes that back first, with `/postmortem waive undo`."
        raise errors.refused("waived", text)


def check_pair(primary: Postmortem, other: Postmortem, *, promised: bool) -> None:
    """Raises Refused where the other one cannot become a part of the primary. `promised` says that it was reviewed with a
    message to customers that the support team is still to post."""
    if primary.id == other.id:
        raise errors.refused("itself", f"{primary.name} is the post-mortem of this channel: name the other one.")
    if other.merged is not None:
        raise errors.refused("merged_already", _part_of(other))
    if other.took_in:
        names = ", ".join(each.name for each in other.took_in)
        text = (
            f"{names} was merged into {other.name}: take that back there first, with `/postmortem merge undo`, or merge "
            f"{primary.name} into {other.name} from its channel."
        )
        raise errors.refused("has_parts", text)
    if other.status is Status.CLOSED:
        text = f"{other.name} is Closed: name it in the text of {primary.name} instead, or open it again first."
        raise errors.refused("closed", text)
    if promised:
        text = (
            f"The message to customers of {other.name} waits for the support team: it is posted, or taken back, first."
        )
        raise errors.refused("promised", text)


def check_readers(
    primary: Postmortem, other: Postmortem, here: Channel | None, there: Channel | None
) -> None:  # fmt: skip
    """Raises Refused unless both have the same readers: each is named in the channel of the other from now on."""
    if here is None or there is None:
        raise errors.refused("not_read", NOT_READ)
    if primary.restricted is not other.restricted:
        one = primary if primary.restricted else other
        text = f"{one.name} is restricted and the other is not: nothing of it is told in another channel."
        raise errors.refused("other_readers", text)
    if here.shared or there.shared:
        text = (
            "People of other organisations are in one of the two channels, and nobody knows here who else they may read: nothing "
            "of one post-mortem is told to them in the channel of another."
        )
        raise errors.refused("other_readers", text)
    if here.private is not there.private or (here.private and here.members != there.members):
        text = (
            f"{primary.name} and {other.name} are not read by the same people: nothing of a private channel is told in another "
            "one. Bring the same people into both channels first."
        )
        raise errors.refused("other_readers", text)


def take_in(primary: Postmortem, other: Postmortem, *, by: str, now: datetime) -> Postmortem:
    """The primary with the other one in it: the highest severity, the earliest start, the latest end. While the end of one is
    not known, neither is that of both; while one is open again, so are both."""
    at = business_time.to_utc(now, "now")
    ends = [counted.anchor(primary), counted.anchor(other)]
    latest, waits = max(end.at for end in ends), any(end.provisional for end in ends)
    before, after = facts(primary), _together(primary, other, None if waits else latest, at)
    opened = other.open_again is not None and primary.open_again is None
    told = f"the incident of {other.name}, which was merged into it, is open again"
    taken = TookIn(
        other.id, other.number, other.channel_id, at, before, after, counted_from=latest if waits else None, opened=opened
    )  # fmt: skip
    again = OpenAgain(at, by, told) if opened else primary.open_again
    return _with(primary, after, took_in=(*primary.took_in, taken), open_again=again)


def set_aside(other: Postmortem, primary: Postmortem, *, by: str, now: datetime) -> Postmortem:
    """The other one as a part of the primary."""
    at = business_time.to_utc(now, "now")
    return other.changed(merged=MergedInto(primary.id, primary.number, primary.channel_id, at, by))


def copy_id(primary: Postmortem, item: Item, at: datetime) -> str:
    """What a line is called in the primary when it was brought over by the merge of that moment: each merge has its own."""
    named = f"{primary.id}:{item.id}:{business_time.to_utc(at, 'at').isoformat()}"
    return hashlib.sha256(named.encode("utf-8", "replace")).hexdigest()[:32]


def brought_over(primary: Postmortem, other: Postmortem, item: Item, *, by: str, now: datetime) -> Item:
    """A line of the other one for the timeline of the primary; the message that it comes from stays its source."""
    return replace(
        item, id=copy_id(primary, item, now), postmortem_id=primary.id, by=by, saved_at=now, version=1, merged_into=None,
        channel_id=item.channel_id or other.channel_id,
    )  # fmt: skip


def with_lines(primary: Postmortem, brought: int) -> Postmortem:
    """The primary, which remembers how many lines came with the last one that it took in."""
    *before, last = primary.took_in
    return replace(primary, took_in=(*before, replace(last, brought=brought)))


def check_undo(primary: Postmortem, wanted: str | None) -> TookIn:
    """What is taken out again: the last one that was taken in. Raises Refused where there is none, where `wanted` names
    another one, and where the primary is over."""
    if not primary.took_in:
        raise errors.refused(
            "nothing_merged", f"Nothing was merged into {primary.name}: there is nothing to take back."
        )
    last = primary.took_in[-1]
    if wanted is not None and wanted != last.record_id:
        named = next((each for each in primary.took_in if each.record_id == wanted), None)
        text = (
            f"{last.name} was merged after {named.name}: take that back first."
            if named
            else f"It is no part of {primary.name} any more: there is nothing to take back."
        )
        raise errors.refused("not_the_last", text)
    if primary.status in (Status.REVIEWED, Status.CLOSED):
        text = f"{primary.name} is {primary.status} with {last.name} in it: move it back to In Review first."
        raise errors.refused("primary_over", text)
    return last


def take_out(primary: Postmortem) -> tuple[Postmortem, tuple[str, ...]]:
    """The primary without what it took in last, and what stays as somebody changed it since."""
    last, current = primary.took_in[-1], facts(primary)
    values: dict[str, object] = {}
    kept = []
    for each in fields(Facts):
        was, became, is_now = (getattr(one, each.name) for one in (last.before, last.after, current))
        if is_now == became:
            values[each.name] = was
        elif is_now != was:
            kept.append(NAMES[each.name])
    again = primary.open_again
    if last.opened and again is not None and again.at == last.at:
        again = None
    rest = primary.took_in[:-1]
    return _with(primary, replace(current, **values), took_in=rest, open_again=again), tuple(kept)  # type: ignore[arg-type]


def put_back(other: Postmortem) -> Postmortem:
    """The other one stands by itself again."""
    return other.changed(merged=None)


def partners(record: Postmortem) -> tuple[str, ...]:
    """Ids of those that name the channel of this one: its parts, or its primary."""
    return (*(each.record_id for each in record.took_in), *([record.merged.record_id] if record.merged else []))


def followed(record: Postmortem, before: str, after: str) -> Postmortem:
    """A channel that this one names has another id."""
    into = record.merged
    if into is not None and into.channel_id == before:
        into = replace(into, channel_id=after)
    taken = (replace(each, channel_id=after) if each.channel_id == before else each for each in record.took_in)
    return record.changed(merged=into, took_in=tuple(taken))


def facts(record: Postmortem) -> Facts:
    """What a merge may change of it."""
    times = record.times
    return Facts(
        record.severity, record.severity_ended_at, times.started_at, times.detected_at, times.resolved_at
    )  # fmt: skip


def nearest(record: Postmortem, others: Iterable[Postmortem]) -> Sequence[Postmortem]:
    """Those whose incident is nearest in time come first."""
    return sorted(others, key=lambda other: (_distance(record, other), -other.number))


def _distance(one: Postmortem, two: Postmortem) -> timedelta:
    """How long the one was over when the other began; nothing when they overlap."""
    begins, ends = (sorted(times) for times in zip(_span(one), _span(two), strict=True))
    return max(begins[1] - ends[0], timedelta())


def _span(record: Postmortem) -> tuple[datetime, datetime]:
    end = counted.anchor(record).at
    return min(record.times.started_at or record.created_at, end), end


def _together(primary: Postmortem, other: Postmortem, end: datetime | None, now: datetime) -> Facts:
    worst = min((each for each in (primary.severity, other.severity) if each is not None), default=None)
    started = _earliest(primary.times.started_at, other.times.started_at)
    noticed = _earliest(primary.times.detected_at, other.times.detected_at)
    if noticed is not None and started is not None and noticed < started:
        noticed = primary.times.detected_at
    left = primary.severity_ended_at if worst == primary.severity else severity.ended_at(primary, worst, now)
    return Facts(worst, left, started, noticed, end)


def _earliest(*moments: datetime | None) -> datetime | None:
    return min((each for each in moments if each is not None), default=None)


def _with(primary: Postmortem, values: Facts, **more: object) -> Postmortem:
    """The record with these facts; holidays that held for another count hold no more."""
    counts_anew = (values.severity, values.resolved_at) != (primary.severity, primary.times.resolved_at)
    times = replace(
        primary.times, started_at=values.started_at, detected_at=values.detected_at, resolved_at=values.resolved_at
    )  # fmt: skip
    return primary.changed(
        severity=values.severity, severity_ended_at=values.severity_ended_at, times=times,
        holidays=None if counts_anew else primary.holidays, **more,
    )  # fmt: skip


def _part_of(record: Postmortem) -> str:
    into = record.merged.name if record.merged else ""
    return f"{record.name} is merged into {into} already: go on in the channel of {into}."
