"""Who may do what, and the channels that the bot tells things in."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from pydantic import Field, field_validator

from bot.config import typed
from bot.config.typed import CHANNEL, GROUP, PEOPLE, Channel, Group, Part, People

HINTS = {
    "IC_GROUP": GROUP,
    "IC_USERS": PEOPLE,
    "SUPPORT_GROUP": GROUP,
    "SUPPORT_USERS": PEOPLE,
    "ADMINS": PEOPLE,
    "SUPPORT_CHANNEL": CHANNEL,
    "REVIEW_CHANNEL": CHANNEL,
    "LEARNINGS_CHANNEL": CHANNEL,
}


class PeoplePart(Part):
    """People, channels, and what is allowed."""

    ic_group: Group | None = None
    ic_users: People = []
    allow_external_owner: bool = False
    support_group: Group | None = None
    support_users: People = []
    support_channel: Channel | None = None
    review_channel: Channel | None = None
    learnings_channel: Channel | None = None
    admins: People = []
    allow_waive: bool = False
    retention_days: Annotated[int, Field(ge=0, le=36500)] = 0

    _people_words = field_validator("ic_users", "support_users", "admins", mode="before")(typed.words)


def rules(env: PeoplePart) -> dict[str, Any]:
    """By their names in the policy."""
    return {
        "ic_group": env.ic_group,
        "ic_users": frozenset(env.ic_users),
        "allow_external_owner": env.allow_external_owner,
        "support_group": env.support_group,
        "support_users": frozenset(env.support_users),
        "support_channel": env.support_channel,
        "review_channel": env.review_channel,
        "learnings_channel": env.learnings_channel,
        "admins": frozenset(env.admins),
        "allow_waive": env.allow_waive,
        "retention": timedelta(days=env.retention_days) if env.retention_days else None,
    }
