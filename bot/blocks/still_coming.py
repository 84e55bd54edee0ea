"""What a form of findings says while there may be more: the channel is still being read, or something was just said there."""

from __future__ import annotations

from bot.blocks import parts, text
from bot.blocks.parts import Block
from bot.domain.harvest_state import Phase
from bot.domain.overview import Overview
from bot.domain.status import Status


def line(overview: Overview) -> list[Block]:
    """One line; nothing once all that was said has been looked through, and where nothing is looked at any more."""
    state, record = overview.harvest, overview.postmortem
    if state is None or state.phase is Phase.STOPPED or record.status is Status.CLOSED:
        return []
    if state.phase is not Phase.DONE:
        return [
            parts.context(
                ":hourglass_flowing_sand: The channel is still being read: more may be found. Open this again later."
            )
        ]
    if state.heard_at is None:
        return []
    since = text.when(state.heard_at, record.business_tz)
    said = f"What was said in the channel since {since} is being looked through. Open this again in a minute to see what it brings."
    return [parts.context(f":hourglass_flowing_sand: {said}")]
