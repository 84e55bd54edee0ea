"""The weekly digest, planned and gathered: one a week for each IC of something open, and for the channel of the settings;
each reader sees what they may see, and who has nothing to do hears nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain import business_time, digest, period, ticket_status
from bot.domain.digest import Digest
from bot.domain.errors import DomainError
from bot.domain.external_message import ExternalMessage
from bot.domain.home import Line
from bot.domain.outgoing import Json, Kind, Outgoing
from bot.domain.place import Channel
from bot.domain.policy import Policy
from bot.domain.postmortem import Postmortem
from bot.domain.tickets import KeptTicket, TicketState
from bot.ports.store import Unit
from bot.usecases import notice_incident, standing, visibility
from bot.usecases.make_report import MakeReport

CHANNEL = "channel"
CLOSED_LOOKED_AT = 200


def plan(team_id: str, policy: Policy, now: datetime) -> Outgoing | None:
    """The row of the next digest; None where none is wanted."""
    if policy.digest_day is None:
        return None
    at = digest.instant(policy.calendar, policy.digest_day, policy.digest_at, now)
    week = f"{business_time.local_date(at, policy.calendar.tz):%G-W%V}"
    return Outgoing(Kind.DIGEST, f"{Kind.DIGEST}:{team_id}:{week}", team_id, at, None, {"week": week})


def spread(unit: Unit, team_id: str, week: str, policy: Policy, now: datetime) -> list[Outgoing]:
    """One row a reader, in their own working hours."""
    records = unit.census.open(team_id)
    ics = dict.fromkeys(record.roles.ic or record.created_by for record in records if not record.set_aside)
    if notice_incident.unrecorded(unit, team_id, lambda channel_id: True, now):
        # An incident without a record has no IC that we know: it is the business of all of them.
        group = unit.people.group(team_id, policy.ic_group) if policy.ic_group else frozenset()
        ics |= dict.fromkeys(sorted(policy.ic_users | group))
    people = unit.people.some(team_id, ics)
    readers = [(user, _morning(policy, person.tz, now)) for user, person in people.items() if not person.deleted]
    if policy.digest_channel:
        readers.append((CHANNEL, _working_day(policy, now)))
    return [_post(team_id, week, to, at) for to, at in readers]


def gather(unit: Unit, team_id: str, to: str, policy: Policy, now: datetime) -> Digest:
    """What one reader is told."""
    sees = _channel_sees(unit) if to == CHANNEL else visibility.eyes(unit, team_id, to).sees
    looks = _channel_looks(unit, team_id) if to == CHANNEL else notice_incident.seen_by(unit, team_id, to)
    opened = [each for each in unit.census.open(team_id) if sees(each)]
    closed = [each for each in unit.census.closed(team_id, limit=CLOSED_LOOKED_AT) if sees(each)]
    actions = unit.census.actions([each.id for each in (*opened, *closed)])
    tickets = _followed(unit, [*opened, *closed], policy, now)
    make = MakeReport(policy)
    today = make.today(now)
    found = digest.build(
        _lines(unit, opened, policy), _lines(unit, closed, policy), actions, policy.action_days, now,
        notice_incident.unrecorded(unit, team_id, looks, now), tickets,
    )  # fmt: skip
    return digest.remarks(found, make.for_eyes(unit, team_id, sees, period.last(period.USUAL, today), now), today)


def _followed(unit: Unit, records: Sequence[Postmortem], policy: Policy, now: datetime) -> dict[str, KeptTicket]:
    """The tickets whose status is read back, by action item."""
    if policy.tickets is None:
        return {}
    ids = [each.id for each in records if ticket_status.followed(each, policy.tickets, now)]
    return {each.action_id: each for each in unit.tickets.of_records(ids) if each.state is TicketState.MADE}


def _post(team_id: str, week: str, to: str, at: datetime) -> Outgoing:
    values: dict[str, Json] = {"week": week, "to": to}
    return Outgoing(Kind.DIGEST_POST, f"{Kind.DIGEST_POST}:{team_id}:{week}:{to}", team_id, at, None, values)


def _morning(policy: Policy, tz: str | None, now: datetime) -> datetime:
    try:
        days = replace(policy.calendar, tz=tz) if tz else policy.calendar
    except DomainError:
        days = policy.calendar
    return business_time.next_working_moment(days, now)


def _working_day(policy: Policy, now: datetime) -> datetime:
    """The time of the settings; where that day is a free one, when people are back."""
    days = policy.calendar
    free = not business_time.is_working_day(days, business_time.local_date(now, days.tz))
    return business_time.next_working_moment(days, now) if free else now


def _lines(unit: Unit, records: Sequence[Postmortem], policy: Policy) -> list[Line]:
    ids = [record.id for record in records]
    bookings, decided = unit.census.bookings(ids), unit.census.externals(ids)
    return [
        Line(
            record,
            standing.deadline(record, policy),
            bookings.get(record.id),
            decided.get(record.id, ExternalMessage.UNDECIDED),
        )
        for record in records
    ]


def _channel_sees(unit: Unit) -> Callable[[Postmortem], bool]:
    """A channel has readers that nobody knows: only what is open to everybody is told there (R-63)."""
    known: dict[tuple[str, str], Channel | None] = {}

    def sees(record: Postmortem) -> bool:
        where = (record.team_id, record.channel_id)
        if where not in known:
            known[where] = unit.channels.get(*where)
        channel = known[where]
        return not record.restricted and channel is not None and not channel.private

    return sees


def _channel_looks(unit: Unit, team_id: str) -> Callable[[str], bool]:
    """The same of incidents without a record: a private channel is not named, nor counted."""

    def looks(channel_id: str) -> bool:
        channel = unit.channels.get(team_id, channel_id)
        return channel is not None and not channel.private

    return looks


def too_old(due_at: datetime, now: datetime) -> bool:
    """Whether the next one is nearer than this one."""
    return now - due_at > timedelta(days=3)
