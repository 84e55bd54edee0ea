"""Who acts, and in which roles: the rules ask for roles, never for persons, since one person may hold several."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """R-60: the roles around one post-mortem. OTHER is anybody without one."""

    IC = "ic"
    DEPUTY = "deputy"
    SHADOW = "shadow"
    SCRIBE = "scribe"
    OWNER = "owner"
    RESPONDER = "responder"
    SERVICE_OWNER = "service_owner"
    ENGINEERING_MANAGER = "engineering_manager"
    PRODUCT_MANAGER = "product_manager"
    CUSTOMER_LIAISON = "customer_liaison"
    INTERNAL_LIAISON = "internal_liaison"
    SUPPORT = "support"
    ADMIN = "admin"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Actor:
    """The person who asks for a change: Slack user id and every role held at this moment."""

    user_id: str
    roles: frozenset[Role] = frozenset({Role.OTHER})

    def any_of(self, *wanted: Role) -> bool:
        """Whether the person holds at least one of these roles."""
        return not self.roles.isdisjoint(wanted)
