"""The document as one HTML file that brings everything along: nothing is fetched, nothing runs. What people typed is text and
never mark-up, whichever way it is written, and only addresses of the web and of mail are links."""

from __future__ import annotations

import html as standard
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import count
from urllib.parse import quote

from bot.documents import html_style, timeline_svg
from bot.domain import details, typed
from bot.domain.page import Block, Bullets, Code, Document, Figure, Inline, Line, Link, Note, Paragraph, Section, Table

_MAIL = re.compile(r"mailto:[^\s<>\"@:,?]+@[^\s<>\"@:,?/]+\Z", re.IGNORECASE)
_URL_SAFE = ":/?#[]@!$&'()*+,;=%-._~"
# What HTML does not take, beside what `typed` takes out; the line end of a few machines.
_NO_CHARACTERS = "".join(chr(plane << 16 | last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
_NOT_HTML = re.compile(f"[\x85\ufdd0-\ufdef{_NO_CHARACTERS}]")
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_DEEPEST = 6
_TIMED = "Time"
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_HEAD = (
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light dark">\n'
    '<meta name="robots" content="noindex">\n<meta name="referrer" content="no-referrer">\n'
)


def render(document: Document) -> str:
    """The whole file, ending with a line end. The same document gives the same file."""
    numbers = count(1)
    sections = [_Placed(section, f"s{next(numbers)}") for section in document.sections]
    return "".join((
        _HEAD,
        f"<title>{_escaped(document.title)}</title>\n<style>{html_style.CSS}</style>\n</head>\n<body>\n",
        '<a class="skip" href="#content">Skip to the content</a>\n',
        f'<header>\n<h1 dir="auto">{_text(document.title)}</h1>\n{_facts(document.facts)}</header>\n',
        _contents(sections),
        '<main id="content" tabindex="-1">\n',
        *(_block(note, "content") for note in document.notes),
        *(piece for each in sections for piece in _section(each.section, 2, each.anchor)),
        "</main>\n</body>\n</html>\n",
    ))  # fmt: skip


class _Placed:
    """A section and the name of its place in the file."""

    def __init__(self, section: Section, anchor: str) -> None:
        self.section, self.anchor = section, anchor


def _facts(facts: Iterable[tuple[str, Line]]) -> str:
    rows = "".join(f'<dt>{_text(label)}</dt><dd dir="auto">{_line(said)}</dd>\n' for label, said in facts)
    return f"<dl>\n{rows}</dl>\n" if rows else ""


def _contents(sections: Iterable[_Placed]) -> str:
    links = "".join(
        f'<li><a href="#{each.anchor}"><bdi>{_escaped(each.section.heading)}</bdi></a></li>\n' for each in sections
    )
    return f'<nav aria-label="Contents">\n<ol>\n{links}</ol>\n</nav>\n' if links else ""


def _section(section: Section, level: int, anchor: str) -> Iterator[str]:
    tag = f"h{min(level, _DEEPEST)}"
    yield f'<section aria-labelledby="{anchor}">\n<{tag} id="{anchor}" dir="auto">{_text(section.heading)}</{tag}>\n'
    yield from map(partial(_block, anchor=anchor), section.blocks)
    for number, inner in enumerate(section.sections, start=1):
        yield from _section(inner, level + 1, f"{anchor}-{number}")
    yield "</section>\n"


def _block(block: Block, anchor: str) -> str:
    match block:
        case Paragraph(line):
            return f'<p dir="auto">{_line(line)}</p>\n'
        case Note(line):
            return f'<p class="note" role="note" dir="auto">{_line(line)}</p>\n'
        case Bullets(items):
            return "<ul>\n" + "".join(f'<li dir="auto">{_line(item)}</li>\n' for item in items) + "</ul>\n"
        case Table():
            return _table(block, anchor)
        case Code(text):
            return f'<pre dir="ltr"><code>{_escaped(text)}</code></pre>\n'
        case Figure(picture):
            return f'<figure tabindex="0">\n{timeline_svg.render(picture)}</figure>\n'


def _table(table: Table, anchor: str) -> str:
    """Wider than its place it can be moved, with the keyboard too; its first cells name their rows."""
    timed = " timed" if table.columns[:1] and table.columns[0].startswith(_TIMED) else ""
    head = "".join(f'<th scope="col">{_text(column)}</th>' for column in table.columns)
    rows = "".join(f"<tr>{''.join(map(_cell, range(len(row)), row))}</tr>\n" for row in table.rows)
    return (
        f'<div class="wide{timed}" role="region" tabindex="0" aria-labelledby="{anchor}">\n<table>\n'
        f"<thead>\n<tr>{head}</tr>\n</thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n"
    )


def _cell(place: int, line: Line) -> str:
    if place == 0:
        return f'<th scope="row" dir="auto">{_line(line)}</th>'
    return f'<td dir="auto">{_line(line)}</td>'


def _line(line: Line) -> str:
    return "".join(map(_inline, line))


def _inline(inline: Inline) -> str:
    if isinstance(inline, Link):
        return _link(inline)
    said = _text(inline.text)
    return f"<strong>{said}</strong>" if inline.strong and said else said


def _link(link: Link) -> str:
    url, label = typed.clean(link.url).strip(), link.label if link.label.strip() else "link"
    if not (details.is_web_address(url) or _MAIL.match(url)):
        return _text(label)
    same = ' class="same"' if label.strip() == url else ""
    return f'<a{same} href="{_escaped(quote(url, safe=_URL_SAFE))}" rel="noreferrer">{_text(label)}</a>'


def _text(words: str) -> str:
    """Typed text; what is written from right to left is fenced in, so that what stands beside it keeps its order."""
    if any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in words):
        return f"<bdi>{_escaped(words)}</bdi>"
    return _escaped(words)


def _escaped(words: str) -> str:
    """To the letter for text and for attributes, but for characters that HTML does not take and marks that turn the direction."""
    return standard.escape(_NOT_HTML.sub("\ufffd", typed.clean(re.sub("\r\n?", "\n", words))), quote=True)
