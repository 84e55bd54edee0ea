"""A document as a value that belongs to no format: what is a heading, a table, a link. Each renderer turns the same value
into its own syntax, so that all of them say the same."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.picture import Picture

_URL = re.compile(r"https?://[^\s<>|\"]+", re.IGNORECASE)
_AFTER_URL = ".,;:!?'’)]}*_~`"
TO_BE_WRITTEN = "To be written:"


@dataclass(frozen=True, slots=True)
class Text:
    """Words on one line, as they are: escaping is the renderer's."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A link; what is not http or https is shown as its label."""

    url: str
    label: str


Inline = Text | Link
Line = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    line: Line


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Every row has as many cells as there are columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"Every row of this table must have {len(self.columns)} cells.")


@dataclass(frozen=True, slots=True)
class Code:
    """Shown to the letter, line ends included."""

    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """Set apart from the text: a remark of the bot, or what is still to be written."""

    line: Line


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture of what the blocks beside it say in words: a format that has no pictures leaves it out, and nothing is missing."""

    picture: Picture


Block = Paragraph | Bullets | Table | Code | Note | Figure


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """`facts` are label and value, above everything; `notes` say what a reader must know before reading on."""

    title: str
    facts: tuple[tuple[str, Line], ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...] = ()


def words(text: str) -> Line:
    """Typed text as inlines: web addresses become links to themselves."""
    line: list[Inline] = []
    end = 0
    for found in _URL.finditer(text):
        url = found[0].rstrip(_AFTER_URL)
        if found.start() > end:
            line.append(Text(text[end : found.start()]))
        line.append(Link(url, url))
        end = found.start() + len(url)
    if end < len(text) or not line:
        line.append(Text(text[end:]))
    return tuple(line)


def line(*parts: str | Inline | Line) -> Line:
    """Strings, inlines and lines as one line."""
    joined: list[Inline] = []
    for part in parts:
        if isinstance(part, str):
            joined.append(Text(part))
        elif isinstance(part, tuple):
            joined.extend(part)
        else:
            joined.append(part)
    return tuple(joined)


def unwritten(section: Section) -> Section:
    """A section that nobody writes any more: what was asked for and not given is left out, and where nothing is left it
    says so."""
    blocks = tuple(each for each in section.blocks if not _asks(each))
    sections = tuple(unwritten(each) for each in section.sections)
    if not blocks and not sections and section.blocks:
        blocks = (Paragraph(line("Not written.")),)
    return Section(section.heading, blocks, sections)


def _asks(block: Block) -> bool:
    return isinstance(block, Note) and block.line[:1] == (Text(TO_BE_WRITTEN, strong=True),)


def prompt(sentence: str) -> Note:
    """A place for people to write, clearly marked."""
    return Note((Text(TO_BE_WRITTEN, strong=True), Text(f" {sentence}")))
