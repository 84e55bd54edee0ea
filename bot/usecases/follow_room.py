"""An incident's channel was archived, deleted, left or brought back, got another name or another id: its post-mortems follow.
While it is closed nothing is written there, and the owner and the IC hear once what that means (R-02)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import handing_over, merging, room
from bot.domain.harvest_state import Phase
from bot.domain.outgoing import Outgoing
from bot.domain.policy import Policy
from bot.domain.postmortem import Audit, Postmortem
from bot.domain.room import Closed, How
from bot.domain.status import Status
from bot.domain.topics import Topic
from bot.ports.store import Unit
from bot.usecases import hand_off, meeting_rows, rows, standing
from bot.usecases.request_harvest import RequestHarvest

FIELD, OPEN, VIA = "channel", "open", "Slack"


@dataclass(frozen=True, slots=True)
class RoomClosed:
    """Nothing can be written there from now on."""

    policy: Policy

    def __call__(
        self, unit: Unit, team_id: str, channel_id: str, how: How, now: datetime, *, by: str | None = None
    ) -> bool:
        """Whether it is news: the same is said once, and what is less grave than what is known already is not said at all."""
        records = _held(unit, team_id, channel_id)
        known = unit.rooms.closed(team_id, channel_id)
        if not records:
            return False
        if known is not None and not known.gives_way(how):
            if known.how is how and known.by is None and by:
                unit.rooms.close(replace(known, by=by))
            return False
        closed = Closed(team_id, channel_id, how, now, by)
        unit.rooms.close(closed)
        for record in _open(records):
            unit.ledger.note(Audit(record.id, now, by or "bot", FIELD, known.how if known else OPEN, how, VIA))
            if closed.unreadable:
                _stop_reading(unit, record, how)
            self._go_on(unit, record, now)
            # What was merged goes on in another channel: that its own one is closed concerns nobody.
            if record.merged is None:
                unit.outbox.put(*_news(unit, record, closed, self._reviewers(unit, record)))
        return True

    def _reviewers(self, unit: Unit, record: Postmortem) -> str:
        """The channel that is still asked for the review; "" for none."""
        places = meeting_rows.places(unit, record, self.policy)
        return (self.policy.review_channel or "") if meeting_rows.REVIEW in places else ""

    def _go_on(self, unit: Unit, record: Postmortem, now: datetime) -> None:
        """What people were asked in the channel they are asked directly."""
        meeting_rows.redraw_held(unit, record, now)
        hand_off.redraw(unit, record, handing_over.review_of(record), self.policy, now)
        unit.outbox.put(rows.card(record, now))


@dataclass(frozen=True, slots=True)
class RoomOpened:
    """It can be written to again: all is as before, and what changed meanwhile is drawn anew."""

    policy: Policy

    def __call__(
        self, unit: Unit, team_id: str, channel_id: str, ended: How, now: datetime, *, by: str | None = None
    ) -> bool:
        """`ended` is what is over: who comes back into a channel does not unarchive it. Whether it is news."""
        records = _held(unit, team_id, channel_id)
        known = unit.rooms.closed(team_id, channel_id)
        if known is None:
            return ended is How.LEFT and self._invited(unit, records, now)
        if known.how is not ended:
            return False
        unit.rooms.reopen(team_id, channel_id)
        for record in records:
            unit.outbox.put(rows.card(record, now), rows.document(record, now))
        for record in _open(records):
            unit.outbox.cancel(record.id, [row.key for row in _news(unit, record, known, "")])
            unit.ledger.note(Audit(record.id, now, by or "bot", FIELD, known.how, OPEN, VIA))
            self._catch_up(unit, record, now)
            if known.unreadable:
                RequestHarvest(self.policy)(unit, record, now)
        return True

    def _catch_up(self, unit: Unit, record: Postmortem, now: datetime) -> None:
        meeting_rows.redraw_review(unit, record, now)
        meeting_rows.redraw_held(unit, record, now)
        meeting_rows.review_waits(unit, record, self.policy, now)
        hand_off.redraw(unit, record, handing_over.review_of(record), self.policy, now)
        unit.outbox.put(rows.place(record, now))
        if record.owner:
            # Whoever became the owner meanwhile could not be brought in.
            unit.outbox.put(replace(rows.invite_owner(record, now), again=True))

    def _invited(self, unit: Unit, records: Sequence[Postmortem], now: datetime) -> bool:
        """Invited where it was asked to be: what was given up for the want of that is tried again."""
        waiting = [record for record in _open(records) if _waits(unit, record)]
        for record in waiting:
            RequestHarvest(self.policy)(unit, record, now)
        return bool(waiting)


@dataclass(frozen=True, slots=True)
class RoomMoved:
    """The channel has another id, as when a public one is shared with others: everything goes with it, in one transaction."""

    def __call__(self, unit: Unit, team_id: str, before: str, after: str, now: datetime) -> bool:
        """Whether there was anything to move."""
        records = _held(unit, team_id, before)
        whole = None if records else unit.records.current(team_id, before)
        if before == after or not (records or whole):
            return False
        if whole is not None:
            unit.ledger.note(Audit(whole.id, now, "bot", "channel id", before, after, VIA))
        taken = unit.records.current(team_id, after, lock=True) is not None
        for record in records:
            current = record.current and not taken
            unit.records.save(record.changed(channel_id=after, current=current))
            unit.ledger.note(Audit(record.id, now, "bot", "channel id", before, after, VIA))
        for partner in {each for record in records for each in merging.partners(record)}:
            other = unit.records.get(partner, lock=True)
            if other is not None:
                unit.records.save(merging.followed(other, before, after))
        unit.rooms.move(team_id, before, after)
        for record in unit.rooms.records(team_id, after):
            unit.outbox.put(rows.card(record, now), rows.place(record, now))
        return True


def _held(unit: Unit, team_id: str, channel_id: str) -> list[Postmortem]:
    """The channel's records, each held for this transaction, as everybody does first."""
    found = (unit.records.get(each.id, lock=True) for each in unit.rooms.records(team_id, channel_id))
    return [record for record in found if record is not None]


def _open(records: Sequence[Postmortem]) -> list[Postmortem]:
    return [record for record in records if record.status is not Status.CLOSED]


def _waits(unit: Unit, record: Postmortem) -> bool:
    state = unit.harvests.state(record.id)
    return bool(unit.outbox.dead(record.id)) or (state is not None and state.phase is Phase.STOPPED)


def _stop_reading(unit: Unit, record: Postmortem, how: How) -> None:
    state = unit.harvests.state(record.id, lock=True)
    if state is not None:
        why = room.UNREAD[how]
        stopped = replace(state, phase=Phase.STOPPED, trouble=why, waiting_until=None, again_at=None, live_from=None)
        unit.harvests.put_state(stopped)


def _news(unit: Unit, record: Postmortem, closed: Closed, review: str) -> list[Outgoing]:
    """To the owner and the IC, once; a moment later, since Slack may tell only then who did it."""
    people = {person for person in (record.owner, standing.chief(unit, record)) if person}
    known = unit.people.some(record.team_id, people)
    once, due = f"{closed.how}:{closed.at.isoformat()}", closed.at + rows.CARD_PAUSE
    return [
        rows.person_dm(record, user, Topic.ROOM_CLOSED, once, due, how=closed.how, review=review)
        for user in sorted(people)
        if user not in known or not known[user].deleted
    ]
