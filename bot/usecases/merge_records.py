"""Merging a post-mortem into the one of the channel (PROCESS 1.2), and taking that back: what would hold is shown first, the
deadline follows as after any other change, the other one is set aside with its meeting and its reminders, and both
channels hear of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import countdown, leading, merging, phrases, search, timeline
from bot.domain import merge_said as words
from bot.domain.booking import Booking, Outcome
from bot.domain.content import Section
from bot.domain.countdown import Change
from bot.domain.errors import Refused, Stale
from bot.domain.external_message import ExternalMessage
from bot.domain.merged import TookIn
from bot.domain.outgoing import Json, Kind
from bot.domain.place import Channel
from bot.domain.policy import Policy
from bot.domain.postmortem import Audit, OwnerState, Postmortem, SeverityChange
from bot.domain.status import Status
from bot.domain.timeline import Item
from bot.domain.topics import Topic
from bot.ports.store import Unit
from bot.usecases import (
    book_meeting,
    complete_details,
    deadline_rows,
    meeting_rows,
    relabel_tickets,
    rows,
    set_severity,
    standing,
    timeline_changes,
    visibility,
)

MOST_OFFERED = 100
NOT_SEEN = "There is no post-mortem there that you may see, or none that can be merged."
CHANGED = (
    "One of the two was changed while you had the form open. Close it and type `/postmortem merge` again to see how."
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a merge would do. `after` is the primary as it would be, `change` its deadline before and then; `said` are the
    sentences to be read before. `stamp` is for noticing that something changed since; `lines` are those of the other timeline,
    which can be brought over."""

    primary: Postmortem
    other: Postmortem
    after: Postmortem
    change: Change
    alone: countdown.Countdown
    said: tuple[str, ...]
    stamp: str
    lines: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Undone:
    """Both as they are now, and what of the primary stays as somebody changed it since."""

    primary: Postmortem
    other: Postmortem | None
    name: str
    kept: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MergeRecords:
    """By the IC of the primary, the deputy, and who stands in for them."""

    policy: Policy

    def check_right(self, unit: Unit, record: Postmortem, by: str) -> None:
        """Raises `Refused`, with whom to ask, for anybody else."""
        if not standing.may_designate(unit, record, by, self.policy):
            ask = record.roles.ic or record.created_by
            raise Refused(
                f"Only the IC, the deputy and who stands in for them merge post-mortems, and take that back: ask <@{ask}>."
            )

    def candidates(self, unit: Unit, record: Postmortem, by: str) -> Sequence[Postmortem]:
        """What may be merged into it, as far as this person may see it, the nearest in time first."""
        merging.check_primary(record)
        others = [each for each in unit.census.open(record.team_id) if each.id != record.id and not each.took_in]
        seen = visibility.eyes(unit, record.team_id, by).seen([each for each in others if each.merged is None])
        channels = unit.channels.some(record.team_id, {each.channel_id for each in (record, *seen)})
        fitting = [each for each in seen if _same_readers(record, each, channels)]
        return merging.nearest(record, fitting)[:MOST_OFFERED]

    def meant(
        self, unit: Unit, record: Postmortem, channels: Sequence[str], typed: str, others: Sequence[Postmortem], by: str
    ) -> str | None:  # fmt: skip
        """The id of the one that was typed: by its channel, its number, or the channel's name where Slack gave no more; None
        where that is not clear, and for what this person may not see."""
        words = typed.split()
        if len(channels) == 1 and len(words) == 1:
            found = unit.records.current(record.team_id, channels[0])
        elif len(words) == 1 and (number := search.number(words[0])) is not None:
            found = next((unit.records.get(each) for each in unit.search.numbered(record.team_id, number)), None)
        else:
            found = self._by_name(unit, others, typed)
        return found.id if found and visibility.may_see(unit, found, by) else None

    @staticmethod
    def _by_name(unit: Unit, others: Sequence[Postmortem], typed: str) -> Postmortem | None:
        name = typed.strip().removeprefix("#").lower()
        known = unit.channels.some(others[0].team_id, {each.channel_id for each in others}) if others and name else {}
        named = [each for each in others if each.channel_id in known and known[each.channel_id].name.lower() == name]
        return named[0] if len(named) == 1 else None

    def plan(self, unit: Unit, record: Postmortem, other_id: str, by: str, now: datetime) -> Plan:
        """What it would do. Raises `Refused` where it cannot be, and for one that this person may not see."""
        self.check_right(unit, record, by)
        other = self._other(unit, record, other_id, by)
        self._check(unit, record, other, now)
        after = merging.take_in(record, other, by=by, now=now)
        booking, theirs = unit.meetings.booking(record.id), unit.meetings.booking(other.id)
        change = self._change(record, other, booking, now)
        said = words.remarks(record, other, after, change, booking, theirs if to_cancel(theirs, now) else None)
        left = _left(unit, other)
        stamp = _stamp(record, other, booking, theirs)
        lines = timeline.in_order(unit.items.timeline(other.id))
        return Plan(record, other, after, change, standing.count(other, self.policy), (*said, left), stamp, lines)

    def __call__(
        self, unit: Unit, team_id: str, record_id: str, other_id: str, seen: str, reason: str, by: str, now: datetime, *,
        bring: bool = False,
    ) -> Plan:  # fmt: skip
        """`seen` is the stamp of the plan that was shown; `bring` takes the lines of the other timeline along. Raises
        `Refused`, and `Stale` where something changed since."""
        record = standing.record_or_refuse(unit, record_id, team_id=team_id)
        unit.records.get(other_id, lock=True)
        plan = self.plan(unit, record, other_id, by, now)
        if plan.stamp != seen:
            raise Stale(CHANGED)
        plan = replace(plan, after=merging.with_lines(plan.after, len(plan.lines) if bring else 0))
        unit.records.save(plan.after)
        self._note(unit, record, plan.after, f"merged with {plan.other.name}", by, now)
        unit.ledger.note(Audit(record.id, now, by, "merged with", None, plan.other.name, reason.strip() or "form"))
        self._follow(unit, record, plan.after, plan.change, f"{plan.other.name} was merged into it", by, now)
        if bring:
            _bring_over(unit, plan, by, now)
        self._set_aside(unit, plan, reason.strip(), by, now)
        values: dict[str, Json] = {"by": by, "other": plan.other.name, "channel": plan.other.channel_id}
        told: list[Json] = list(words.outcome(record, plan.after, plan.change))
        values |= {"other_id": plan.other.id, "reason": reason.strip(), "said": told}
        values["left"] = _left(unit, plan.other, brought=plan.after.took_in[-1].brought)
        unit.outbox.put(rows.channel_note(plan.after, Topic.MERGED_WITH, f"{plan.after.version}", now, **values))
        return plan

    def undo(
        self, unit: Unit, team_id: str, record_id: str, other_id: str | None, by: str, now: datetime
    ) -> Undone:  # fmt: skip
        """Take the last one out again, or this one where it is the last. What was changed since stays and is named."""
        record = standing.record_or_refuse(unit, record_id, team_id=team_id)
        self.check_right(unit, record, by)
        taken = merging.check_undo(record, other_id)
        saved, kept = merging.take_out(record)
        unit.records.save(saved)
        changed = _take_lines_out(unit, saved, taken, by, now)
        kept = (*kept, f"{phrases.count(changed, 'line')} of the timeline") if changed else kept
        self._note(unit, record, saved, f"no longer merged with {taken.name}", by, now)
        unit.ledger.note(Audit(record.id, now, by, "merged with", taken.name, None, "taken back"))
        booking = unit.meetings.booking(record.id)
        start = booking.start if booking and to_cancel(booking, now) else None
        counts = (standing.count(each, self.policy) for each in (record, saved))
        change = countdown.parted(*counts, now=now, meeting_start=start)
        self._follow(unit, record, saved, change, f"the merge with {taken.name} was taken back", by, now)
        other = self._put_back(unit, saved, taken, by, now)
        values: dict[str, Json] = {"by": by, "other": taken.name, "channel": taken.channel_id, "kept": list(kept)}
        values["said"] = list(words.outcome(record, saved, change))
        unit.outbox.put(rows.channel_note(saved, Topic.UNMERGED_WITH, f"{saved.version}", now, **values))
        return Undone(saved, other, taken.name, kept)

    def _other(self, unit: Unit, record: Postmortem, other_id: str, by: str) -> Postmortem:
        other = unit.records.get(other_id)
        if other is None or other.team_id != record.team_id or not visibility.may_see(unit, other, by):
            raise Refused(NOT_SEEN)
        return other

    def _check(self, unit: Unit, record: Postmortem, other: Postmortem, now: datetime) -> None:
        merging.check_primary(record)
        message = unit.meetings.external(other.id).value
        promised = other.status is Status.REVIEWED and message is ExternalMessage.PRESENT
        merging.check_pair(record, other, promised=promised)
        found = unit.channels.some(record.team_id, {record.channel_id, other.channel_id})
        merging.check_readers(record, other, found.get(record.channel_id), found.get(other.channel_id))

    def _change(self, record: Postmortem, other: Postmortem, booking: Booking | None, now: datetime) -> Change:
        fresh = [standing.count(replace(each, holidays=None), self.policy) for each in (record, other)]
        start = booking.start if booking and to_cancel(booking, now) else None
        return countdown.merged(fresh[0], fresh[1:], now=now, meeting_start=start)

    @staticmethod
    def _note(unit: Unit, before: Postmortem, after: Postmortem, via: str, by: str, now: datetime) -> None:
        old, new = complete_details.values(before), complete_details.values(after)
        changed = [name for name in new if old[name] != new[name]]
        unit.ledger.note(*(Audit(after.id, now, by, name, _text(old[name]), _text(new[name]), via) for name in changed))
        if after.severity is not None and after.severity != before.severity:
            unit.ledger.note(SeverityChange(after.id, now, after.severity, by))
        if (before.open_again is None) is not (after.open_again is None):
            told = after.open_again.reason if after.open_again else None
            unit.ledger.note(Audit(after.id, now, by, "incident open again", None, told, via))

    def _follow(
        self, unit: Unit, before: Postmortem, after: Postmortem, change: Change, why: str, by: str, now: datetime
    ) -> None:  # fmt: skip
        """What follows from another severity and another end, told as after any other change of them."""
        unit.outbox.put(rows.card(after, now), rows.document(after, now))
        if after.owner and unit.people.get(after.team_id, after.owner):
            unit.outbox.put(rows.owner_dm(after, now))
        meeting_rows.follow(unit, after, now)
        if before.times != after.times:
            complete_details.read_anew(unit, after, now)
        self._rest(unit, before, after, now)
        if not leading.meeting_matters(after) and change.moved:
            unit.ledger.note(Audit(after.id, now, by, "deadline", *words.deadlines(change), why))
        elif before.severity not in (None, after.severity) and after.severity is not None:
            if change.moved:
                unit.ledger.note(Audit(after.id, now, by, "deadline", *words.deadlines(change), why))
            set_severity.tell(unit, before, after, self.policy, by, why, now)
        elif change.moved:
            deadline_rows.moved(unit, after, change, by, f"merge:{after.version}", why, now)
        relabel_tickets.offer(unit, before, after, self.policy, by, now)

    def _rest(self, unit: Unit, before: Postmortem, after: Postmortem, now: datetime) -> None:
        """While the incident is open again nothing falls due; when that ends, what rested is planned anew."""
        if before.open_again is None and after.open_again is not None:
            deadline_rows.rests(unit, after)
        elif before.open_again is not None and after.open_again is None:
            self._plan_again(unit, after, now)

    def _plan_again(self, unit: Unit, record: Postmortem, now: datetime) -> None:
        booking = unit.meetings.booking(record.id)
        if booking and booking.outcome_at is None:
            meeting_rows.plan(unit, record, booking, self.policy, now)
        if record.owner and record.owner_state is OwnerState.TOLD:
            due = standing.after_silence(record, self.policy, now)
            unit.outbox.put(replace(rows.owner_silent(record, due), again=True))

    def _set_aside(self, unit: Unit, plan: Plan, reason: str, by: str, now: datetime) -> None:
        """Nothing is asked of anybody for it any more: its meeting is called off, its reminders rest, its people are told."""
        other, booking = plan.other, unit.meetings.booking(plan.other.id)
        saved = merging.set_aside(other, plan.after, by=by, now=now)
        unit.records.save(saved)
        unit.ledger.note(Audit(other.id, now, by, "merged into", None, plan.primary.name, reason or "form"))
        cancelled = booking is not None and to_cancel(booking, now)
        if booking is not None and cancelled:
            book_meeting.call_off(unit, saved, booking, by, f"merged into {plan.primary.name}", now)
        meeting_rows.unplan(unit, saved, booking)
        unit.outbox.cancel(saved.id, [rows.owner_key(saved, Kind.OWNER_SILENT)])
        values: dict[str, Json] = {"by": by, "into": plan.primary.name, "channel": plan.primary.channel_id}
        values |= {"reason": reason, "cancelled": booking.start.isoformat() if booking and cancelled else None}
        self._show(unit, saved, Topic.MERGED_INTO, values, by, now)

    def _put_back(self, unit: Unit, primary: Postmortem, taken: TookIn, by: str, now: datetime) -> Postmortem | None:
        other = unit.records.get(taken.record_id, lock=True)
        if other is None or other.merged is None or other.merged.record_id != primary.id:
            return None
        saved = merging.put_back(other)
        unit.records.save(saved)
        unit.ledger.note(Audit(other.id, now, by, "merged into", primary.name, None, "taken back"))
        booking = unit.meetings.booking(other.id)
        self._plan_again(unit, saved, now)
        values: dict[str, Json] = {"by": by, "into": primary.name, "channel": primary.channel_id}
        values["cancelled"] = booking.start.isoformat() if booking and booking.cancelled else None
        self._show(unit, saved, Topic.UNMERGED, values, by, now)
        return saved

    @staticmethod
    def _show(unit: Unit, other: Postmortem, topic: Topic, values: dict[str, Json], by: str, now: datetime) -> None:
        """The other one as it is now, for its channel and its owner."""
        unit.outbox.put(rows.card(other, now), rows.document(other, now))
        meeting_rows.follow(unit, other, now)
        held = (other.owner, other.roles.ic or other.created_by)
        told: list[Json] = [user for user in dict.fromkeys(held) if user and user != by]
        unit.outbox.put(rows.channel_note(other, topic, f"{other.version}", now, ping=told, **values))
        if other.owner and other.owner != by and unit.people.get(other.team_id, other.owner):
            unit.outbox.put(rows.person_dm(other, other.owner, topic, f"{other.version}", now, **values))


def to_cancel(booking: Booking | None, now: datetime) -> bool:
    """Whether people are still to meet then."""
    return booking is not None and booking.stands and booking.outcome is Outcome.NONE and now < booking.end


def _same_readers(record: Postmortem, other: Postmortem, channels: Mapping[str, Channel]) -> bool:
    try:
        merging.check_readers(record, other, channels.get(record.channel_id), channels.get(other.channel_id))
    except Refused:
        return False
    return True


def _bring_over(unit: Unit, plan: Plan, by: str, now: datetime) -> None:
    """Copies of the lines, each with the message that it comes from; the other timeline stays as it is."""
    copies = [merging.brought_over(plan.primary, plan.other, item, by=by, now=now) for item in plan.lines]
    changes = [timeline_changes.Change(None, line) for line in copies]
    if changes:
        timeline_changes.save(unit, plan.after, changes, by, now, via=f"brought over from {plan.other.name}")


def _take_lines_out(unit: Unit, primary: Postmortem, taken: TookIn, by: str, now: datetime) -> int:
    """What came along goes, but for lines that somebody worked on since; returns how many those are."""
    copies = {merging.copy_id(primary, item, taken.at) for item in unit.items.timeline(taken.record_id)}
    ours = [item for item in unit.items.timeline(primary.id) if item.id in copies and not item.removed]
    untouched = [item for item in ours if item.version == 1]
    changes = [timeline_changes.Change(item, replace(item, removed=True)) for item in untouched]
    if changes:
        timeline_changes.save(unit, primary, changes, by, now, via=f"the merge with {taken.name} was taken back")
    return len(ours) - len(untouched)


def _left(unit: Unit, other: Postmortem, *, brought: int = 0) -> str:
    responders = unit.contents.load(other.id).texts(Section.RESPONDERS, "people")
    items, actions = unit.items.timeline(other.id), unit.items.actions(other.id)
    return words.left(items, actions, len(responders), other.name, brought=brought)


def _stamp(*seen: object) -> str:
    """16 hex digits that stand for what was shown."""
    return hashlib.sha256("\x1f".join(map(_told, seen)).encode("utf-8", "replace")).hexdigest()[:16]


def _told(value: object) -> str:
    if isinstance(value, Postmortem):
        kept = (value.id, value.status, merging.facts(value), value.end_of_call_at, value.open_again, value.waiver)
        return repr((*kept, value.merged, value.took_in, value.restricted))
    return repr(value)


def _text(value: object) -> str | None:
    return value.isoformat() if isinstance(value, datetime) else None if value is None else str(value)
