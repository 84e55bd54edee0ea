"""Somebody's words as a quotation in a message, however long they are: in as many blocks as they need, never cut."""

from __future__ import annotations

from bot.blocks import parts, text
from bot.blocks.parts import Block
from bot.domain import pieces

# Every letter may become five (`&amp;`), every line gets a mark: so much always fits into one block.
_PIECE = 500


def quoted(words: str) -> list[Block]:
    """The blocks; none for no words."""
    said = (text.quote(part, _PIECE) for part in pieces.split(words, _PIECE))
    return [parts.section(each) for each in said if each]
