"""Every block of Block Kit with its limits, what each surface takes, and what must be unique across blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from sandbox.spec import elements, richtext, state
from sandbox.spec.shapes import (
    Check,
    Problem,
    any_text,
    anything,
    array,
    boolean,
    choice,
    mapping,
    mrkdwn,
    number,
    plain_text,
    string,
    typed,
)
from sandbox.spec.types import Json

MOST = {"message": 50, "modal": 100, "home": 100}
MARKDOWN_TOGETHER = 12_000
MESSAGE_ONLY = frozenset(
    {"markdown", "table", "data_table", "file", "context_actions", "task_card", "plan", "card", "carousel"}
)


def _block(kind: str, *required: str, rule: Check | None = None, **fields: Check) -> Check:
    return mapping({"type": choice(kind), "block_id": string(255), **fields}, *required, rule=rule)


def _section_rule(value: Any, at: str) -> Iterator[Problem]:
    if "text" not in value and "fields" not in value:
        yield Problem(at, "must define either `text` or `fields`")


def _columns(value: Any, at: str) -> Iterator[Problem]:
    for place, row in enumerate(value["rows"]):
        if len(row) > 20:
            yield Problem(f"{at}/rows/{place}", "no more than 20 items allowed")


_CELL = typed(
    {
        "raw_text": mapping({"type": choice("raw_text"), "text": string(least=1)}, "text"),
        "raw_number": mapping({"type": choice("raw_number"), "value": number(), "text": string()}, "value", "text"),
        "rich_text": richtext.BLOCK,
    }
)
_COLUMN = mapping({"align": choice("left", "center", "right"), "is_wrapped": boolean})
_SOURCE = mapping({"type": choice("url"), "url": string(3000), "text": string()}, "type", "url", "text")
_CARD = _block(
    "card",
    title=mrkdwn(150),
    subtitle=mrkdwn(150),
    body=mrkdwn(3000),
    icon=elements.IMAGE,
    hero_image=elements.IMAGE,
    actions=array(elements.BUTTON, 5),
)
_TASK = _block(
    "task_card",
    "task_id",
    "title",
    "status",
    task_id=string(),
    title=string(least=1),
    status=choice("pending", "in_progress", "complete", "error"),
    details=richtext.BLOCK,
    output=richtext.BLOCK,
    sources=array(_SOURCE),
)

BLOCKS: dict[str, Check] = {
    "section": _block(
        "section",
        text=any_text(3000),
        fields=array(any_text(2000), 10, 1),
        accessory=elements.ACCESSORY,
        expand=boolean,
        rule=_section_rule,
    ),
    "divider": _block("divider"),
    "header": _block("header", "text", text=plain_text(150)),
    "context": _block(
        "context",
        "elements",
        elements=array(typed({"image": elements.IMAGE, "plain_text": plain_text(3000), "mrkdwn": mrkdwn(3000)}), 10, 1),
    ),
    "actions": _block("actions", "elements", elements=array(elements.ACTION, 25, 1)),
    "context_actions": _block("context_actions", "elements", elements=array(elements.CONTEXT_ACTION, 5, 1)),
    "input": _block(
        "input",
        "label",
        "element",
        label=plain_text(2000),
        hint=plain_text(2000),
        element=elements.INPUT,
        optional=boolean,
        dispatch_action=boolean,
    ),
    "image": _block(
        "image", "alt_text", **{**elements.IMAGE_FIELDS, "title": plain_text(2000)}, rule=elements.image_source
    ),
    "markdown": _block("markdown", "text", text=string(MARKDOWN_TOGETHER, 1)),
    "rich_text": richtext.BLOCK,
    "table": _block(
        "table", "rows", rows=array(array(_CELL, least=1), 100, 1), column_settings=array(_COLUMN, 20), rule=_columns
    ),
    "data_table": _block(
        "data_table",
        "caption",
        "rows",
        caption=string(),
        rows=array(array(_CELL)),
        page_size=number(1),
        row_header_column_index=number(0),
    ),
    "video": _block(
        "video",
        "alt_text",
        "thumbnail_url",
        "title",
        "video_url",
        alt_text=string(),
        thumbnail_url=string(3000),
        title=plain_text(199),
        video_url=string(3000, pattern=r"https://.*"),
        title_url=string(3000, pattern=r"https://.*"),
        author_name=string(49),
        provider_name=string(),
        provider_icon_url=string(),
        description=plain_text(199),
    ),
    "file": _block("file", "external_id", "source", external_id=string(), source=choice("remote")),
    "alert": _block(
        "alert", "text", text=any_text(3000), level=choice("default", "info", "warning", "error", "success")
    ),
    "card": _CARD,
    "carousel": _block("carousel", "elements", elements=array(typed({"card": _CARD}), 10, 1)),
    "task_card": _TASK,
    "plan": _block("plan", "title", title=string(least=1), tasks=array(anything)),
}
_INSIDE = (
    "actions",
    "context",
    "divider",
    "file",
    "header",
    "image",
    "input",
    "rich_text",
    "section",
    "table",
    "video",
)
BLOCKS["container"] = _block(
    "container",
    "child_blocks",
    child_blocks=array(typed({kind: BLOCKS[kind] for kind in _INSIDE}), least=1),
    title=plain_text(150),
    subtitle=any_text(150),
    rich_text_title=richtext.BLOCK,
    icon=elements.IMAGE,
    width=choice("narrow", "standard", "wide", "full"),
    default_collapsed=boolean,
    has_header_divider=boolean,
    is_collapsible=boolean,
)


def problems(blocks: list[Json], surface: str, at: str = "/blocks") -> list[Problem]:
    """What is wrong with the blocks of a message, modal or home; nothing means Slack takes them."""
    table = {kind: check for kind, check in BLOCKS.items() if surface == "message" or kind not in MESSAGE_ONLY}
    found = list(array(typed(table), MOST[surface])(blocks, at))
    return found or [*_unique_blocks(blocks, at), *_unique_actions(blocks, at), *_together(blocks, surface, at)]


def _unique_blocks(blocks: list[Json], at: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, block in enumerate(blocks):
        key = block.get("block_id")
        if key and key in seen:
            yield Problem(f"{at}/{place}/block_id", f'`block_id` "{key}" already exists')
        seen.add(key or "")


def _unique_actions(blocks: list[Json], at: str) -> Iterator[Problem]:
    for place, block in enumerate(blocks):
        if block["type"] not in ("actions", "context_actions"):
            continue
        seen: set[str] = set()
        for number_, element in enumerate(block["elements"]):
            key = element.get("action_id")
            if key and key in seen:
                yield Problem(
                    f"{at}/{place}/elements/{number_}/action_id", f'`action_id` "{key}" already exists in this block'
                )
            seen.add(key or "")


def _together(blocks: list[Json], surface: str, at: str) -> Iterator[Problem]:
    kinds = Counter(block["type"] for block in blocks)
    if kinds["table"] > 1:
        yield Problem(at, "only_one_table_allowed")
    if sum(len(block["text"]) for block in blocks if block["type"] == "markdown") > MARKDOWN_TOGETHER:
        yield Problem(at, f"markdown blocks must be less than {MARKDOWN_TOGETHER + 1} characters together")
    every = [(place, block["element"]) for place, block in enumerate(blocks) if block["type"] == "input"]
    for place, element in every:
        if element["type"] == "file_input" and surface != "modal":
            yield Problem(f"{at}/{place}/element/type", "unsupported type: file_input")
    if sum(bool(element.get("focus_on_load")) for _, element in state.elements(blocks)) > 1:
        yield Problem(at, "only one element can have `focus_on_load` set to true")


def completed(blocks: list[Json], new_id: Callable[[], str]) -> list[Json]:
    """The blocks with the block_id and action_id that Slack gives where the app gave none."""
    return [_completed(block, new_id) for block in blocks]


def _completed(block: Json, new_id: Callable[[], str]) -> Json:
    whole = {**block, "block_id": block.get("block_id") or new_id()}
    for key in ("element", "accessory"):
        if isinstance(whole.get(key), dict):
            whole[key] = _element(whole[key], new_id)
    if isinstance(whole.get("elements"), list) and whole["type"] in ("actions", "context_actions"):
        whole["elements"] = [_element(element, new_id) for element in whole["elements"]]
    if isinstance(whole.get("child_blocks"), list):
        whole["child_blocks"] = completed(whole["child_blocks"], new_id)
    return whole


def _element(element: Json, new_id: Callable[[], str]) -> Json:
    if element["type"] == "image" or element.get("action_id"):
        return element
    return {**element, "action_id": new_id()}
