"""Who may see a post-mortem: the people with a role in it, and whoever may see its channel; of a restricted one only the
people concerned (R-63)."""

from __future__ import annotations

from bot.domain import place
from bot.domain.postmortem import Postmortem
from bot.ports.store import Unit


def may_see(unit: Unit, record: Postmortem, user_id: str) -> bool:
    """Default deny: a channel that was never read shows nothing to anybody without a role."""
    if user_id in concerned(record):
        return True
    channel = unit.channels.get(record.team_id, record.channel_id)
    if record.restricted:
        return channel is not None and user_id in channel.members
    person = unit.people.get(record.team_id, user_id)
    guest = person is None or person.is_restricted or person.is_stranger
    return place.may_look(channel, user_id, guest=guest)


def concerned(record: Postmortem) -> frozenset[str]:
    """Everybody with a role in it, and who opened it."""
    roles = record.roles
    people = {record.owner, record.created_by, roles.ic, roles.deputy, roles.shadow, roles.scribe}
    return frozenset(user for user in people if user)
