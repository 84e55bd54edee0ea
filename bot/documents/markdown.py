"""The document as CommonMark with GitHub's tables. Nothing that people typed becomes mark-up: whatever could open a
heading, a table cell, a tag, a link or a code block is escaped, and only our own links are links."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from bot.domain import details, typed
from bot.domain.page import Block, Bullets, Code, Document, Figure, Inline, Line, Link, Note, Paragraph, Section, Table

_SPECIAL = re.compile(r"[\\`*_\[\]|~#$^]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# Renderers make links of these by themselves.
_SCHEME = re.compile(r"(https?|ftp|mailto|xmpp):", re.IGNORECASE)
_WWW = re.compile(r"(?<![a-z0-9])www\.", re.IGNORECASE)
# At the beginning of a line: list, setext or thematic break, definition.
_LEADING = re.compile(r"\A([-+=:!]|\d{1,9}[.)])")
_URL_SAFE = ":/?#[]@!$&'*+,;=%-._~"
_ENTITY_LIKE = re.compile(r"&(?=#?\w+;)")
_DEEPEST = 6


def render(document: Document) -> str:
    """The Markdown text, ending with a line end. The same document gives the same text."""
    facts = [f"- **{_words(label)}:** {_line(value, leading=False)}" for label, value in document.facts]
    chunks = [f"# {_words(document.title)}", "\n".join(facts)]
    chunks += [_block(note) for note in document.notes]
    for section in document.sections:
        chunks += _section(section, 2)
    return "\n\n".join(chunk for chunk in chunks if chunk) + "\n"


def escaped(text: str) -> str:
    """Typed text on one line of Markdown, as `render` shows it."""
    return _words(text)


def _section(section: Section, level: int) -> Iterable[str]:
    yield f"{'#' * min(level, _DEEPEST)} {_words(section.heading)}"
    for block in section.blocks:
        yield _block(block)
    for inner in section.sections:
        yield from _section(inner, level + 1)


def _block(block: Block) -> str:
    match block:
        case Paragraph(line):
            return _line(line)
        case Note(line):
            return f"> {_line(line)}"
        case Bullets(items):
            return "\n".join(f"- {_line(item)}" for item in items)
        case Table():
            return _table(block)
        case Code(text):
            return _code(text)
        case Figure():
            return ""


def _table(table: Table) -> str:
    rows = [
        [_words(column) for column in table.columns],
        ["---"] * len(table.columns),
        *([_line(cell, leading=False) for cell in row] for row in table.rows),
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _code(text: str) -> str:
    """To the letter but for line ends; the fence is longer than any run of back-ticks inside."""
    body = re.sub("[\x00\ud800-\udfff]", "\ufffd", re.sub("\r\n?", "\n", text))
    longest = max((len(run) for run in re.findall("`+", body)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{body}\n{fence}"


def _line(line: Line, *, leading: bool = True) -> str:
    """Inlines side by side; `leading` when they begin a line, where more characters have a meaning."""
    # An exclamation mark before one of our links would make a picture of it.
    joined = "".join(_inline(each) for each in line).strip().replace("![", "\\![")
    return _LEADING.sub(_escape_last, joined) if leading else joined


def _escape_last(found: re.Match[str]) -> str:
    return f"{found[0][:-1]}\\{found[0][-1]}"


def _inline(inline: Inline) -> str:
    if isinstance(inline, Link):
        return _link(inline)
    said = _words(inline.text)
    if not said:
        return " " if inline.text else ""
    before, after = (" " if inline.text[side].isspace() else "" for side in (0, -1))
    return f"{before}**{said}**{after}" if inline.strong else f"{before}{said}{after}"


def _link(link: Link) -> str:
    url = typed.clean(link.url).strip()
    label = _words(link.label) or "link"
    if not details.is_web_address(url):
        return label
    target = _ENTITY_LIKE.sub("&amp;", quote(url, safe=_URL_SAFE))
    # Not every reader knows angle brackets; without parentheses there is no need for them.
    return f"[{label}](<{target}>)" if set(target) & {"(", ")"} else f"[{label}]({target})"


def _words(text: str) -> str:
    """Typed text on one line with everything escaped that Markdown, GitHub or Slack would read as more than letters."""
    safe = _SPECIAL.sub(r"\\\g<0>", typed.one_line(text))
    for letter, entity in _ENTITIES.items():
        safe = safe.replace(letter, entity)
    safe = _WWW.sub(lambda found: f"{found[0][:-1]}\\.", _SCHEME.sub(r"\1\\:", safe))
    safe = re.sub(r"@(?=\w)", "@" + typed.WORD_JOINER, safe)
    return typed.isolate(safe)
