"""The meeting on the shared calendar: what is asked when people moved it there or took it off, and who answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.blocks import calendar_dm, invited_page
from bot.domain.calendar_event import EventState, KeptEvent, Reply
from bot.domain.overview import Overview
from bot.domain.postmortem import Audit
from demo.gallery import samples
from demo.gallery.entry import Entry, Group, message, modal
from demo.gallery.groups.meeting_people import GUESTS
from demo.gallery.people import ANA, BEN, CHIOMA, DANA
from demo.gallery.texts import NOW

REPLIES = {ANA: Reply.ACCEPTED, BEN: Reply.DECLINED, CHIOMA: Reply.TENTATIVE, DANA: Reply.UNREACHED}
READ = invited_page.read(NOW, again=False)


def draw() -> Iterator[Entry]:
    decided = {"by": BEN, "decided_at": NOW + timedelta(minutes=5)}
    for state, event in (
        ("somebody moved it there", kept(EventState.MOVED)),
        ("somebody took it off", kept(EventState.GONE)),
        ("it stays off", kept(EventState.LEFT_OUT, **decided)),
        ("settled by a person", kept(EventState.STANDING, **decided)),
        ("settled by itself", kept(EventState.STANDING)),
        ("cancelled meanwhile", kept(EventState.CANCELLED)),
    ):
        yield message("The shared calendar", state, calendar_dm.draw(overview(), event))
    yield message(
        "The shared calendar", "asked once more", calendar_dm.draw(overview(), kept(EventState.MOVED), still=False)
    )
    answer = Audit(samples.ID, NOW, BEN, "shared calendar", None, "put back", "button")
    yield message(
        "The shared calendar",
        "settled, and a newer question",
        calendar_dm.draw(overview(), kept(EventState.MOVED), still=False, settled=answer),
    )
    record, guests = samples.record(), GUESTS
    yield modal(
        "Who is invited", "with what they answered", invited_page.form(record, guests, (), (), "s", (), REPLIES, READ)
    )
    yield modal("Who is invited", "the same to be read", invited_page.page(record, guests, (), REPLIES, READ))


def kept(state: EventState, **values: Any) -> KeptEvent:
    """One that was asked about."""
    start = samples.booking().start + timedelta(hours=2)
    event = KeptEvent(
        samples.ID, state, asked_of=BEN, asked_at=NOW, theirs_start=start, theirs_end=start + timedelta(minutes=30)
    )
    return replace(event, **values)


def overview() -> Overview:
    """A meeting is booked."""
    seen = samples.overview(lived=samples.life(booking=samples.booking()))
    return replace(seen, calendar_name="Incident Post-Mortem Meetings")


GROUP = Group(
    "shared-calendar",
    "The shared calendar",
    "What people do there is merged or asked about, and what they answer is shown.",
    draw,
)
