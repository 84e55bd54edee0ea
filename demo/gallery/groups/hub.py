"""What `/postmortem` answers, and the same as a modal from the Home tab."""

from __future__ import annotations

from collections.abc import Iterator

from bot.blocks import hub, modals
from demo.gallery import stages
from demo.gallery.entry import Entry, Group, modal, whisper
from demo.gallery.stages import STAGES


def draw() -> Iterator[Entry]:
    for state, overview in STAGES.items():
        yield whisper("All steps", state, hub.hub(overview()))
    yield whisper("All steps", "Reviewed, for the support team", hub.hub(stages.reviewed(), support=True))
    yield modal(
        "All steps", "opened from the Home tab", modals.notice(hub.hub(stages.half_written(), again=False), "PM-7")
    )


GROUP = Group(
    "hub", "All steps", "The answer to /postmortem and to the card's button: seen by the one who asked.", draw
)
