"""What a card says of records that were merged: where the work goes on, and where what was confirmed can be found."""

from __future__ import annotations

from bot.blocks import ids, lines, parts, text
from bot.blocks.parts import Block
from bot.domain import merge_said, phrases
from bot.domain.content import Section
from bot.domain.merged import TookIn
from bot.domain.overview import Overview

MOST = 3


def blocks(overview: Overview) -> list[Block]:
    """Nothing for a record that stands by itself."""
    record = overview.postmortem
    if record.merged is not None:
        life = overview.life
        responders = life.content.texts(Section.RESPONDERS, "people")
        said = merge_said.left(life.items, life.actions, len(responders), record.name)
        return [parts.context(text.escape(said))]
    shown, rest = record.took_in[-MOST:], len(record.took_in) - MOST
    more = [parts.context(f"and {rest} merged before, in the history")] if rest > 0 else []
    return [*map(_part, reversed(shown)), *more]


def _part(each: TookIn) -> Block:
    came = f"{phrases.count(each.brought, 'line')} of its timeline came along; its action items, responders and sections are there"
    stays = "Its confirmed lines of the timeline, action items and responders are there, and were not taken along"
    said = f":twisted_rightwards_arrows: Merged with *{each.name}* in {lines.channel(each.channel_id)}. {came if each.brought else stays}."
    section = parts.section(said)
    return {**section, "accessory": parts.button(f"What {each.name} has", ids.HUB_OPEN, each.record_id)}
