"""The document as a canvas holds it: Markdown with headings of three levels and small tables, and no longer than a canvas can be.
What is deeper becomes a bold line, a long table several; what does not fit is named, with the way to the file that has all of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.documents import markdown
from bot.domain import page
from bot.domain.kept_canvas import MOST_BYTES, MOST_CELLS
from bot.domain.page import Block, Document, Link, Note, Paragraph, Section, Table, Text

# The title is the first level, the sections the second.
_DEEPEST = 3
# Header and the line under it.
_HEAD = 2
COPY = "A copy to read: it is written anew at every change, and what is typed into it goes. To write, type /postmortem."
TOO_LONG = "This document is longer than a canvas can hold: read all of it in"
LEFT_OUT = "Left out here, for lack of room."
EMPTIED = "This document is not shown as a canvas any more.\n"


def render(document: Document, file: str | None, most: int = MOST_BYTES) -> str:
    """At most so many bytes of UTF-8. `file` is the address of the whole document. The same document gives the same text."""
    fitted = replace(
        document,
        notes=(Note(page.line(COPY)), *document.notes),
        sections=tuple(_fitted(each, 2) for each in document.sections),
    )
    whole = markdown.render(fitted)
    return whole if _size(whole) <= most else _shortened(fitted, file, most)


def _fitted(section: Section, level: int) -> Section:
    blocks = tuple(part for block in section.blocks for part in _parts(block))
    inner = [_fitted(each, level + 1) for each in section.sections]
    if level < _DEEPEST:
        return Section(section.heading, blocks, tuple(inner))
    return Section(section.heading, (*blocks, *(block for each in inner for block in _as_blocks(each))))


def _as_blocks(section: Section) -> Iterator[Block]:
    yield Paragraph((Text(section.heading, strong=True),))
    yield from section.blocks


def _parts(block: Block) -> Iterator[Block]:
    """A table with more cells than a canvas takes in one is several, each with the header."""
    if not isinstance(block, Table) or not block.columns:
        yield block
        return
    rows = max(1, MOST_CELLS // len(block.columns) - _HEAD)
    for start in range(0, max(1, len(block.rows)), rows):
        yield Table(block.columns, block.rows[start : start + rows])


def _shortened(document: Document, file: str | None, most: int) -> str:
    """The head, and the sections that have room, in their order; the others by their headings."""
    where = Link(file, "the file") if file else Text("the file in the thread of the card")
    head = replace(document, notes=(*document.notes, Note(page.line(f"{TOO_LONG} ", where, "."))), sections=())
    left_out = [Section(each.heading, (Paragraph(page.line(LEFT_OUT)),)) for each in document.sections]
    room = most - _size(markdown.render(replace(head, sections=tuple(left_out))))
    shown = []
    for section, without in zip(document.sections, left_out, strict=True):
        more = _alone(section) - _alone(without)
        shown.append(section if more <= room else without)
        room -= more if more <= room else 0
    said = markdown.render(replace(head, sections=tuple(shown)))
    return said if _size(said) <= most else markdown.render(Document("", (), (), (head.notes[-1],)))


def _alone(section: Section) -> int:
    return _size(markdown.render(Document("", (), (section,))))


def _size(text: str) -> int:
    return len(text.encode())
