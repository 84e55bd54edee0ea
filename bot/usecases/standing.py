"""What several acts ask of the memory before they decide.

Who stands in for the IC, which calendar holds, who is asked.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain import business_time, countdown, counted, deadlines, ownership
from bot.domain.business_time import Calendar
from bot.domain.countdown import Countdown
from bot.domain.errors import Refused
from bot.domain.harvest.finding import Role
from bot.domain.policy import Policy
from bot.domain.postmortem import Postmortem
from bot.ports.store import Unit
from bot.usecases import visibility

NOT_HERE = "This post-mortem is not here any more. Type `/postmortem status` in the incident channel to see what is."


def calendar(record: Postmortem, policy: Policy) -> Calendar:
    """The organisation's calendar with the zone and weekend frozen on the record, and the holidays that hold for it."""
    holidays = policy.calendar.holidays if record.holidays is None else record.holidays
    return replace(policy.calendar, tz=record.business_tz, weekend=record.weekend, holidays=holidays)


def deadline(record: Postmortem, policy: Policy) -> deadlines.Deadline:
    """The meeting's deadline (R-11) from the record's times. It is not in force while the incident is open again."""
    return count(record, policy).deadline


def in_force(record: Postmortem, policy: Policy) -> deadlines.Deadline | None:
    """The deadline that the meeting has to keep; None while the incident is open again."""
    return count(record, policy).in_force


def count(record: Postmortem, policy: Policy) -> Countdown:
    """Everything that the deadline follows from."""
    begun = countdown.start(record.severity, counted.anchor(record), calendar(record, policy), roll=policy.roll)
    return replace(begun, reopened=record.open_again is not None)


def stand_ins(unit: Unit, record: Postmortem, policy: Policy) -> frozenset[str]:
    """Who may designate beside the IC and the deputy: people named in the settings, and members of the IC group (R-06)."""
    members = unit.people.group(record.team_id, policy.ic_group) if policy.ic_group else frozenset()
    return policy.ic_users | members


def after_silence(record: Postmortem, policy: Policy, now: datetime) -> datetime:
    """When an unanswered question is looked at again: after the policy's working time, while people are at work (R-06, R-07)."""
    days = calendar(record, policy)
    return business_time.next_working_moment(days, business_time.add_working_time(days, now, policy.silence))


def after_silence_of(unit: Unit, record: Postmortem, user_id: str, policy: Policy, now: datetime) -> datetime:
    """The same in the working hours of one person (R-08)."""
    theirs = calendar_of(unit, record, user_id, policy)
    return business_time.next_working_moment(theirs, business_time.add_working_time(theirs, now, policy.silence))


def calendar_of(unit: Unit, record: Postmortem, user_id: str, policy: Policy) -> Calendar:
    """When one person works, who may live in another zone than the organisation."""
    person, days = unit.people.get(record.team_id, user_id), calendar(record, policy)
    return replace(days, tz=business_time.zone_or(person.tz if person else None, days.tz))


def deciders(unit: Unit, record: Postmortem, policy: Policy) -> list[str]:
    """Whom a proposal is put to, in order: the IC, the deputy, the stand-ins; nobody whose account is deactivated (R-06),
    and of a restricted one nobody whom it does not concern (R-63)."""
    deputy = record.roles.deputy or _named_deputy(unit, record)
    order = [record.roles.ic, deputy, *sorted(stand_ins(unit, record, policy))]
    if record.restricted:
        order = [user for user in order if user and visibility.may_see(unit, record, user)]
    people = {user: unit.people.get(record.team_id, user) for user in order if user}
    return [user for user, person in people.items() if person is None or not person.deleted]


def chief(unit: Unit, record: Postmortem) -> str:
    """Who is told what the IC should know: the IC, and once their account is deactivated the deputy, or who opened it (R-06)."""
    order = [user for user in (record.roles.ic, record.roles.deputy, record.created_by) if user]
    people = unit.people.some(record.team_id, order)
    return next((user for user in order if user not in people or not people[user].deleted), order[0])


def _named_deputy(unit: Unit, record: Postmortem) -> str | None:
    """Whom the channel's own messages name as the deputy last; who is asked may answer, and nothing else."""
    named = unit.proposals.people(record.id).role_claims
    claims = [claim.user_id for claim in named if claim.role is Role.deputy]
    return claims[-1] if claims else None


def named_ic(unit: Unit, record: Postmortem) -> str | None:
    """Whom the channel's own messages name as the IC, as far as they were read."""
    if not record.roles.ic_assumed:
        return None
    named = unit.proposals.ic(record.id)
    return named.user_id if named else None


def may_designate(unit: Unit, record: Postmortem, user_id: str, policy: Policy) -> bool:
    """R-06 with everything the memory knows."""
    deputies = stand_ins(unit, record, policy)
    return ownership.may_designate(record, user_id, deputies=deputies, named_ic=named_ic(unit, record))


def record_or_refuse(unit: Unit, postmortem_id: str, *, team_id: str) -> Postmortem:
    """The record, held for this transaction. Raises `Refused` when it is not one of this workspace."""
    record = unit.records.get(postmortem_id, lock=True)
    if record is None or record.team_id != team_id:
        raise Refused(NOT_HERE)
    return record
