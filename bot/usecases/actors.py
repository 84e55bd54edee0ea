"""Who acts: every role that a person holds around one record at this moment (R-60)."""

from __future__ import annotations

from bot.domain.actors import Actor, Role
from bot.domain.policy import Policy
from bot.domain.postmortem import Postmortem
from bot.ports.store import Unit


def actor(unit: Unit, record: Postmortem, user_id: str, policy: Policy) -> Actor:
    """The person with all their roles; OTHER for somebody without any."""
    roles = record.roles
    held = {
        Role.OWNER: user_id == record.owner,
        Role.IC: user_id == roles.ic,
        Role.DEPUTY: user_id == roles.deputy,
        Role.SHADOW: user_id == roles.shadow,
        Role.SCRIBE: user_id == roles.scribe,
        Role.SUPPORT: in_support(unit, record.team_id, user_id, policy),
        Role.ADMIN: user_id in policy.admins,
    }
    mine = frozenset(role for role, holds in held.items() if holds)
    return Actor(user_id, mine or frozenset({Role.OTHER}))


def in_support(unit: Unit, team_id: str, user_id: str, policy: Policy) -> bool:
    """Whether the person is in the support team: named in the settings, or in its user group as last read (R-50)."""
    if user_id in policy.support_users:
        return True
    return bool(policy.support_group) and user_id in unit.people.group(team_id, policy.support_group or "")


def support_known(unit: Unit, team_id: str, policy: Policy) -> bool:
    """Whether anybody could close a post-mortem that has an External Message (T6): an empty group is as good as none."""
    if policy.support_users:
        return True
    return bool(policy.support_group) and bool(unit.people.group(team_id, policy.support_group or ""))
