"""What kind of channel an incident has, and who is in a private one: read once, and again when it is old."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.outgoing import Row
from bot.domain.place import Channel
from bot.domain.postmortem import Postmortem
from bot.domain.room import How
from bot.domain.topics import Topic
from bot.jobs.handlers.channel import GONE
from bot.jobs.outcome import Done, Obsolete, Outcome
from bot.jobs.scene import Scene
from bot.jobs.worker import PATIENCE
from bot.ports.chat import ChannelFacts
from bot.ports.errors import IntegrationError
from bot.ports.store import Unit
from bot.usecases import rows
from bot.usecases.follow_room import RoomClosed, RoomOpened


@dataclass(frozen=True, slots=True)
class ReadPlace:
    """The channel's kind, and of a private one its members, page by page."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        with self.scene.store.reading() as unit:
            known = unit.records.get(row.postmortem_id or "")
            closed = unit.rooms.closed(known.team_id, known.channel_id) if known else None
        if row.postmortem_id is None:
            # Of an incident that has no record yet.
            return self._read(row, str(row.payload["channel"]))
        if known is None:
            return GONE
        side = rows.channel(row) if row.payload.get("side") else None
        try:
            return self._read(row, side or known.channel_id)
        except IntegrationError as error:
            if side and not error.retryable:
                # Somebody asked about a channel that is private and not ours to see: they were told how to invite us.
                return Obsolete(f"{side} cannot be seen: {error.name}")
            if error.retryable or closed is None:
                raise
            return Obsolete(f"the channel is closed, and not to be seen: {error.name}")

    def _read(self, row: Row, channel_id: str) -> Outcome:
        facts = self.scene.chat.channel(channel_id)
        members = self._members(channel_id) if facts.private else frozenset()
        found = Channel(
            row.team_id, channel_id, facts.name, facts.private, facts.shared, self.scene.clock.now(), members
        )
        with self.scene.store.transaction(PATIENCE) as unit:
            before = unit.channels.get(row.team_id, channel_id)
            unit.channels.put(found)
            record = unit.records.get(row.postmortem_id or "", lock=True)
            own = record is not None and record.channel_id == channel_id
            if record and own and found.shared and (before is None or not before.shared):
                self._warn(unit, record)
            if record and own and self.scene.policy.wiki and (before is None or before.private != found.private):
                # Who may read the page depends on it.
                unit.outbox.put(rows.wiki_page(record, self.scene.clock.now()))
            if own:
                self._follow(unit, row.team_id, channel_id, facts)
        return Done({"private": found.private, "members": len(members)})

    def _follow(self, unit: Unit, team_id: str, channel_id: str, facts: ChannelFacts) -> None:
        """What happened to it while nobody told us."""
        now, policy = self.scene.clock.now(), self.scene.policy
        if facts.archived:
            RoomClosed(policy)(unit, team_id, channel_id, How.ARCHIVED, now)
        else:
            RoomOpened(policy)(unit, team_id, channel_id, How.ARCHIVED, now)
        closed = unit.rooms.closed(team_id, channel_id)
        if closed and closed.how is How.LEFT and facts.member:
            RoomOpened(policy)(unit, team_id, channel_id, How.LEFT, now)

    def _warn(self, unit: Unit, record: Postmortem) -> None:
        """Whoever opened it should know that strangers read along; the card says so too."""
        now, to = self.scene.clock.now(), record.created_by
        unit.outbox.put(rows.card(record, now), rows.person_dm(record, to, Topic.SHARED_CHANNEL, "once", now))

    def _members(self, channel_id: str) -> frozenset[str]:
        found: set[str] = set()
        cursor = None
        while True:
            page = self.scene.chat.members(channel_id, cursor)
            found |= set(page.users)
            cursor = page.cursor
            if cursor is None:
                return frozenset(found)
