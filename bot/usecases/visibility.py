"""Who may see a post-mortem: the people with a role in it, and whoever may see its channel; of a restricted one only the
people concerned (R-63)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain import place
from bot.domain.place import Channel
from bot.domain.postmortem import Postmortem
from bot.ports.store import Unit


def may_see(unit: Unit, record: Postmortem, user_id: str) -> bool:
    """Default deny: a channel that was never read shows nothing to anybody without a role."""
    return eyes(unit, record.team_id, user_id).sees(record)


@dataclass(frozen=True, slots=True)
class Eyes:
    """One person's view of many records, with every channel looked up once."""

    unit: Unit
    user_id: str
    guest: bool
    channels: dict[tuple[str, str], Channel | None]

    def seen(self, records: Sequence[Postmortem]) -> list[Postmortem]:
        """Those of them that the person may see, with all their channels looked up at once."""
        asked = {(record.team_id, record.channel_id) for record in records} - self.channels.keys()
        for team_id in {team_id for team_id, _ in asked}:
            found = self.unit.channels.some(team_id, [channel for team, channel in asked if team == team_id])
            self.channels.update({where: found.get(where[1]) for where in asked if where[0] == team_id})
        return [record for record in records if self.sees(record)]

    def sees(self, record: Postmortem) -> bool:
        """The same answer as `may_see`."""
        if self.user_id in concerned(record):
            return True
        if record.restricted:
            channel = self._channel(record.team_id, record.channel_id)
            return channel is not None and self.user_id in channel.members
        return self.may_look(record.team_id, record.channel_id)

    def may_look(self, team_id: str, channel_id: str) -> bool:
        """Whether the person may see what belongs to a channel."""
        return place.may_look(self._channel(team_id, channel_id), self.user_id, guest=self.guest)

    def _channel(self, team_id: str, channel_id: str) -> Channel | None:
        where = (team_id, channel_id)
        if where not in self.channels:
            self.channels[where] = self.unit.channels.get(*where)
        return self.channels[where]


def eyes(unit: Unit, team_id: str, user_id: str) -> Eyes:
    """Ready to look at many records."""
    person = unit.people.get(team_id, user_id)
    guest = person is None or person.is_restricted or person.is_stranger
    return Eyes(unit, user_id, guest, {})


def concerned(record: Postmortem) -> frozenset[str]:
    """Everybody with a role in it, and who opened it."""
    roles = record.roles
    people = {record.owner, record.created_by, roles.ic, roles.deputy, roles.shadow, roles.scribe}
    return frozenset(user for user in people if user)
