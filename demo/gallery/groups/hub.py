"""What `/postmortem` answers, and the same as a modal from the Home tab."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.blocks import hub, modals
from demo.gallery import mailed, samples, stages
from demo.gallery.entry import Entry, Group, modal, whisper
from demo.gallery.people import BEN
from demo.gallery.stages import STAGES
from demo.gallery.texts import NOW


def draw() -> Iterator[Entry]:
    for state, overview in STAGES.items():
        yield whisper("All steps", state, hub.hub(overview()))
    shared = samples.booking(shared_by=BEN, shared_at=NOW, shared_url="https://calendar.acme.example/pm-7")
    there = stages.written(stages.in_review().postmortem, booking=shared)
    yield whisper("All steps", "the meeting is on the shared calendar", hub.hub(there))
    yield whisper("All steps", "Reviewed, for the support team", hub.hub(stages.reviewed(), support=True))
    told = replace(
        stages.closed(), life=replace(stages.closed().life, mail_drafts=(mailed.draft(marks=(mailed.MARK,)),))
    )
    yield whisper("All steps", "Closed, and the e-mail was sent", hub.hub(told))
    yield modal(
        "All steps", "opened from the Home tab", modals.notice(hub.hub(stages.half_written(), again=False), "PM-7")
    )


GROUP = Group(
    "hub", "All steps", "The answer to /postmortem and to the card's button: seen by the one who asked.", draw
)
