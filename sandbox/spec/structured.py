"""Blocks that hold a structure: tables, cards, tasks, and the container that holds other blocks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sandbox.spec import elements, richtext
from sandbox.spec.shapes import (
    Check,
    Problem,
    any_text,
    array,
    boolean,
    choice,
    mapping,
    mrkdwn,
    number,
    plain_text,
    string,
    typed,
    url,
    whole,
)


def block(kind: str, *required: str, rule: Check | None = None, **fields: Check) -> Check:
    """The shape of one kind of block."""
    return mapping({"type": choice(kind), "block_id": string(255), **fields}, "type", *required, rule=rule)


def _one_of(*names: str) -> Check:
    listed = ", ".join(f"`{name}`" for name in names)

    def rule(value: Any, at: str) -> Iterator[Problem]:
        if not any(name in value for name in names):
            yield Problem(at, f"must define one of {listed}")

    return rule


def _data(value: Any, at: str) -> Iterator[Problem]:
    rows = value["rows"]
    for place, row in enumerate(rows):
        if len(row) != len(rows[0]):
            yield Problem(f"{at}/rows/{place}", "all rows must have the same number of cells")
    for place, cell in enumerate(rows[0]):
        if cell["type"] == "rich_text":
            yield Problem(f"{at}/rows/0/{place}/type", "unsupported type: rich_text")
    if value.get("row_header_column_index", 0) >= len(rows[0]):
        yield Problem(f"{at}/row_header_column_index", f"must be less than or equal to {len(rows[0]) - 1}")


def _container(value: Any, at: str) -> Iterator[Problem]:
    yield from _one_of("title", "rich_text_title")(value, at)
    if value.get("is_collapsible") and value.get("has_header_divider"):
        yield Problem(f"{at}/has_header_divider", "not allowed with `is_collapsible`")


def _tasks(value: Any, at: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, task in enumerate(value.get("tasks", [])):
        if task["task_id"] in seen:
            yield Problem(f"{at}/tasks/{place}/task_id", f'`task_id` "{task["task_id"]}" already exists')
        seen.add(task["task_id"])


_CELL = typed(
    {
        "raw_text": mapping({"type": choice("raw_text"), "text": string(least=1)}, "type", "text"),
        "raw_number": mapping(
            {"type": choice("raw_number"), "value": number(), "text": string()}, "type", "value", "text"
        ),
        "rich_text": richtext.BLOCK,
    }
)
_COLUMN = mapping({"align": choice("left", "center", "right"), "is_wrapped": boolean})
_SOURCE = mapping({"type": choice("url"), "url": url(), "text": string()}, "type", "url", "text")
_CARD = block(
    "card",
    title=mrkdwn(150),
    subtitle=mrkdwn(150),
    body=mrkdwn(200),
    icon=elements.IMAGE,
    hero_image=elements.IMAGE,
    actions=array(elements.BUTTON, 3),
    rule=_one_of("hero_image", "title", "actions", "body"),
)
_TASK: dict[str, Check] = {
    "type": choice("task_card"),
    "block_id": string(255),
    "task_id": string(least=1),
    "title": string(least=1),
    "status": choice("pending", "in_progress", "complete", "error"),
    "details": richtext.BLOCK,
    "output": richtext.BLOCK,
    "sources": array(_SOURCE),
}
_TASK_KEYS = ("task_id", "title", "status")

BLOCKS: dict[str, Check] = {
    "table": block("table", "rows", rows=array(array(_CELL, 20, 1), 100, 1), column_settings=array(_COLUMN, 20)),
    "data_table": block(
        "data_table",
        "caption",
        "rows",
        caption=string(least=1),
        rows=array(array(_CELL, 20, 1), 101, 2),
        page_size=whole(1, 100),
        row_header_column_index=whole(0),
        rule=_data,
    ),
    "alert": block("alert", "text", text=any_text(200), level=choice("default", "info", "warning", "error", "success")),
    "card": _CARD,
    "carousel": block("carousel", "elements", elements=array(typed({"card": _CARD}), 10, 1)),
    "task_card": mapping(_TASK, "type", *_TASK_KEYS),
    "plan": block("plan", "title", title=string(least=1), tasks=array(mapping(_TASK, *_TASK_KEYS), 50), rule=_tasks),
}


def container(inside: dict[str, Check]) -> Check:
    """The container block; `inside` are the blocks it may hold."""
    return block(
        "container",
        "child_blocks",
        child_blocks=array(typed(inside), 10, 1),
        title=plain_text(150),
        subtitle=any_text(150),
        rich_text_title=richtext.BLOCK,
        icon=elements.IMAGE,
        width=choice("narrow", "standard", "wide", "full"),
        default_collapsed=boolean,
        has_header_divider=boolean,
        is_collapsible=boolean,
        rule=_container,
    )
