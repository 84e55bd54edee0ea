"""The document in Confluence's storage format: XML with Confluence's own macros for panels, code, status and contents. What people
typed is text and never mark-up or a macro. Each part stands between two marks, so that `merged` can replace it on a page and
leave alone what people wrote around it; which marks, and why, is told in `confluence_marks`."""

from __future__ import annotations

import hashlib
import html as standard
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from bot.documents import confluence_marks, confluence_merge, confluence_reading
from bot.domain import details, typed
from bot.domain.page import Block, Bullets, Code, Document, Figure, Inline, Line, Link, Note, Paragraph, Section, Table
from bot.domain.status import Status

__all__ = ["Unreadable", "merged", "render", "title"]

Unreadable = confluence_reading.Unreadable
merged = confluence_merge.merged
LONGEST_TITLE = 255
_MAIL = re.compile(r"mailto:[^\s<>\"@:,?]+@[^\s<>\"@:,?/]+\Z", re.IGNORECASE)
_URL_SAFE = ":/?#[]@!$&'()*+,;=%-._~"
_DEEPEST = 6
_STATUS = "Status"
_DONE = frozenset({str(Status.CLOSED)})
_CONTENTS = (
    '<ac:structured-macro ac:name="toc"><ac:parameter ac:name="maxLevel">3</ac:parameter></ac:structured-macro>\n'
)


def title(document: Document) -> str:
    """The page's title: one line of at most 255 UTF-16 units. It begins with the number, so that it is the only one of its
    workspace in a space."""
    return typed.clip(typed.one_line(document.title), LONGEST_TITLE) or "Post-mortem"


def render(document: Document) -> str:
    """The body of the page, without its title; the same document gives the same text. Pictures are left out: the table beside
    them says the same."""
    head = "".join((_facts(document.facts), *map(_block, document.notes), _CONTENTS))
    parts = [confluence_marks.wrapped("head", head)]
    seen: Counter[str] = Counter()
    for section in document.sections:
        seen[section.heading] += 1
        body = "".join(_section(section, 2))
        parts.append(confluence_marks.wrapped(_name(section.heading, seen[section.heading]), body))
    return "".join(parts)


def _name(heading: str, number: int) -> str:
    """A stable name of the part: readable, and another one for every other heading."""
    words = re.sub("[^a-z0-9]+", "-", heading.lower()).strip("-")[:30].strip("-")
    told = hashlib.sha256(f"{number} {heading}".encode(errors="replace")).hexdigest()[:8]
    return f"{words}-{told}" if words else told


def _facts(facts: Iterable[tuple[str, Line]]) -> str:
    """As page properties, so that a report of Confluence can list the post-mortems."""
    rows = "".join(f"<tr><th>{_text(label)}</th><td>{_fact(label, said)}</td></tr>\n" for label, said in facts)
    return _bodied("details", f"<table><tbody>\n{rows}</tbody></table>") if rows else ""


def _fact(label: str, said: Line) -> str:
    if label != _STATUS or any(isinstance(each, Link) for each in said):
        return _line(said)
    words = "".join(each.text for each in said if not isinstance(each, Link))
    return _status(words) if words.strip() else _line(said)


def _status(words: str) -> str:
    colour = "Green" if words in _DONE else "Blue"
    return (
        f'<ac:structured-macro ac:name="status"><ac:parameter ac:name="colour">{colour}</ac:parameter>'
        f'<ac:parameter ac:name="title">{_escaped(words)}</ac:parameter></ac:structured-macro>'
    )


def _bodied(macro: str, body: str) -> str:
    return (
        f'<ac:structured-macro ac:name="{macro}"><ac:rich-text-body>{body}</ac:rich-text-body></ac:structured-macro>\n'
    )


def _section(section: Section, level: int) -> Iterator[str]:
    tag = f"h{min(level, _DEEPEST)}"
    yield f"<{tag}>{_text(section.heading)}</{tag}>\n"
    yield from map(_block, section.blocks)
    for inner in section.sections:
        yield from _section(inner, level + 1)


def _block(block: Block) -> str:
    match block:
        case Paragraph(line):
            return f"<p>{_line(line)}</p>\n"
        case Note(line):
            return _bodied("info", f"<p>{_line(line)}</p>")
        case Bullets(items):
            return "<ul>\n" + "".join(f"<li>{_line(item)}</li>\n" for item in items) + "</ul>\n" if items else ""
        case Table():
            return _table(block)
        case Code(text):
            return _code(text)
        case Figure():
            return ""


def _table(table: Table) -> str:
    head = "".join(f"<th>{_text(column)}</th>" for column in table.columns)
    rows = "".join(f"<tr>{''.join(map(_cell, range(len(row)), row))}</tr>\n" for row in table.rows)
    return f"<table><tbody>\n<tr>{head}</tr>\n{rows}</tbody></table>\n"


def _cell(place: int, line: Line) -> str:
    return f"<th>{_line(line)}</th>" if place == 0 else f"<td>{_line(line)}</td>"


def _code(text: str) -> str:
    """Without a language Confluence would take it for Java."""
    body = _fit(text).replace("]]>", "]]]]><![CDATA[>")
    return (
        '<ac:structured-macro ac:name="code"><ac:parameter ac:name="language">text</ac:parameter>'
        f"<ac:plain-text-body><![CDATA[{body}]]></ac:plain-text-body></ac:structured-macro>\n"
    )


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
    return f'<a href="{_escaped(quote(url, safe=_URL_SAFE))}">{_text(label)}</a>'


def _text(words: str) -> str:
    """Typed text; Confluence keeps no `bdi`, so what is written from right to left is fenced in by invisible letters."""
    return _escaped(typed.isolate(_fit(words)), cleaned=True)


def _escaped(words: str, *, cleaned: bool = False) -> str:
    return standard.escape(words if cleaned else _fit(words), quote=True)


def _fit(words: str) -> str:
    """To the letter, but for marks that turn the direction, and with U+FFFD for characters that XML does not allow."""
    return typed.clean(re.sub("\r\n?", "\n", words))
