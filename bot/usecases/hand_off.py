"""Handing the External Message to the support team (R-50): who is handed it and where, which rows carry it there, and what
reminds the team."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain import business_time, handing_over
from bot.domain.outgoing import Json, Kind, Outgoing
from bot.domain.policy import Policy
from bot.domain.postmortem import Postmortem
from bot.domain.status import Transition
from bot.domain.topics import Topic
from bot.ports.store import Unit
from bot.usecases import actors, rows, standing

# Where the text is handed over: the channel of the settings, the incident's own, or to people one by one (their ids).
SUPPORT, INCIDENT = "support", "incident"
NO_TEAM_YET = timedelta(hours=1)


def team(unit: Unit, team_id: str, policy: Policy) -> tuple[str, ...]:
    """Everybody in the support team who can be written to."""
    group = unit.people.group(team_id, policy.support_group) if policy.support_group else frozenset()
    users = sorted(policy.support_users | group)
    people = unit.people.some(team_id, users)
    return tuple(user for user in users if user not in people or not (people[user].deleted or people[user].is_bot))


def places(unit: Unit, record: Postmortem, policy: Policy) -> tuple[str, ...]:
    """Where the text is handed over; nowhere without a support team. Of a restricted post-mortem (R-63), a private channel's
    or one that nobody has read yet it goes to the people of the team and into no channel; nor into a channel that another
    organisation reads, or that is closed."""
    if not actors.support_known(unit, record.team_id, policy):
        return ()
    channel = unit.channels.get(record.team_id, record.channel_id)
    if record.restricted or channel is None or channel.private:
        return team(unit, record.team_id, policy)
    if policy.support_channel not in (None, record.channel_id):
        return (SUPPORT,)
    closed = unit.rooms.closed(record.team_id, record.channel_id)
    return team(unit, record.team_id, policy) if channel.shared or closed else (INCIDENT,)


def begin(unit: Unit, record: Postmortem, policy: Policy, now: datetime) -> None:
    """The text is reviewed: hand it over. Without a support team, say who can set one up; it is handed over then."""
    unit.outbox.put(due(record, handing_over.review_of(record), 0, now))
    if actors.support_known(unit, record.team_id, policy):
        return
    told = {*policy.admins, record.roles.ic} if policy.admins else {record.roles.ic, record.owner}
    for person in sorted(user for user in told if user):
        unit.outbox.put(rows.person_dm(record, person, Topic.NO_SUPPORT, handing_over.review_of(record), now))


def take_back(unit: Unit, before: Postmortem, record: Postmortem, policy: Policy, t: Transition, now: datetime) -> None:
    """It was sent back (T7): the task says so, and the owner and the IC hear it from whoever found something."""
    redraw(unit, record, handing_over.review_of(before), policy, now, why=t.reason)
    for person in dict.fromkeys((record.owner, record.roles.ic)):
        if person and person != t.by:
            values: dict[str, Json] = {"by": t.by, "reason": t.reason}
            unit.outbox.put(rows.person_dm(record, person, Topic.SENT_BACK, f"{record.version}", now, **values))


def redraw(unit: Unit, record: Postmortem, review: str, policy: Policy, now: datetime, *, why: str = "") -> None:
    """Draw the tasks of a review anew: those that stand, and those that may be on their way at this moment."""
    if not review:
        return
    stem = task_name(review, "")
    standing_at = [each.name.removeprefix(stem) for each in unit.posts.under(record.id, stem)]
    for place in dict.fromkeys((*standing_at, *places(unit, record, policy))):
        unit.outbox.put(task(record, review, place, now, why=why))


def redraw_all(unit: Unit, record: Postmortem, policy: Policy, now: datetime) -> None:
    """The tasks of every review: who may see it is another matter now."""
    stem = task_name("", "").removesuffix(":")
    names = (each.name.removeprefix(stem).rpartition(":") for each in unit.posts.under(record.id, stem))
    for review, _, place in names:
        unit.outbox.put(task(record, review, place, now))
    redraw(unit, record, handing_over.review_of(record), policy, now)


def stands(unit: Unit, record: Postmortem, policy: Policy, place: str) -> bool:
    """Whether the text may stay where it was handed over: that of a restricted one with the people of the team, and in its own
    channel (R-63)."""
    return not record.restricted or place in (INCIDENT, *team(unit, record.team_id, policy))


def next_nudge(record: Postmortem, policy: Policy, number: int, now: datetime) -> datetime:
    """When the team is reminded: after the policy's working hours at first, then every working morning."""
    if number <= 1:
        return standing.after_silence(record, policy, now)
    calendar = standing.calendar(record, policy)
    tomorrow = business_time.local_date(now, calendar.tz) + timedelta(days=1)
    return business_time.next_working_moment(calendar, business_time.first_instant(tomorrow, calendar.tz))


def due(record: Postmortem, review: str, number: int, at: datetime) -> Outgoing:
    """Look at that time whether the text is posted; number 0 hands it over, the others remind."""
    values: dict[str, Json] = {"review": review, "number": number}
    key = f"{Kind.SUPPORT_DUE}:{record.id}:{review}:{number}"
    return Outgoing(Kind.SUPPORT_DUE, key, record.team_id, at, record.id, values)


def task(record: Postmortem, review: str, place: str, now: datetime, *, why: str = "") -> Outgoing:
    """The text at one place, or drawn anew."""
    values: dict[str, Json] = {"review": review, "place": place, "why": why}
    key = f"{Kind.SUPPORT_TASK}:{record.id}:{review}:{place}"
    return Outgoing(Kind.SUPPORT_TASK, key, record.team_id, now, record.id, values, again=True)


def nudge(record: Postmortem, review: str, place: str, number: int, now: datetime) -> Outgoing:
    """One reminder at one place."""
    values: dict[str, Json] = {"review": review, "place": place, "number": number}
    key = f"{Kind.SUPPORT_NUDGE}:{record.id}:{review}:{place}:{number}"
    return Outgoing(Kind.SUPPORT_NUDGE, key, record.team_id, now, record.id, values)


def text_at(place: str, number: int) -> str:
    """The nth message in the thread of the task at that place."""
    return f"{place}#{number}"


def place_of(said: str) -> tuple[str, int]:
    """The place, and which message in its thread; 0 is the task itself."""
    place, _, number = said.partition("#")
    return place, int(number or 0)


def task_name(review: str, place: str) -> str:
    """Under which name a posted task is remembered."""
    return f"support_task:{review}:{place}"
