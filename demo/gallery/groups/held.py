"""The question whether the meeting was held, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.blocks import held, replies
from bot.domain.booking import Booking, Outcome
from bot.domain.overview import Overview
from bot.domain.status import Status
from demo.gallery import samples, stages
from demo.gallery.entry import Entry, Group, message, whisper
from demo.gallery.people import ANA, BEN
from demo.gallery.stages import AFTER

CHANGES = "The impact of the guests is missing.\nSay who was paged first."


def draw() -> Iterator[Entry]:
    yield _card("to be answered", stages.meeting_over())
    yield _card("agreed on, there is a message to customers", _with(stages.held()))
    yield _card("agreed on, there is none", stages.agreed())
    yield _card("agreed on while it is a draft", _with(stages.held(), samples.record()))
    wanted: dict[str, Any] = {"outcome": Outcome.CHANGES, "outcome_note": CHANGES}
    yield _card("changes are needed", _with(_answered(**wanted)))
    writing = stages.held(in_writing=True, outcome_note=CHANGES, confirmed_by=BEN, outcome_by=BEN)
    yield _card("agreed on in writing", _with(writing))
    yield _card("not held", _with(_answered(outcome=Outcome.NOT_HELD)))
    yield _card(
        "not held, and overdue", replace(_with(_answered(outcome=Outcome.NOT_HELD)), now=AFTER + timedelta(days=4))
    )
    sent_back = samples.record(status=Status.IN_REVIEW, sent_back_at=AFTER + timedelta(hours=3))
    later = replace(_with(stages.held(), sent_back), now=AFTER + timedelta(hours=4))
    yield _card("sent back after it was agreed on", later)
    yield _card("cancelled", _with(samples.booking().called_off(AFTER)), 0)
    moved = _with(samples.booking(sequence=1))
    yield message("Was it held?", "moved meanwhile", held.card(moved, 0))
    closed = replace(stages.closed(), life=replace(stages.closed().life, booking=samples.booking()))
    yield _card("closed meanwhile", closed)
    yield whisper("Was it held?", "asked by a button", held.question(stages.meeting_over(), ping=False))
    yield whisper("Was it held?", "it is still to come", held.early(stages.in_review()))
    yield whisper(
        "Was it held?", "said that it was not", replies.say(f"Not held. {held.deadline_says(stages.in_review())}")
    )


def _answered(**values: Any) -> Booking:
    return samples.booking(**{"outcome_by": ANA, "outcome_at": AFTER, **values})


def _with(booking: Booking, of: Any = None) -> Overview:
    return stages.written(of or stages.in_review().postmortem, now=AFTER, booking=booking)


def _card(state: str, overview: Overview, of: int | None = None) -> Entry:
    booking = overview.life.booking
    sequence = booking.sequence if booking and of is None else of or 0
    return message("Was it held?", state, held.card(overview, sequence))


GROUP = Group("held", "Was the meeting held?", "Asked in the channel when the meeting should be over.", draw)
