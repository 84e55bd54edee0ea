"""A mail's text as HTML. What people wrote is text and never mark-up; only whole web addresses become links. No colours but
the reader's own, so that it is read in a dark and in a light program, and no pictures, which nobody fetches."""

from __future__ import annotations

from html import escape
from itertools import groupby

from bot.domain import page as pages
from bot.domain import typed
from bot.domain.page import Link

_POINT = "- "
_HEAD = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">'
    "<style>:root{color-scheme:light dark}</style><title>%s</title></head>"
    '<body style="font-family:-apple-system,Segoe UI,Helvetica,Arial,sans-serif;font-size:15px;line-height:1.5;'
    'max-width:42em;margin:0 auto;padding:16px">\n'
)


def page(text: str, subject: str = "") -> str:
    """A whole page; `subject` is its title. Paragraphs are parted by empty lines; lines with a hyphen are a list, and a line alone
    before one is its heading."""
    chunks = [chunk for chunk in _chunks(text) if any(line.strip() for line in chunk)]
    return _HEAD % _escaped(typed.one_line(subject)) + "\n".join(map(_chunk, chunks)) + "\n</body></html>\n"


def _chunks(text: str) -> list[list[str]]:
    lines = typed.clean(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return [list(group) for written, group in groupby(lines, key=lambda line: bool(line.strip())) if written]


def _chunk(lines: list[str]) -> str:
    found, headed = [], len(lines) > 1 and not _is_point(lines[0]) and any(map(_is_point, lines[1:]))
    if headed:
        found.append(f'<p dir="auto" style="margin:16px 0 0"><strong>{_line(lines[0])}</strong></p>')
    for points, group in groupby(lines[headed:], key=_is_point):
        each = list(group)
        if points:
            items = "".join(f'<li dir="auto">{_line(line.strip()[len(_POINT) :])}</li>' for line in each)
            found.append(f'<ul style="margin:4px 0 12px;padding:0 24px">{items}</ul>')
        else:
            found.append(f'<p dir="auto" style="margin:0 0 12px">{"<br>".join(map(_line, each))}</p>')
    return "\n".join(found)


def _is_point(line: str) -> bool:
    return line.lstrip().startswith(_POINT)


def _line(line: str) -> str:
    return "".join(
        f'<a href="{_escaped(each.url)}">{_escaped(each.label)}</a>' if isinstance(each, Link) else _escaped(each.text)
        for each in pages.words(line.strip())
    )


def _escaped(words: str) -> str:
    return escape(words, quote=True)
