"""What `/postmortem` answers: the whole of one post-mortem for one reader, with every next step as a button."""

from __future__ import annotations

from collections.abc import Mapping

from bot.blocks import card, checklist, ids, move_buttons, parts
from bot.blocks.parts import Block
from bot.domain.overview import Overview
from bot.domain.status import Status
from bot.ports.chat import Drawing

# The ways that are not the next step: back, and past a message that the meeting decided against.
_ASIDE: Mapping[Status, tuple[Status, ...]] = {
    Status.DRAFT: (),
    Status.IN_REVIEW: (Status.DRAFT,),
    Status.REVIEWED: (Status.IN_REVIEW,),
    Status.CLOSED: (Status.IN_REVIEW,),
}


def hub(overview: Overview) -> Drawing:
    """Facts, deadline, next step, the checklist with its buttons, and the ways back."""
    blocks = [*card.summary_blocks(overview, short=False), *checklist.full(overview), parts.actions(*_aside(overview))]
    return parts.drawing(card.summary(overview), blocks)


def _aside(overview: Overview) -> list[Block]:
    record = overview.postmortem
    ways = [move_buttons.button(record, to) for to in _ASIDE[record.status]]
    return [parts.button("Fill in the details", ids.DETAILS_OPEN, record.id), *ways]
