"""The meeting on the shared calendar (R-13): kept there as it is booked, never where it is restricted (R-63); what people did to it there
is asked about, once; and when the calendar is taken is read for the slot that is proposed."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.blocks import calendar_dm
from bot.domain.booking import Booking
from bot.domain.calendar_event import AHEAD, Busy, EventState, KeptEvent, Span
from bot.domain.invitation import Event
from bot.domain.outgoing import Row
from bot.domain.overview import Overview
from bot.jobs.handlers import calendar_server, invitation
from bot.jobs.handlers.channel import GONE
from bot.jobs.handlers.invitation import Thread
from bot.jobs.outcome import Done, GoOn, NotYet, Obsolete, Outcome
from bot.jobs.scene import Scene
from bot.jobs.worker import MAX_ATTEMPTS, PATIENCE
from bot.ports.calendar import EventGone, EventMoved, SharedCalendar
from bot.ports.errors import IntegrationError, RateLimited
from bot.usecases import calendar_questions, left_on_calendar, rows

log = logging.getLogger(__name__)

# How often it is read when the calendar is taken, and how long after a server has refused to tell.
READ_EVERY, ASK_AGAIN = timedelta(minutes=30), timedelta(days=1)
NONE = Obsolete("no shared calendar is set up")


@dataclass(frozen=True, slots=True)
class KeepOnCalendar:
    """One event for a record, whatever happens on the way."""

    scene: Scene
    calendar: SharedCalendar

    def __call__(self, row: Row) -> Outcome:
        overview = self.scene.overview(row)
        booking = overview.life.booking if overview else None
        if overview is None or booking is None:
            return GONE
        if not self.calendar.configured and not self.scene.policy.shared_calendar:
            return NONE
        record = overview.postmortem
        trail = invitation.thread(self.scene, record)
        kept = trail.event()
        if not self._wanted(overview, booking, kept):
            return Done({"nothing": "to be kept"})
        if not record.restricted:
            overview = calendar_server.known(self.scene, self.calendar, row, overview)
        event = invitation.event(self.scene, overview)
        if event is None:
            return GONE
        if record.restricted:
            self.calendar.remove(event, trail)
            self._said(overview, stands=False)
            return Done({"off": "restricted"})
        if kept.waits(event):
            return self._waiting(overview, kept, event, trail)
        return self._kept(row, overview, event, trail)

    @staticmethod
    def _wanted(overview: Overview, booking: Booking, kept: KeptEvent) -> bool:
        if overview.postmortem.restricted:
            # Also where it is not known whether a first one arrived.
            return kept.version > 0 and kept.state is not EventState.OFF
        there = kept.sequence >= 0 or kept.sending_start is not None
        return invitation.wanted(overview, booking, handed_out=there and kept.state is not EventState.OFF)

    def _kept(self, row: Row, overview: Overview, event: Event, trail: Thread) -> Outcome:
        act = self.calendar.look if row.payload.get("look") and not event.cancelled else self.calendar.publish
        asked = trail.event()
        try:
            href = self.calendar.withdraw(event, trail) if event.cancelled else act(event, trail)
        except EventMoved as moved:
            return self._ask(overview, event, EventState.MOVED, moved.span)
        except EventGone:
            return self._ask(overview, event, EventState.GONE)
        if asked.asked:
            self._redraw(overview, asked)
        self._said(overview, stands=not event.cancelled)
        return Done({"href": href})

    def _said(self, overview: Overview, *, stands: bool) -> None:
        """Nobody has to say any more that it is on the shared calendar."""
        now, seen = self.scene.clock.now(), overview.life.booking
        with self.scene.store.transaction(PATIENCE) as unit:
            record = unit.records.get(overview.postmortem.id, lock=True)
            booking = unit.meetings.booking(overview.postmortem.id)
            if record is None or booking is None or seen is None or booking.sequence != seen.sequence:
                return
            if (booking.shared_at is not None) is stands or booking.shared_by not in (None, self.scene.bot_user):
                return
            by, at = (self.scene.bot_user, now) if stands else (None, None)
            unit.meetings.put_booking(replace(booking, shared_by=by, shared_at=at))
            unit.outbox.put(rows.card(record, now, soon=True))

    def _waiting(self, overview: Overview, kept: KeptEvent, event: Event, trail: Thread) -> Outcome:
        """Nothing of ours is written. It is looked whether people moved it back, or put it back, which answers the question; an open one is
        put to whoever is the owner now."""
        if not kept.asked:
            return Done({"waits": kept.state.value})
        theirs = None
        try:
            self.calendar.look(event, trail)
        except EventMoved as moved:
            state, theirs = EventState.MOVED, moved.span
        except EventGone:
            state = EventState.GONE
        else:
            self._redraw(overview, kept)
            self._said(overview, stands=True)
            return Done({"settled": "in the calendar"})
        if (state, theirs, self._whom(overview)) == (kept.state, kept.theirs, kept.asked_of):
            return Done({"waits": kept.state.value})
        return self._ask(overview, event, state, theirs)

    def _whom(self, overview: Overview) -> str:
        """Who is asked: the owner, or who stands in."""
        return overview.postmortem.owner or self.scene.chief(overview)

    def _ask(self, overview: Overview, event: Event, state: EventState, theirs: Span | None = None) -> Outcome:
        """One message to the owner, or who stands in; the one before it is over."""
        record, now = overview.postmortem, self.scene.clock.now()
        whom = self._whom(overview)
        with self.scene.store.transaction(PATIENCE) as unit:
            before = unit.calendar.get(record.id, lock=True) or KeptEvent(record.id)
            unit.calendar.put(before.question(state, whom, event.booking, now, theirs))
            unit.outbox.put(rows.calendar_ask(record, whom, now, now), rows.card(record, now, soon=True))
            if before.asked_of and before.asked_at:
                unit.outbox.put(rows.calendar_ask(record, before.asked_of, before.asked_at, now))
        self._said(overview, stands=False)
        return Done({"asked": state.value})

    def _redraw(self, overview: Overview, asked: KeptEvent) -> None:
        """What was asked is settled."""
        with self.scene.store.transaction(PATIENCE) as unit:
            calendar_questions.settled_itself(
                unit, overview.postmortem, asked, self.scene.bot_user, self.scene.clock.now()
            )


@dataclass(frozen=True, slots=True)
class AskAboutEvent:
    """The question, drawn anew when it is answered."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        overview, to = self.scene.overview(row), str(row.payload["to"])
        asked = datetime.fromisoformat(str(row.payload["asked"]))
        name = f"calendar_ask:{to}:{asked.isoformat()}"
        with self.scene.store.reading() as unit:
            kept = unit.calendar.get(row.postmortem_id or "")
            told = unit.posts.get(row.postmortem_id or "", name)
            settled = calendar_questions.answer_to(unit, row.postmortem_id or "", asked)
        if overview is None or kept is None:
            return GONE
        stands = kept.asked_at == asked
        if not told and not (stands and kept.asked and self.scene.concerns(overview, to)):
            return Obsolete("this is not to be asked any more")
        drawing = calendar_dm.draw(overview, kept, still=stands, settled=settled)
        ts, _ = self.scene.posting.in_place(row, name, self.scene.chat.open_dm(to), drawing)
        return Done({"ts": ts})


@dataclass(frozen=True, slots=True)
class ReadBusy:
    """Read and then rest: the row is never done. A calendar that does not answer leaves the proposals as they are."""

    scene: Scene
    calendar: SharedCalendar

    def __call__(self, row: Row) -> Outcome:
        if not self.calendar.configured:
            return NONE
        now = self.scene.clock.now()
        try:
            calendar_server.learn(self.scene, self.calendar, row.team_id)
            found = self.calendar.busy(now, now + AHEAD)
        except IntegrationError as error:
            if isinstance(error, RateLimited) or (error.retryable and row.attempts < MAX_ATTEMPTS):
                raise
            log.warning("the calendar's server cannot be asked: %s", error.name)
            return NotYet(READ_EVERY, str(error))
        with self.scene.store.transaction(PATIENCE) as unit:
            unit.calendar.put_busy(Busy(row.team_id, tuple(found or ()), now))
            left_on_calendar.bring(unit, row.team_id, self.calendar.holds, now)
        return GoOn(ASK_AGAIN if found is None else READ_EVERY)
