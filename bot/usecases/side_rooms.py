"""More channels of one record (R-67): the rooms of sub-teams are read with the incident's own, and their messages count as
its. Who may give and take them is asked at the door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import harvest_window, side_rooms
from bot.domain.errors import Refused
from bot.domain.harvest_state import HarvestState, Phase
from bot.domain.place import Channel
from bot.domain.policy import Policy
from bot.domain.postmortem import Audit, Postmortem
from bot.domain.side_rooms import SideRoom
from bot.domain.status import Status
from bot.ports.store import Unit
from bot.usecases import complete_details, rows, standing, visibility

FIELD = "channel"


@dataclass(frozen=True, slots=True)
class AddChannel:
    """Give a channel to a record."""

    policy: Policy

    def __call__(
        self, unit: Unit, team_id: str, record_id: str, channel_id: str, by: str, now: datetime, via: str = "command"
    ) -> SideRoom | None:
        """None when it is not known yet what kind of channel it is: it is looked at, and may be added then. Raises `Refused`
        for one that belongs elsewhere, or that not everybody who sees the record may see."""
        record = standing.record_or_refuse(unit, record_id, team_id=team_id)
        unit.side_rooms.hold(team_id)
        known = unit.side_rooms.of(record.id)
        _check(unit, record, known, channel_id, by)
        place, own = (unit.channels.get(team_id, each) for each in (channel_id, record.channel_id))
        if place is None or own is None:
            unit.outbox.put(rows.place(record, now, channel_id if place is None else record.channel_id))
            return None
        _check_eyes(unit, record, own, place)
        before = next((each for each in known if each.channel_id == channel_id), None)
        number = before.number if before else len(known) + 1
        # One that an earlier record had is taken over from it.
        unit.side_rooms.release(team_id, channel_id)
        room = SideRoom(record.id, team_id, channel_id, number, by, now)
        unit.side_rooms.put(room)
        unit.ledger.note(Audit(record.id, now, by, FIELD, None, channel_id, via))
        self._read(unit, record, channel_id, now)
        return room

    def _read(self, unit: Unit, record: Postmortem, channel_id: str, now: datetime) -> None:
        oldest = harvest_window.oldest(record, self.policy, now)
        state = HarvestState(record.id, channel_id, Phase.HISTORY, oldest, oldest, requested_at=now)
        unit.harvests.put_state(state)
        unit.outbox.put(rows.harvest(record, now, channel_id), rows.card(record, now))


@dataclass(frozen=True, slots=True)
class RemoveChannel:
    """Take a channel from a record: what was read of it goes, what people confirmed stays."""

    def __call__(self, unit: Unit, team_id: str, record_id: str, channel_id: str, by: str, now: datetime) -> None:
        """Raises `Refused` for a channel that does not belong to it."""
        record = standing.record_or_refuse(unit, record_id, team_id=team_id)
        if channel_id == record.channel_id:
            raise Refused(f"<#{channel_id}> is the channel that {record.name} lives in: it cannot be removed.")
        mine = [each for each in unit.side_rooms.of(record.id) if each.current and each.channel_id == channel_id]
        if not mine:
            raise Refused(f"<#{channel_id}> does not belong to {record.name}.")
        main = unit.harvests.state(record.id, lock=True)
        unit.side_rooms.put(replace(mine[0], current=False))
        unit.side_rooms.forget(mine[0])
        unit.ledger.note(Audit(record.id, now, by, FIELD, channel_id, None, "command"))
        if main is not None:
            complete_details.read_anew(unit, record, now)
        unit.outbox.put(rows.card(record, now))


def _check(unit: Unit, record: Postmortem, known: Sequence[SideRoom], channel_id: str, by: str) -> None:
    if record.status is Status.CLOSED:
        raise Refused(f"{record.name} is closed: open it again first, then add the channel.")
    if channel_id == record.channel_id or any(each.current for each in known if each.channel_id == channel_id):
        raise Refused(f"<#{channel_id}> belongs to {record.name} already.")
    if len(known) >= side_rooms.MOST and all(each.channel_id != channel_id for each in known):
        raise Refused(f"{record.name} has had {side_rooms.MOST} other channels, which is the most there can be.")
    for other in unit.records.following(record.team_id, channel_id):
        # What was merged into this one, and what a later incident in the room followed, is in nobody's way.
        if other.window_until is not None or (other.merged and other.merged.record_id == record.id):
            continue
        if visibility.may_see(unit, other, by):
            raise Refused(f"<#{channel_id}> belongs to {other.name}, which is still open: a channel has one at a time.")
        raise Refused(f"<#{channel_id}> cannot be added to {record.name}: choose another channel.")


def _check_eyes(unit: Unit, record: Postmortem, own: Channel, other: Channel) -> None:
    """Whoever sees the record sees what was found in the channel: nobody may see more by that than by Slack itself."""
    if record.restricted and not other.private:
        raise Refused(f"{record.name} is restricted: only private channels can be added to it.")
    if not other.private:
        return
    if not own.private:
        raise Refused(
            f"<#{other.channel_id}> is private, and everybody may see {record.name}: it cannot be added. "
            "Make the incident's channel private first, or copy over what everybody may read."
        )
    eyes = own.members | visibility.concerned(record)
    people = unit.people.some(record.team_id, eyes - other.members)
    missing = sorted(user for user in eyes - other.members if not (user in people and people[user].is_bot))
    if missing:
        who = ", ".join(f"<@{user}>" for user in missing[:5])
        more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
        raise Refused(
            f"Not everybody who may see {record.name} is in <#{other.channel_id}>: {who}{more}. Invite them there first."
        )
