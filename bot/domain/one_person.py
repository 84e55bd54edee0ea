"""Exactly one real person is meant, wherever somebody is named: groups, everybody, apps and accounts that are gone are refused
with the sentence that says why one person is wanted there (R-05)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.errors import Refused
from bot.domain.harvest.person import Person
from bot.domain.mentions import Mentions


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person is wanted for: why it is one, what to type instead, and the ends of "X is an app, and ...",
    "Slackbot cannot ..." and "X is a guest here or from another organisation and cannot ..."."""

    one: str
    again: str
    needs: str
    act: str
    guest: str


def read(mentions: Mentions, wanted: Wanted) -> str | None:
    """The one person meant; None when nobody was mentioned, then the person is asked.

    Raises `Refused` for groups, everybody and several people (R-05).
    """
    if mentions.broadcasts:
        raise Refused(f"@{mentions.broadcasts[0]} is everybody. {wanted.one} {wanted.again}")
    if mentions.groups:
        raise Refused(f"That is a user group. {wanted.one} {wanted.again}")
    if len(mentions.users) > 1:
        raise Refused(f"You named {len(mentions.users)} people. {wanted.one} {wanted.again}")
    return mentions.users[0] if mentions.users else None


def check(user_id: str, person: Person | None, wanted: Wanted, *, list_known: bool, allow_external: bool) -> bool:
    """Whether this person is known to be fit; False when nobody knows yet and Slack must be asked.

    `list_known` says that the workspace's list of people was read to its end. Raises `Refused` with the reason and the way out.
    """
    if user_id == "USLACKBOT":
        raise Refused(f"Slackbot cannot {wanted.act}. {wanted.again}")
    if person is None:
        if list_known and not allow_external:
            raise Refused(
                f"I know nobody with the id {user_id} in this workspace. If they joined just now, try again in a minute."
            )
        return False
    name = person.name or user_id
    if person.is_bot:
        raise Refused(f"{name} is an app, and {wanted.needs} needs a person. {wanted.again}")
    if person.deleted:
        raise Refused(f"The account of {name} is deactivated. {wanted.again}")
    if (person.is_restricted or person.is_stranger) and not allow_external:
        raise Refused(f"{name} is a guest here or from another organisation and cannot {wanted.guest}. {wanted.again}")
    return True
