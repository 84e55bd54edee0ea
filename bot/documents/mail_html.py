"""The text of a mail as HTML, for mail programs that show it: the same words, escaped, with addresses of the web as links."""

from __future__ import annotations

import html
import re

from bot.domain import typed

_ADDRESS = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")
_STYLE = "font-family:Arial,Helvetica,sans-serif;font-size:14px;line-height:1.5"


def page(text: str) -> str:
    """A whole page: paragraphs where there are empty lines, line ends as they are. Direction follows what is written."""
    paragraphs = [each for each in re.split(r"\n\s*\n", typed.clean(text.replace("\r\n", "\n")).strip()) if each]
    body = "\n".join(f'<p dir="auto">{_line_ends(each)}</p>' for each in paragraphs)
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"></head>\n<body style="{_STYLE}">\n{body}\n</body></html>\n'
    )


def _line_ends(paragraph: str) -> str:
    return "<br>\n".join(_linked(each) for each in paragraph.split("\n"))


def _linked(line: str) -> str:
    parts, end = [], 0
    for found in _ADDRESS.finditer(line):
        address = html.escape(found[0])
        parts.append(f'{html.escape(line[end : found.start()])}<a href="{address}">{address}</a>')
        end = found.end()
    return "".join([*parts, html.escape(line[end:])])
