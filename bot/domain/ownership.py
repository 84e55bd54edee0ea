"""Who can be the owner of a post-mortem, and who may say so (R-05, R-06)."""

from __future__ import annotations

from bot.domain import one_person
from bot.domain.harvest.person import Person
from bot.domain.mentions import Mentions
from bot.domain.one_person import Wanted
from bot.domain.postmortem import Postmortem

OWNER = Wanted(
    one="The owner is one person, so that nobody waits for somebody else.",
    again="Type `/postmortem assign @name` with one person.",
    needs="a post-mortem",
    act="own a post-mortem",
    guest="be the owner",
)


def one_candidate(mentions: Mentions) -> str | None:
    """The one person meant; None when nobody was mentioned. Raises `Refused` for groups, everybody and several people (R-05)."""
    return one_person.read(mentions, OWNER)


def check_candidate(user_id: str, person: Person | None, *, list_known: bool, allow_external: bool) -> bool:
    """Whether this person is known to be able to own a post-mortem; see `one_person.check`."""
    return one_person.check(user_id, person, OWNER, list_known=list_known, allow_external=allow_external)


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
