"""The pages of the content inside a modal: each has a short name that a button or a form carries, so that whoever comes
back lands where they were, whatever was saved meanwhile."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from bot.blocks import ids, parts
from bot.blocks.parts import Block

SIZE = 8
# From this many pages on, one can go to any of them.
_FEW, _JUMPS = 3, 100
MENU, TIMELINE, REMOVED, PROPOSALS, ACTIONS, TODOS = "menu", "timeline", "removed", "proposals", "actions", "todos"
QUESTIONS = "questions"
QUERIES, QUERIES_REMOVED, QUERIES_PROPOSED = "queries", "queries-removed", "queries-proposed"
NAMES = (MENU, TIMELINE, REMOVED, PROPOSALS, ACTIONS, TODOS, QUESTIONS, QUERIES, QUERIES_REMOVED, QUERIES_PROPOSED)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page:
    """Which page of what, from 0."""

    name: str
    number: int = 0

    def text(self) -> str:
        """`timeline.2`."""
        return f"{self.name}.{self.number}"

    def at(self, number: int) -> Page:
        """Another page of the same."""
        return replace(self, number=number)


def read(text: str) -> Page:
    """The page of a name; the menu for anything that is none."""
    name, _, number = text.partition(".")
    if name not in NAMES:
        return Page(MENU)
    return Page(name, int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 0)


def metadata(record_id: str, page: Page, **values: Any) -> str:
    """What a modal carries: the record, the page that it shows or comes from, and more."""
    return json.dumps({"record": record_id, "page": page.text(), **values})


def record_of(carried: str) -> str:
    """The record that a modal carries; "" for what is none of ours."""
    try:
        found = json.loads(carried)
    except ValueError:
        return ""
    return str(found.get("record") or "") if isinstance(found, dict) else ""


def cut(everything: Sequence[T], page: Page) -> tuple[Page, list[T], int]:
    """The page as it is to be shown, what is on it, and how many pages there are; the last one when it was beyond."""
    last = max(0, (len(everything) - 1) // SIZE)
    number = min(page.number, last)
    return page.at(number), list(everything[number * SIZE : (number + 1) * SIZE]), last + 1


def turn(
    record_id: str, page: Page, of: int, *, back: str = "Earlier", on: str = "Later", begins: Sequence[str] = ()
) -> list[Block]:
    """What turns the page, and where one is; nothing for a single page. `begins` says what each page begins with, so that
    one can go to any of many."""
    if of < 2:
        return []
    buttons = []
    if page.number > 0:
        value = f"{record_id}:{page.at(page.number - 1).text()}"
        buttons.append(parts.button(f"← {back}", ids.CONTENT_EARLIER, value))
    if page.number < of - 1:
        buttons.append(go(f"{on} →", record_id, page.at(page.number + 1)))
    if of > _FEW and begins:
        buttons.append(_jump(record_id, page, begins))
    return [parts.context(f"Page {page.number + 1} of {of}"), parts.actions(*buttons)]


def begins(everything: Sequence[T], named: Callable[[T], str]) -> list[str]:
    """What each page begins with."""
    return [named(first) for first in everything[::SIZE]]


def _jump(record_id: str, page: Page, begins: Sequence[str]) -> Block:
    """Every page, or as many as the list holds, evenly apart."""
    step = -(-len(begins) // _JUMPS)
    options = [
        (f"Page {number + 1}: from {begins[number]}", f"{record_id}:{page.at(number).text()}")
        for number in range(0, len(begins), step)
    ]
    return parts.jump("Go to page …", ids.CONTENT_GO, options)


def go(label: str, record_id: str, page: Page, style: str | None = None) -> Block:
    """A button that shows another page in the same modal."""
    return parts.button(label, ids.CONTENT_PAGE, f"{record_id}:{page.text()}", style)


def plain_view(title: str, blocks: Sequence[Mapping[str, Any]], private_metadata: str) -> dict[str, Any]:
    """A modal with buttons alone: there is nothing to send."""
    return {
        "type": "modal",
        "callback_id": ids.CONTENT,
        "title": parts.plain(title, 24),
        "close": parts.plain("Close", 24),
        "private_metadata": private_metadata,
        "blocks": [dict(block) for block in blocks],
    }
