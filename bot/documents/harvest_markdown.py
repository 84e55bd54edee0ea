"""Markdown for text that anybody may have written: shown as it is, in one line where a table needs it, pinging nobody
and never read as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_URL = re.compile(r"https?://[^\s<>\"|\\`]+")
_MARKUP = re.compile(r"[\\`*_{}\[\]|~#]")
_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_START = re.compile(r"^(\s*\d{0,9})([-+=]|(?<=\d)[.)](?=\s|$))")
_IN_A_LINK = {
    "(": "%28",
    ")": "%29",
    "\\": "%5C",
    "|": "%7C",
    "<": "%3C",
    ">": "%3E",
    " ": "%20",
    "`": "%60",
    "@": "%40",
}
_ENDS = ".,;:!?…-–—"
_APART = "\u2060"  # an invisible joint that keeps "@here" from being a mention


def inline(text: str) -> str:
    """The text in one line, inert."""
    line = " ".join(text.split())
    found = []
    last = 0
    for url in _URL.finditer(line):
        found += [_inert(line[last : url.start()]), link(url[0])]
        last = url.end()
    found.append(_inert(line[last:]))
    return _START.sub(r"\1\\\2", "".join(found)) if found else ""


def parts(text: str) -> str:
    """Several lines in one, inert, with a semicolon where a line ends without a sign."""
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    return inline(" ".join(line if line[-1] in _ENDS or line is lines[-1] else f"{line};" for line in lines))


def _inert(text: str) -> str:
    text = "".join(_HTML.get(each, each) for each in text)
    return _MARKUP.sub(r"\\\g<0>", text).replace("@", f"@{_APART}")


def link(url: str) -> str:
    """A link that shows where it leads; anything but http is shown as text."""
    if not url.startswith(("http://", "https://")):
        return _inert(" ".join(url.split()))
    host = url.split("://", 1)[1].split("/", 1)[0][:60]
    safe = "".join(_IN_A_LINK.get(each, each) for each in url if each.isprintable())
    return f"[{_inert(host)}]({safe})"


def code(text: str) -> str:
    """A fenced block that the text cannot close."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{text}\n{fence}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are inert already."""
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    lines += ["| " + " | ".join(cell or " " for cell in row) + " |" for row in rows]
    return "\n".join(lines)
