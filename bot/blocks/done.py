"""What was just done, at the top of the page that follows, with the button that takes it back."""

from __future__ import annotations

from dataclasses import dataclass

from bot.blocks import ids, parts
from bot.blocks.parts import Block


@dataclass(frozen=True, slots=True)
class Done:
    """`said` is finished mark-up; `undo` is what the button hands back, "" where there is nothing to take back."""

    said: str
    undo: str = ""
    warns: bool = False


def draw(done: Done | None) -> list[Block]:
    """The first block of a page, when there is something to say."""
    if done is None:
        return []
    block = parts.section(f"{':warning:' if done.warns else ':white_check_mark:'} {done.said}")
    if done.undo:
        block["accessory"] = parts.button("Undo", ids.ITEM_UNDO, done.undo)
    return [block]
