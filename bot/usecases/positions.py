"""Where somebody stands before one post-mortem: every part they have in it, and what is known of its channel. Read in the
transaction of the act, so that roles count as they are now."""

from __future__ import annotations

from bot.domain import line_checks
from bot.domain.external_message import ExternalMessage
from bot.domain.permissions import Kind, Part, Situation
from bot.domain.place import Channel
from bot.domain.policy import Policy
from bot.domain.postmortem import Postmortem
from bot.domain.status import Status
from bot.ports.store import Unit
from bot.usecases import actors, standing


def elsewhere(user_id: str, policy: Policy, *, direct: bool) -> Situation:
    """Somebody who asks for something that concerns no post-mortem."""
    return Situation(Kind.UNREAD, _of_the_bot(user_id, policy), direct=direct, exists=False)


def before_none(
    unit: Unit, team_id: str, channel_id: str, user_id: str, policy: Policy, *, typed: bool, direct: bool
) -> Situation:
    """Somebody in a channel that has no post-mortem."""
    channel = unit.channels.get(team_id, channel_id)
    return Situation(
        _kind(channel), _of_the_bot(user_id, policy), member=_member(channel, user_id),
        guest=guest(unit, team_id, user_id), here=True, typed=typed, direct=direct, exists=False,
    )  # fmt: skip


def before(
    unit: Unit, record: Postmortem, user_id: str, policy: Policy, *, here: bool, typed: bool, note_id: str = ""
) -> Situation:
    """Somebody before this post-mortem."""
    channel = unit.channels.get(record.team_id, record.channel_id)
    return Situation(
        _kind(channel),
        parts(unit, record, user_id, policy, note_id),
        member=_member(channel, user_id),
        guest=guest(unit, record.team_id, user_id),
        here=here,
        typed=typed,
        restricted=record.restricted,
    )


def parts(unit: Unit, record: Postmortem, user_id: str, policy: Policy, note_id: str = "") -> frozenset[Part]:
    """Everything that the person is to it."""
    roles, pending = record.roles, unit.ledger.pending(record.id)
    stand_in = user_id in standing.stand_ins(unit, record, policy) or standing.named_ic(unit, record) == user_id
    holds = {
        Part.OWNER: user_id == record.owner,
        Part.IC: user_id == roles.ic,
        Part.DEPUTY: user_id == roles.deputy,
        Part.SHADOW: user_id == roles.shadow,
        Part.SCRIBE: user_id == roles.scribe,
        Part.OPENER: user_id == record.created_by,
        Part.STAND_IN: stand_in,
        Part.ASKED: pending is not None and pending.asked == user_id,
        Part.WHILE_NO_IC: roles.ic is None,
        Part.AUTHOR: bool(note_id) and _wrote(unit, record, user_id, note_id),
        Part.QUESTIONED: bool(note_id) and _questioned(unit, record, user_id, note_id),
        Part.SUPPORT: actors.in_support(unit, record.team_id, user_id, policy) and _of_support(unit, record, user_id),
    }
    return frozenset(part for part, held in holds.items() if held) | _of_the_bot(user_id, policy)


def guest(unit: Unit, team_id: str, user_id: str) -> bool:
    """Guests, people of other organisations, and whoever the workspace's list does not have, once it was read."""
    person = unit.people.get(team_id, user_id)
    if person is None:
        return unit.people.synced_at(team_id) is not None
    return person.is_restricted or person.is_stranger


def _of_support(unit: Unit, record: Postmortem, user_id: str) -> bool:
    """In a private channel the support team has a part while its message is handed over, or as members (T6, T7)."""
    channel = unit.channels.get(record.team_id, record.channel_id)
    if not record.restricted and channel is not None and not channel.private:
        return True
    handed = unit.meetings.external(record.id).value is ExternalMessage.PRESENT
    return _member(channel, user_id) or (record.status is Status.REVIEWED and handed)


def _of_the_bot(user_id: str, policy: Policy) -> frozenset[Part]:
    return frozenset({Part.ADMIN}) if user_id in policy.admins else frozenset()


def _wrote(unit: Unit, record: Postmortem, user_id: str, note_id: str) -> bool:
    return any(note.id == note_id and note.user_id == user_id for note in unit.reviews.notes(record.id))


def _questioned(unit: Unit, record: Postmortem, user_id: str, named: str) -> bool:
    """Whether what the button names waits, or waited, for this person; who was asked may see what became of it."""
    if named == line_checks.named(record.id):
        return any(check.user_id == user_id for check in unit.line_checks.all(record.id))
    question = unit.questions.get(named) if named.startswith(f"{record.id}:") else None
    return question is not None and question.postmortem_id == record.id and question.asked_of == user_id


def _kind(channel: Channel | None) -> Kind:
    if channel is None:
        return Kind.UNREAD
    return Kind.PRIVATE if channel.private else Kind.PUBLIC


def _member(channel: Channel | None, user_id: str) -> bool:
    return channel is not None and user_id in channel.members
