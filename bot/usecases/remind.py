"""Handing reminders to the outbox: what is due of a record's ladder, one message a person, each reminder once for ever (R-02).
Whatever changed since is asked again when the message leaves."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import ladder, leading, reminders
from bot.domain.business_time import Calendar
from bot.domain.errors import DomainError
from bot.domain.outgoing import Json, Kind, Outgoing
from bot.domain.policy import Policy
from bot.domain.postmortem import Postmortem
from bot.domain.reminders import Nudge, Reminder, State
from bot.ports.store import Unit
from bot.usecases import rows, standing

# The card turns red when the deadline has passed: remembered like a reminder, so that it is redrawn for that once.
CARD = "card"


@dataclass(frozen=True, slots=True)
class Remind:
    """What is to be said about one record by now."""

    policy: Policy

    def __call__(self, unit: Unit, postmortem_id: str, now: datetime) -> int:
        """Hand over what is due, and plan when to look again; returns to how many something goes."""
        record = unit.records.get(postmortem_id, lock=True)
        if record is None:
            return 0
        now_state = state(unit, record, self.policy)
        told = unit.reminders.told(record.id)
        rungs = (*ladder.ladder(now_state, self.policy.pace), *_red_card(now_state))
        due = reminders.due(rungs, told, now)
        waits = {to: _sayable(now_state, to, those, now) for to, those in due.items()}
        for to, those in due.items():
            if waits[to] > now:
                continue
            unit.outbox.put(rows.card(record, now) if to == CARD else nudge(record, to, those, now))
            unit.reminders.tell(record.id, those, now)
        following = [reminders.next_due(rungs, now), *(at for at in waits.values() if at > now)]
        if times := [at for at in following if at is not None]:
            unit.outbox.put(look(record, min(times)))
        return sum(at <= now for at in waits.values())


def state(unit: Unit, record: Postmortem, policy: Policy) -> State:
    """Everything that the ladder follows from."""
    days = standing.calendar(record, policy)
    leads = [user for user in (record.owner, record.roles.ic or record.created_by) if user]
    people, severities = unit.people.some(record.team_id, leads), unit.ledger.severities(record.id)
    return State(
        record=record,
        deadline=standing.deadline(record, policy),
        calendar=days,
        booking=unit.meetings.booking(record.id),
        external=unit.meetings.external(record.id).value,
        pending=unit.ledger.pending(record.id) is not None,
        calendars={user: _theirs(days, person.tz) for user, person in people.items()},
        gone=frozenset(user for user, person in people.items() if person.deleted),
        quiet=unit.reminders.quiet(record.id),
        severity_at=severities[-1].at if severities else None,
    )


def look(record: Postmortem, at: datetime) -> Outgoing:
    """Look at the ladder then, or at once when something changed."""
    return Outgoing(Kind.REMIND, f"{Kind.REMIND}:{record.id}", record.team_id, at, record.id, {}, again=True)


def nudge(record: Postmortem, to: str, those: Iterable[Reminder], now: datetime) -> Outgoing:
    """One message to one person, or to the channel."""
    listed: list[Json] = [{"nudge": each.nudge, "about": each.about, "number": each.number} for each in those]
    names = "|".join(f"{each.nudge}:{each.about}:{each.number}" for each in those)
    once = hashlib.sha256(names.encode()).hexdigest()[:16]
    key = f"{Kind.NUDGE}:{record.id}:{to}:{once}"
    return Outgoing(Kind.NUDGE, key, record.team_id, now, record.id, {"to": to, "reminders": listed})


def still(now_state: State, policy: Policy, to: str, listed: object, now: datetime) -> tuple[Nudge, ...]:
    """Which of the reminders of a message still hold, in their order: the reason is there, what they speak of is to come, and
    they are not silenced."""
    wanted = {(each.nudge, each.about) for each in ladder.ladder(now_state, policy.pace) if each.to == to}
    said = listed if isinstance(listed, list) else []
    held = (Nudge(each["nudge"]) for each in said if (Nudge(each["nudge"]), each["about"]) in wanted)
    return tuple(each for each in held if not reminders.lapsed(now_state, each, now))


def _sayable(now_state: State, to: str, those: Iterable[Reminder], now: datetime) -> datetime:
    """When it may be said to them; a card is drawn at any time."""
    return now if to == CARD else reminders.sayable(now_state.of(to), max(each.due_at for each in those), now)


def _theirs(days: Calendar, tz: str | None) -> Calendar:
    try:
        return replace(days, tz=tz) if tz else days
    except DomainError:
        # An odd zone in somebody's profile: the organisation's day will do.
        return days


def _red_card(now_state: State) -> tuple[Reminder, ...]:
    if now_state.in_time or not leading.meeting_matters(now_state.record):
        return ()
    day = now_state.deadline.last_day.isoformat()
    return (Reminder(now_state.deadline.due, CARD, Nudge.OVERDUE, 1, day),)
