"""Opening a post-mortem: one record for one incident of a channel, never a second one by typing twice (R-01, R-04)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.domain import harvest_window, noticed
from bot.domain.harvest_state import HarvestState, Phase
from bot.domain.noticed import Noticed
from bot.domain.policy import Policy
from bot.domain.postmortem import Audit, Postmortem
from bot.domain.status import Status
from bot.ports.store import Unit
from bot.usecases import noticed_rows, rows


@dataclass(frozen=True, slots=True)
class Place:
    """Where and by whom a command was typed."""

    team_id: str
    channel_id: str
    user_id: str


@dataclass(frozen=True, slots=True)
class Opened:
    """The record of the channel, and whether this call made it."""

    record: Postmortem
    created: bool


@dataclass(frozen=True, slots=True)
class OpenRecord:
    """Give the channel's record, or make one with its card, the steps by role and the harvest."""

    policy: Policy
    new_id: Callable[[], str]

    def __call__(
        self, unit: Unit, place: Place, now: datetime, *, another: bool = False, noticed_id: str = ""
    ) -> Opened:
        """`another=True` closes the window of an open record: a second incident in the same room. `noticed_id` names the incident
        that was noticed and is meant, else it is the channel's newest. Raises `Outdated` in a race."""
        current = unit.records.current(place.team_id, place.channel_id, lock=True)
        if current and current.channel_id != place.channel_id:
            if current.status is not Status.CLOSED:
                return Opened(current, created=False)
            # The incident that the channel was lent to is over: it has incidents of its own again.
            unit.side_rooms.release(place.team_id, place.channel_id)
            current = unit.records.current(place.team_id, place.channel_id, lock=True)
        if current and not another and current.status is not Status.CLOSED:
            return Opened(current, created=False)
        if current and current.merged is not None:
            # What is said there from now on is of another incident than the one it is a part of.
            unit.side_rooms.release(place.team_id, place.channel_id)
        if current:
            until = current.window_until or now
            unit.records.save(current.changed(current=False, window_until=until))
            told = Audit(
                current.id, now, place.user_id, "window until", None, until.isoformat(), "another one was opened here"
            )
            unit.ledger.note(told)
            if current.merged is not None:
                # The channel was heard for the incident that its own is a part of: from now on it is heard for this one.
                unit.side_rooms.release(place.team_id, place.channel_id)
        meant = self._noticed(unit, place, noticed_id, now)
        record = self._new(unit, place, current, meant[0].ended_at if meant else None, now)
        unit.records.add(record)
        # Somebody types there, so it is there; where they want it read, they want it joined.
        unit.rooms.reopen(place.team_id, place.channel_id)
        unit.ledger.note(Audit(record.id, now, place.user_id, "record", None, record.name, "command"))
        if record.end_of_call_at is not None:
            ended = record.end_of_call_at.isoformat()
            unit.ledger.note(Audit(record.id, now, "bot", "end of the call", None, ended, "message"))
        for each in meant:
            noticed_rows.settle(unit, each, record, place.user_id, now)
        oldest = harvest_window.oldest(record, self.policy, now)
        unit.harvests.put_state(
            HarvestState(record.id, place.channel_id, Phase.HISTORY, oldest, oldest, requested_at=now)
        )
        unit.outbox.put(rows.card(record, now), rows.role_steps(record, now), rows.harvest(record, now))
        unit.outbox.put(rows.place(record, now))
        if unit.people.synced_at(place.team_id) is None:
            unit.outbox.put(rows.people(place.team_id, now))
        return Opened(record, created=True)

    @staticmethod
    def _noticed(unit: Unit, place: Place, noticed_id: str, now: datetime) -> list[Noticed]:
        """What was noticed of the incident in this channel (R-01), the newest first."""
        named = unit.noticed.get(noticed_id, lock=True) if noticed_id else None
        return [named] if named else noticed.about(unit.noticed.waiting(place.team_id, place.channel_id), now)

    def _new(
        self, unit: Unit, place: Place, previous: Postmortem | None, ended: datetime | None, now: datetime
    ) -> Postmortem:
        since = (previous.times.resolved_at or previous.created_at) if previous else None
        return Postmortem(
            id=self.new_id(),
            team_id=place.team_id,
            channel_id=place.channel_id,
            number=unit.records.next_number(place.team_id),
            created_at=now,
            created_by=place.user_id,
            business_tz=self.policy.calendar.tz,
            weekend=self.policy.calendar.weekend,
            window_from=since,
            end_of_call_at=ended,
        )
