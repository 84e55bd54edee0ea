"""Incidents without a record (R-01): noticed, offered a post-mortem once, begun from there, or said to need none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.domain import errors, noticed
from bot.domain.errors import Refused
from bot.domain.noticed import Gone, Noticed, NoticedState, Why
from bot.domain.noticed_signs import Sign
from bot.domain.postmortem import Postmortem
from bot.ports.store import Unit
from bot.usecases import noticed_rows, visibility
from bot.usecases.open_record import Opened, OpenRecord, Place

NOT_HERE = "This is not asked any more. Type `/postmortem start` in the incident's channel to start its post-mortem."
SAY_WHY = "Say in a few words why none is needed: the next one to ask finds it there."


@dataclass(frozen=True, slots=True)
class NoticeIncident:
    """A sign was given in a channel. Writes nothing where it tells nothing new. Raises `Outdated` in a race."""

    new_id: Callable[[], str]

    def __call__(self, unit: Unit, team_id: str, channel_id: str, sign: Sign, now: datetime) -> Noticed | None:
        record = unit.records.current(team_id, channel_id)
        if not noticed.free(record, sign.at):
            return None
        before = unit.noticed.newest(team_id, channel_id, lock=True)
        new = noticed.begun(self.new_id(), team_id, channel_id, before, sign)
        after = noticed.heard(before, sign, new, recorded=record is not None)
        if after is None:
            return None
        known = before if before is not None and before.id == after.id else None
        if known is None:
            unit.noticed.add(after)
        else:
            unit.noticed.save(after)
        if after.severity is not None and (known is None or known.severity is None):
            unit.outbox.put(noticed_rows.place(after, now))
        if after.wants_offer and (known is None or known.ended_at is None):
            unit.outbox.put(noticed_rows.offer(after, now))
        return after

    @staticmethod
    def put_away(unit: Unit, team_id: str, channel_id: str, gone: Gone) -> None:
        """Its channel was archived or has another name: nobody will be asked there, so the managers hear of it."""
        for each in unit.noticed.waiting(team_id, channel_id):
            unit.noticed.save(each.changed(gone=gone))


@dataclass(frozen=True, slots=True)
class AnswerOffer:
    """What somebody says to the question, or to the list of incidents without a post-mortem."""

    open_record: OpenRecord

    def start(self, unit: Unit, team_id: str, noticed_id: str, by: str, now: datetime) -> Opened:
        """Open the post-mortem, for this incident: the same that `/postmortem start` does. Raises `Refused`."""
        # The record first, as everybody else does: two that lock in another order wait for each other.
        named = unit.noticed.get(noticed_id)
        current = unit.records.current(team_id, named.channel_id, lock=True) if named else None
        found = self.found(unit, team_id, noticed_id)
        record = self.recorded(unit, found)
        if record is not None:
            return Opened(record, created=False)
        another = current is not None and noticed.free(current, found.first_seen)
        place = Place(team_id, found.channel_id, by)
        opened = self.open_record(unit, place, now, another=another, noticed_id=found.id)
        if not opened.created:
            noticed_rows.settle(unit, found, opened.record, by, now)
        return opened

    def decline(
        self, unit: Unit, team_id: str, noticed_id: str, why: str, note: str, by: str, now: datetime
    ) -> Noticed:
        """None is needed, for a reason. Said twice, the first stands. Raises `Refused` and `BadInput`."""
        found = self.found(unit, team_id, noticed_id)
        if found.state is NoticedState.DECLINED:
            return found
        record = self.recorded(unit, found)
        if record is not None:
            raise Refused(f"{record.name} was started for it meanwhile: there is nothing left to answer.")
        if why not in set(Why):
            raise errors.bad_input("why", "Choose one of the reasons.")
        if why == Why.OTHER and not note.strip():
            raise errors.bad_input("reason", SAY_WHY)
        settled = found.changed(
            state=NoticedState.DECLINED, settled_at=now, settled_by=by, why=Why(why).value, note=note.strip()
        )
        unit.noticed.save(settled)
        if settled.ended_at is not None:
            unit.outbox.put(noticed_rows.offer(settled, now))
        return settled

    @staticmethod
    def found(unit: Unit, team_id: str, noticed_id: str) -> Noticed:
        """The incident, held. Raises `Refused` when it is not one of this workspace."""
        found = unit.noticed.get(noticed_id, lock=True)
        if found is None or found.team_id != team_id:
            raise Refused(NOT_HERE)
        return found

    @staticmethod
    def recorded(unit: Unit, found: Noticed) -> Postmortem | None:
        """The record that it has by now."""
        return unit.records.get(found.postmortem_id) if found.postmortem_id else None


def unrecorded(unit: Unit, team_id: str, sees: Callable[[str], bool], now: datetime) -> tuple[Noticed, ...]:
    """SEV-1 and SEV-2 with no post-mortem, oldest first, of the channels that the reader may see."""
    return tuple(
        each for each in unit.noticed.all_waiting(team_id) if noticed.unrecorded(each, now) and sees(each.channel_id)
    )


def seen_by(unit: Unit, team_id: str, user_id: str) -> Callable[[str], bool]:
    """Which channels one person may see: of one that was never read nobody is told."""
    eyes = visibility.eyes(unit, team_id, user_id)
    return lambda channel_id: eyes.may_look(team_id, channel_id)
