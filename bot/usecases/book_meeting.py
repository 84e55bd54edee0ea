"""Booking, moving, changing and cancelling the meeting (R-11, R-12, R-16): checked against the deadline, told to the channel, with
everything that falls due because of it planned anew in the same transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain import colleagues, details, errors, leading, meeting
from bot.domain.booking import Booking
from bot.domain.errors import BadInput, Refused, Stale
from bot.domain.meeting import CheckedMeeting, Proposal
from bot.domain.outgoing import Json
from bot.domain.policy import Policy
from bot.domain.postmortem import Audit, Postmortem
from bot.domain.topics import Topic
from bot.ports.store import Unit
from bot.usecases import actors, meeting_rows, rows, standing

LINK_MOST, REASON_MOST = 2000, 1000
RESTS = "The incident is open again: the meeting has no deadline until it is resolved."
CHANGED = "Somebody else changed the meeting while you had the form open. Close it and open it again to see theirs."


@dataclass(frozen=True, slots=True)
class Wish:
    """What the form asks for. `seen` is the sequence of the booking that it showed, None when there was none."""

    start: datetime
    length: timedelta
    link: str = ""
    late_reason: str = ""
    seen: int | None = None
    facilitator: str | None = None


@dataclass(frozen=True, slots=True)
class Booked:
    """The record, its meeting, and whether it was moved. `checked` carries the warnings and whether it is late."""

    record: Postmortem
    booking: Booking
    checked: CheckedMeeting
    moved: bool


@dataclass(frozen=True, slots=True)
class BookMeeting:
    """Book it, or move what is booked."""

    policy: Policy

    def check_right(self, unit: Unit, record: Postmortem, by: str) -> None:
        """Raises `Refused` for somebody who may not book it, and where a meeting has no place any more."""
        leading.only_leads(actors.actor(unit, record, by, self.policy), record, "book the meeting")
        leading.meeting_may_change(record)

    def proposal(self, unit: Unit, record: Postmortem, now: datetime) -> Proposal:
        """The slot to begin with (R-11): not one at which the shared calendar is taken, as far as that was read."""
        deadline, days = standing.in_force(record, self.policy), standing.calendar(record, self.policy)
        if deadline is None:
            return Proposal(None, (), RESTS)
        known = unit.calendar.busy(record.team_id) if self.policy.shared_calendar else None
        taken = tuple((each.start, each.end) for each in known.at(now)) if known else ()
        return meeting.propose_slot(deadline, days, now=now, taken=taken)

    def __call__(self, unit: Unit, team_id: str, record_id: str, wish: Wish, by: str, now: datetime) -> Booked:
        """Raises `BadInput` whose first code names what is wrong with the wish, `Refused`, or `Stale`."""
        record = standing.record_or_refuse(unit, record_id, team_id=team_id)
        self.check_right(unit, record, by)
        before = unit.meetings.booking(record.id)
        if (before.sequence if before else None) != wish.seen:
            raise Stale(CHANGED)
        # What does not move may have begun already: the link to the call is often missed then.
        unmoved = (
            before is not None
            and before.stands
            and (before.start, before.end) == (wish.start, wish.start + wish.length)
        )
        checked = self._checked(record, wish, min(now, wish.start) if unmoved else now)
        _check_facilitator(unit, record, wish.facilitator)
        late = wish.late_reason.strip() if checked.late else ""
        if before is not None and unmoved:
            return self._changed(unit, record, before, checked, wish, late, by, now)
        booking = _booked(record, before, checked, wish, late, by, now)
        moved = before is not None and before.stands
        meeting_rows.unplan(unit, record, before)
        unit.meetings.put_booking(booking)
        unit.ledger.note(Audit(record.id, now, by, "meeting", _told(before), _told(booking), _via(moved, late)))
        self._tell(unit, record, before if moved else None, booking, by, now)
        meeting_rows.plan(unit, record, booking, self.policy, now)
        meeting_rows.follow(unit, record, now)
        return Booked(record, booking, checked, moved)

    def _changed(
        self, unit: Unit, record: Postmortem, before: Booking, checked: CheckedMeeting, wish: Wish, late: str, by: str, now: datetime
    ) -> Booked:  # fmt: skip
        """Another link, facilitator or reason at the same time: nothing is planned anew, and what was confirmed still counts."""
        booking = replace(before, link=wish.link.strip(), late_reason=late, facilitator=wish.facilitator)
        if booking != before:
            unit.meetings.put_booking(booking)
            unit.ledger.note(Audit(record.id, now, by, "meeting", _around(before), _around(booking), "changed"))
            self._tell(unit, record, before, booking, by, now)
            meeting_rows.follow(unit, record, now)
        return Booked(record, booking, checked, moved=False)

    def _checked(self, record: Postmortem, wish: Wish, now: datetime) -> CheckedMeeting:
        link = wish.link.strip()
        if link and not details.is_web_address(link):
            raise errors.bad_input(
                "bad_link", details.link_problem(link, "This is no web address: begin with https:// or leave it empty.")
            )
        return meeting.check_meeting(
            wish.start,
            standing.in_force(record, self.policy),
            standing.calendar(record, self.policy),
            now=now,
            duration=wish.length,
            resolved_at=record.times.resolved_at,
            late_reason=wish.late_reason,
        )

    @staticmethod
    def _tell(unit: Unit, record: Postmortem, old: Booking | None, new: Booking, by: str, now: datetime) -> None:
        once = f"{new.sequence}:{now.isoformat()}"
        values: dict[str, Json] = {"by": by, "start": new.start.isoformat(), "minutes": minutes(new), "link": new.link}
        before = old.start.isoformat() if old else None
        note = rows.channel_note(
            record, Topic.MEETING_BOOKED, once, now, before=before, reason=new.late_reason, **values
        )
        unit.outbox.put(note, rows.card(record, now), rows.document(record, now))
        ic = record.roles.ic or record.created_by
        if new.late_reason and (old is None or (old.late_reason, old.start) != (new.late_reason, new.start)):
            late = rows.person_dm(record, ic, Topic.MEETING_LATE, once, now, reason=new.late_reason, **values)
            unit.outbox.put(late)


@dataclass(frozen=True, slots=True)
class CancelMeeting:
    """Call it off: what was confirmed of it no longer counts."""

    policy: Policy

    def __call__(self, unit: Unit, team_id: str, record_id: str, seen: int, by: str, now: datetime) -> Postmortem:
        """Raises `Refused` when nothing is booked or the person may not, `Stale` when it was moved meanwhile."""
        record = standing.record_or_refuse(unit, record_id, team_id=team_id)
        leading.only_leads(actors.actor(unit, record, by, self.policy), record, "cancel the meeting")
        leading.meeting_may_change(record)
        before = unit.meetings.booking(record.id)
        if before is None or before.cancelled:
            raise Refused("No meeting is booked: there is nothing to cancel.")
        if before.sequence != seen:
            raise Stale("The meeting was moved meanwhile. Nothing was changed: look at the new time first.")
        after = call_off(unit, record, before, by, "cancelled", now)
        start = before.start.isoformat()
        note = rows.channel_note(record, Topic.MEETING_CANCELLED, str(after.sequence), now, by=by, start=start)
        unit.outbox.put(note, rows.card(record, now), rows.document(record, now))
        meeting_rows.follow(unit, record, now)
        return record


def call_off(unit: Unit, record: Postmortem, before: Booking, by: str, via: str, now: datetime) -> Booking:
    """The meeting does not take place: nothing falls due because of it, and the history says why."""
    after = before.called_off(now)
    meeting_rows.unplan(unit, record, before)
    unit.meetings.put_booking(after)
    unit.ledger.note(Audit(record.id, now, by, "meeting", _told(before), None, via))
    return after


def minutes(booking: Booking) -> int:
    """How long it is."""
    return (booking.end - booking.start) // timedelta(minutes=1)


def _booked(
    record: Postmortem, before: Booking | None, checked: CheckedMeeting, wish: Wish, late: str, by: str, now: datetime
) -> Booking:
    link, facilitator = wish.link.strip(), wish.facilitator
    if before is None:
        return Booking(
            record.id, checked.start, checked.end, by, now, link=link, late_reason=late, facilitator=facilitator
        )
    kept = replace(before, link=link, late_reason=late, facilitator=facilitator)
    return kept.moved(checked.start, checked.end, by=by, now=now)


def _check_facilitator(unit: Unit, record: Postmortem, user: str | None) -> None:
    reasons = colleagues.unfit({"bad_facilitator": (user,)}, unit.people.some(record.team_id, {user} if user else ()))
    if reasons:
        raise BadInput(reasons[0].text, reasons=tuple(reasons))


def _told(booking: Booking | None) -> str | None:
    return None if booking is None or booking.cancelled else f"{booking.start.isoformat()}, {minutes(booking)} min"


def _around(booking: Booking) -> str:
    """What may change while the time stays."""
    parts = (("link", booking.link), ("facilitator", booking.facilitator), ("late because", booking.late_reason))
    return ", ".join(f"{what} {said}" for what, said in parts if said) or "no link"


def _via(moved: bool, late: str) -> str:
    via = "moved" if moved else "booked"
    return f"{via}, late: {late}" if late else via
