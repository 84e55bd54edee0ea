"""The post-mortems as a folder of Markdown files that Git can keep: names that stay, an index, and the same bytes for the same
content. Each file says that it is ours, so that nothing else in the folder is ever written over or removed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.documents import markdown
from bot.domain.page import Document

OURS = "<!-- Written by `app.py document --all`: what is changed here is written over. -->\n"
INDEX = "README.md"
_NAME = re.compile(r"pm-[1-9]\d*\.md")


@dataclass(frozen=True, slots=True)
class Entry:
    """One post-mortem of the folder."""

    number: int
    status: str
    document: Document


def files(entries: Sequence[Entry], *, whole: bool) -> Mapping[str, bytes]:
    """Content by file name, the index too. `whole` where restricted post-mortems are among them; else the index says that they are
    not."""
    written = {_name(each): f"{OURS}{markdown.render(each.document)}".encode() for each in entries}
    return {**written, INDEX: _index(entries, whole).encode()}


def is_ours(name: str, content: bytes) -> bool:
    """Whether a file of this name and content was written by `files`, now or earlier."""
    return (name == INDEX or _NAME.fullmatch(name) is not None) and content.startswith(OURS.encode())


def _name(entry: Entry) -> str:
    return f"pm-{entry.number}.md"


def _index(entries: Sequence[Entry], whole: bool) -> str:
    """The newest number first."""
    newest = sorted(entries, key=lambda each: each.number, reverse=True)
    lines = [f"- [{markdown.escaped(each.document.title)}]({_name(each)}): {each.status}" for each in newest]
    left_out = [] if whole else ["Restricted post-mortems are not in this folder."]
    chunks = ["# Post-mortems", *left_out, "\n".join(lines) or "There is none yet."]
    return OURS + "\n" + "\n\n".join(chunks) + "\n"
