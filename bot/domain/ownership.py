"""Who can be the owner of a post-mortem, and who may say so (R-05, R-06)."""

from __future__ import annotations

from bot.domain.errors import Refused
from bot.domain.harvest.person import Person
from bot.domain.mentions import Mentions
from bot.domain.postmortem import Postmortem

_ONE = "The owner is one person, so that nobody waits for somebody else."
_AGAIN = "Type `/postmortem assign @name` with one person."


def one_candidate(mentions: Mentions) -> str | None:
    """The one person meant; None when nobody was mentioned, then the person is asked.

    Raises `Refused` for groups, everybody and several people (R-05).
    """
    if mentions.broadcasts:
        raise Refused(f"@{mentions.broadcasts[0]} is everybody. {_ONE} {_AGAIN}")
    if mentions.groups:
        raise Refused(f"That is a user group. {_ONE} {_AGAIN}")
    if len(mentions.users) > 1:
        raise Refused(f"You named {len(mentions.users)} people. {_ONE} {_AGAIN}")
    return mentions.users[0] if mentions.users else None


def check_candidate(user_id: str, person: Person | None, *, list_known: bool, allow_external: bool) -> bool:
    """Whether this person is known to be able to own a post-mortem; False when nobody knows yet and Slack must be asked.

    `list_known` says that the workspace's list of people was read to its end. Raises `Refused` with the reason and the way out.
    """
    if user_id == "USLACKBOT":
        raise Refused(f"Slackbot cannot own a post-mortem. {_AGAIN}")
    if person is None:
        if list_known and not allow_external:
            raise Refused(
                f"I know nobody with the id {user_id} in this workspace. If they joined just now, try again in a minute."
            )
        return False
    name = person.name or user_id
    if person.is_bot:
        raise Refused(f"{name} is an app, and a post-mortem needs a person. {_AGAIN}")
    if person.deleted:
        raise Refused(f"The account of {name} is deactivated. {_AGAIN}")
    if (person.is_restricted or person.is_stranger) and not allow_external:
        raise Refused(f"{name} is a guest here or from another organisation and cannot be the owner. {_AGAIN}")
    return True


def may_designate(record: Postmortem, user_id: str, *, deputies: frozenset[str], named_ic: str | None = None) -> bool:
    """R-06: the IC, the deputy, and the people of the IC group designate; anybody does while no IC is known.

    `named_ic` is whom the channel's own messages name; it counts while the recorded IC is only assumed.
    """
    roles = record.roles
    if roles.ic is None:
        return True
    if roles.ic_assumed and named_ic == user_id:
        return True
    return user_id in {roles.ic, roles.deputy} or user_id in deputies


def may_edit(record: Postmortem, user_id: str, *, deputies: frozenset[str]) -> bool:
    """Who may complete the record's details: who may designate, the owner, and whoever opened the record."""
    return user_id in {record.owner, record.created_by} or may_designate(record, user_id, deputies=deputies)
