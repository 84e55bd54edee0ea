"""One pass over a page of Confluence by an XML parser: where our marks stand, to the byte, and what readers see."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import entities
from xml.parsers import expat

SUM = 12
_MARK = re.compile(rf"postmortem-(?:begin-([a-z0-9-]+)-([0-9a-f]{{{SUM}}})-([0-9a-f]{{{SUM}}})|end-([a-z0-9-]+))")
# XML knows five of these, pages have all of them.
_NAMED = "".join(
    f'<!ENTITY {name} "&#{code};">'
    for name, code in sorted(entities.name2codepoint.items())
    if name not in ("amp", "lt", "gt", "quot")
)
_OPENED = f"<!DOCTYPE page [{_NAMED}]><page>".encode()
_CLOSED = b"</page>"
MACRO, PARAMETER = "ac:structured-macro", "ac:parameter"
# What may stand around an anchor that is alone in its line.
_AROUND = frozenset({"p", "strong", "em", "u", "span", "sub", "sup", *(f"h{level}" for level in range(1, 7))})
# What we write, and what the editor adds to it by itself. Anything else was put in by people.
_OURS = frozenset(
    {"page", "p", "br", "strong", "a", "span", "div", "ul", "li", "table", "colgroup", "col", "thead", "tbody", "tr", "th", "td", PARAMETER,
     "ac:rich-text-body", "ac:plain-text-body", *(f"h{level}" for level in range(1, 7))}
)  # fmt: skip
_OUR_MACROS = frozenset({"info", "code", "status", "toc", "details"})


class Unreadable(ValueError):
    """The text is no storage format: nothing can be replaced in it without harm."""


@dataclass(slots=True)
class Mark:
    """One anchor of ours. Places are in bytes: of the macro, and of the outermost line around it; `parent` is what holds that."""

    name: str
    begins: bool
    sums: tuple[str, str]
    start: int
    end: int
    line_start: int = 0
    line_end: int = 0
    parent: int = 0


@dataclass(slots=True)
class _Element:
    name: str
    macro: str
    start: int
    number: int
    parameter: str | None = None
    text: list[str] = field(default_factory=list)
    waiting: list[Mark] = field(default_factory=list)


class Reading:
    """One pass over a page body by the parser, which says where things stand."""

    def __init__(self) -> None:
        self.marks: list[Mark] = []
        self.words: list[str] = []
        self.layout_end: int | None = None
        self._open: list[_Element] = []
        self._count = 0
        self._fresh = False
        self._data = b""
        self._parser = expat.ParserCreate("utf-8")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def read(self, data: bytes) -> None:
        self._data = _OPENED + data + _CLOSED
        try:
            self._parser.Parse(self._data, True)
        except expat.ExpatError as error:
            raise Unreadable(f"The page is not well-formed ({error}), so nothing in it was replaced.") from None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        macro = attributes.get("ac:name", "") if name == MACRO else ""
        element = _Element(name, macro, self._parser.CurrentByteIndex, self._count)
        if name == PARAMETER:
            element.parameter = attributes.get("ac:name", "")
        elif macro not in _OUR_MACROS if name == MACRO else name not in _OURS:
            self.words.append(f"<{name} {sorted(attributes.items())}>")
        if name == "a":
            self.words.append(f"<{attributes.get('href', '')}>")
        if len(self._open) == 1:
            self.layout_end = None
        self._open.append(element)
        self._fresh = True

    def _text(self, text: str) -> None:
        self._fresh = False
        holder = self._open[-1]
        if holder.parameter is None or holder.parameter == "title":
            self.words.append(text)
        elif holder.parameter == "" and self._open[-2].macro == "anchor":
            self._open[-2].text.append(text)
        if len(self._open) == 1 and text.strip():
            self.layout_end = None

    def _end(self, name: str) -> None:
        element = self._open.pop()
        at = self._parser.CurrentByteIndex
        empty = self._fresh and self._data[at - 2 : at] == b"/>"
        self._fresh = False
        end = at if empty else self._data.index(b">", at) + 1
        if element.macro == "anchor" and (found := _MARK.fullmatch("".join(element.text))):
            self._mark(found, element, end)
        for mark in element.waiting:
            self._place(mark, element, end)
        if name == "ac:layout" and len(self._open) == 1 and not empty:
            self.layout_end = at - len(_OPENED)

    def _mark(self, found: re.Match[str], element: _Element, end: int) -> None:
        begins = found[1] is not None
        sums = (found[2], found[3]) if begins else ("", "")
        mark = Mark(found[1] or found[4], begins, sums, element.start - len(_OPENED), end - len(_OPENED))
        self.marks.append(mark)
        line = element
        for outer in reversed(self._open):
            if outer.name not in _AROUND:
                break
            line = outer
        line.waiting.append(mark)

    def _place(self, mark: Mark, line: _Element, end: int) -> None:
        mark.line_start, mark.line_end = line.start - len(_OPENED), end - len(_OPENED)
        mark.parent = self._open[-1].number
