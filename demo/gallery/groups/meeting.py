"""The forms of the meeting, with what is proposed to begin with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from bot.blocks import held, meeting_form
from bot.domain import meeting
from bot.domain.meeting import Proposal
from bot.domain.overview import Overview
from bot.domain.postmortem import Times
from bot.usecases import standing
from demo.gallery import samples, stages
from demo.gallery.entry import Entry, Group, modal
from demo.gallery.texts import NOW


def draw() -> Iterator[Entry]:
    yield _form("nothing booked", samples.overview())
    yield _form("the end of the incident is not known", samples.overview(samples.record(times=Times())))
    late = NOW + timedelta(days=3, hours=7)
    yield _form("hours before the deadline", samples.overview(now=late))
    yield _form("after the deadline", stages.overdue())
    yield _form("booked, to be moved or cancelled", stages.half_written())
    long = samples.booking(
        minutes=60, start=NOW + timedelta(days=7), late_reason="Half of the people are away until Friday."
    )
    yield _form("booked late, for an hour", samples.overview(lived=samples.life(booking=long)))
    yield _form("it was cancelled", stages.meeting_cancelled())
    intro = f"Not held. {held.deadline_says(stages.overdue())}"
    view = meeting_form.form(stages.overdue(), _proposal(stages.overdue()), intro=intro)
    yield modal("The meeting", "after it was not held", view)
    yield modal("It was held", "never booked", meeting_form.was_form(samples.overview()))
    yield modal("It was held", "booked and over", meeting_form.was_form(stages.meeting_over()))
    yield modal("Changes needed", "empty", meeting_form.changes_form(samples.record(), samples.booking()))


def _proposal(overview: Overview) -> Proposal:
    calendar = standing.calendar(overview.postmortem, samples.POLICY)
    return meeting.propose_slot(overview.deadline, calendar, now=overview.now)


def _form(state: str, overview: Overview) -> Entry:
    return modal("The meeting", state, meeting_form.form(overview, _proposal(overview)))


GROUP = Group("meeting", "The meeting", "Booked against the deadline, moved, cancelled, and when it really was.", draw)
