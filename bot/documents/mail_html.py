"""A mail's text as HTML. What people wrote is text and never mark-up; only whole web addresses become links. No colours but
the reader's own, so that it is read in a dark and in a light program, and no pictures, which nobody fetches."""

from __future__ import annotations

from collections.abc import Collection
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


def page(text: str, subject: str = "", headings: Collection[str] = ()) -> str:
    """A whole page; `subject` is its title. Paragraphs are parted by empty lines; lines with a hyphen are a list. `headings` are those of
    its lines that whoever composed it knows to be some: what a line looks like tells nothing."""
    known = frozenset(typed.one_line(each) for each in headings)
    chunks = [chunk for chunk in _chunks(text) if any(line.strip() for line in chunk)]
    said = "\n".join(_chunk(chunk, known) for chunk in chunks)
    return f"{_HEAD % _escaped(typed.one_line(subject))}{said}\n</body></html>\n"


def _chunks(text: str) -> list[list[str]]:
    lines = typed.clean(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return [list(group) for written, group in groupby(lines, key=lambda line: bool(line.strip())) if written]


def _chunk(lines: list[str], headings: Collection[str]) -> str:
    drawn = [_DRAWN[kind](list(group)) for kind, group in groupby(lines, key=lambda line: _kind(line, headings))]
    return "\n".join(drawn)


def _kind(line: str, headings: Collection[str]) -> str:
    if typed.one_line(line) in headings:
        return "heading"
    return "points" if _is_point(line) else "words"


def _headed(lines: list[str]) -> str:
    return f'<p dir="auto" style="margin:16px 0 4px"><strong>{"<br>".join(map(_line, lines))}</strong></p>'


def _listed(lines: list[str]) -> str:
    items = "".join(f'<li dir="auto">{_line(line.strip()[len(_POINT) :])}</li>' for line in lines)
    return f'<ul style="margin:4px 0 12px;padding:0 24px">{items}</ul>'


def _said(lines: list[str]) -> str:
    return f'<p dir="auto" style="margin:0 0 12px">{"<br>".join(map(_line, lines))}</p>'


_DRAWN = {"heading": _headed, "points": _listed, "words": _said}


def _is_point(line: str) -> bool:
    return line.lstrip().startswith(_POINT)


def _line(line: str) -> str:
    return "".join(
        f'<a href="{_escaped(each.url)}">{_escaped(each.label)}</a>' if isinstance(each, Link) else _escaped(each.text)
        for each in pages.words(line.strip())
    )


def _escaped(words: str) -> str:
    return escape(words, quote=True)
