"""The Markdown of a canvas: cut into the sections that an edit can name, and refused where Slack refuses it.

The sentences about headings and tables are Slack's own; a canvas holds no quote within a quote and no table beyond 300 cells,
for which Slack's wording is not known."""

from __future__ import annotations

import re
from collections.abc import Iterator

MAX_BYTES = 1024 * 1024
MAX_CELLS = 300
DEEPEST_HEADING = 3
HEADERS = ("h1", "h2", "h3")

_FENCE = re.compile(r"\s*(```+|~~~+)")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+\S")
_RULE = re.compile(r"\s{0,3}([-*_])(\s*\1){2,}\s*$")
_LIST = re.compile(r"\s*([-*+]|\d{1,9}[.)])\s+")
# One with a backslash before it is a letter.
_BORDER = re.compile(r"(?<!\\)(?:\\\\)*\|")
_ROW = re.compile(r"\s*\|.*\|\s*$")
_DELIMITER = re.compile(r"\s*\|?(\s*:?-+:?\s*\|)+\s*(:?-+:?\s*)?$")

Line = tuple[int, str]


def problem(markdown: str) -> str | None:
    """What Slack would say in `detail`, or None for Markdown that a canvas can hold."""
    cells = 0
    before = ""
    for number, line in _outside_code(markdown):
        wrong = _of_line(line, before)
        if wrong:
            return f"'content' error: line {number}: {wrong}"
        cells = cells + len(_BORDER.findall(line)) - 1 if _ROW.match(line) else 0
        if cells > MAX_CELLS:
            return f"'content' error: line {number}: Table exceeds {MAX_CELLS} cells"
        before = line
    return None


def _of_line(line: str, before: str) -> str | None:
    bare = line.lstrip(" \t>")
    bare = _LIST.sub("", bare, count=1)
    heading = _HEADING.match(bare)
    if heading and len(heading[1]) > DEEPEST_HEADING:
        return f"Unsupported heading depth ({len(heading[1])})"
    inside = line.lstrip().startswith(">") or bool(_LIST.match(before) and line.startswith(("  ", "\t")))
    if inside and (_ROW.match(bare) or _DELIMITER.match(bare)):
        return "Unsupported table type"
    if re.match(r"\s*>\s*>", line):
        return "Unsupported block quote nesting"
    return None


def _outside_code(markdown: str) -> Iterator[Line]:
    fence = ""
    for number, line in enumerate(markdown.splitlines(), 1):
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        elif not fence:
            yield number, line


def sections(markdown: str) -> list[tuple[str, str]]:
    """(type, Markdown) of each section in order: h1 to h3, paragraph, list, quote, code, table or horizontal_line."""
    found: list[tuple[str, list[str]]] = []
    fence = ""
    for line in markdown.splitlines():
        kind = "code" if fence else _kind(line)
        mark = _FENCE.match(line)
        if kind == "":
            found.append(("", []))
        elif _goes_on(found, kind) and not (kind == "code" and not fence):
            found[-1][1].append(line)
        else:
            found.append((kind, [line]))
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
            if not fence:
                found.append(("", []))
    return [(kind, "\n".join(lines)) for kind, lines in found if kind]


def _goes_on(found: list[tuple[str, list[str]]], kind: str) -> bool:
    """A heading and a line across stand alone; everything else grows until a blank line or another kind of line."""
    if not found or kind in (*HEADERS, "horizontal_line"):
        return False
    last = found[-1][0]
    return last == kind or (kind == "paragraph" and last in ("list", "quote"))


def _kind(line: str) -> str:
    if not line.strip():
        return ""
    heading = _HEADING.match(line)
    if heading:
        return f"h{len(heading[1])}"
    if _FENCE.match(line):
        return "code"
    if _RULE.match(line):
        return "horizontal_line"
    if _LIST.match(line):
        return "list"
    if line.lstrip().startswith(">"):
        return "quote"
    return "table" if _ROW.match(line) else "paragraph"
