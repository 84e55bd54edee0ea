"""Words that are shown to the letter, whatever is in them: rich text knows no mark-up, so nothing in it pings anybody, ends
a block or has to be escaped. However long they are, nothing is left out."""

from __future__ import annotations

from typing import Any

from bot.domain import pieces, typed

Block = dict[str, Any]
# A block of more than about this is refused in places.
_BLOCK = 2500


def preformatted(words: str) -> list[Block]:
    """Code, as it stands."""
    return [_rich({"type": "rich_text_preformatted", "elements": [_text(part)]}) for part in _parts(words)]


def meanwhile(words: str, *, code: bool = False) -> list[Block]:
    """What somebody else saved in this field while the form was open, all of it, to be copied from."""
    if not words.strip():
        return [_rich(_section("Saved meanwhile: this field is empty"))]
    kind = "rich_text_preformatted" if code else "rich_text_quote"
    first, *rest = [{"type": kind, "elements": [_text(part)]} for part in _parts(words)]
    return [_rich(_section("Saved meanwhile:"), first), *map(_rich, rest)]


def _parts(words: str) -> list[str]:
    return [part for part in pieces.split(typed.verbatim(words), _BLOCK) if part] or ["–"]


def _rich(*elements: Block) -> Block:
    return {"type": "rich_text", "elements": list(elements)}


def _section(words: str) -> Block:
    return {"type": "rich_text_section", "elements": [{**_text(words), "style": {"italic": True}}]}


def _text(words: str) -> Block:
    return {"type": "text", "text": words}
