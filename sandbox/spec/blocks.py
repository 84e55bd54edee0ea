"""Every block of Block Kit with its limits, what each surface takes, and what must be unique across blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from sandbox.spec import elements, richtext, state, structured
from sandbox.spec.shapes import (
    Check,
    Problem,
    any_text,
    array,
    boolean,
    choice,
    is_url,
    mrkdwn,
    plain_text,
    string,
    such,
    typed,
    url,
)
from sandbox.spec.structured import block as _of
from sandbox.spec.types import Json, words

MOST = {"message": 50, "modal": 100, "home": 100}
MARKDOWN_TOGETHER = 12_000
MESSAGE_ONLY = frozenset(
    {"markdown", "table", "data_table", "file", "context_actions", "task_card", "plan", "card", "carousel"}
)
MODAL_ONLY = frozenset({"alert"})


def _section_rule(value: Any, at: str) -> Iterator[Problem]:
    if "text" not in value and "fields" not in value:
        yield Problem(at, "must define either `text` or `fields`")


def _secure(value: str) -> bool:
    return value.startswith("https://") and is_url(value) and len(value) <= 3000


BLOCKS: dict[str, Check] = {
    **structured.BLOCKS,
    "section": _of(
        "section",
        text=any_text(3000),
        fields=array(any_text(2000), 10, 1),
        accessory=elements.ACCESSORY,
        expand=boolean,
        rule=_section_rule,
    ),
    "divider": _of("divider"),
    "header": _of("header", "text", text=plain_text(150)),
    "context": _of(
        "context",
        "elements",
        elements=array(typed({"image": elements.IMAGE, "plain_text": plain_text(3000), "mrkdwn": mrkdwn(3000)}), 10, 1),
    ),
    "actions": _of("actions", "elements", elements=array(elements.ACTION, 25, 1)),
    "context_actions": _of("context_actions", "elements", elements=array(elements.CONTEXT_ACTION, 5, 1)),
    "input": _of(
        "input",
        "label",
        "element",
        label=plain_text(2000),
        hint=plain_text(2000),
        element=elements.INPUT,
        optional=boolean,
        dispatch_action=boolean,
    ),
    "image": _of(
        "image", "alt_text", **{**elements.IMAGE_FIELDS, "title": plain_text(2000)}, rule=elements.image_source
    ),
    "markdown": _of("markdown", "text", text=string(MARKDOWN_TOGETHER, 1)),
    "rich_text": richtext.BLOCK,
    "video": _of(
        "video",
        "alt_text",
        "thumbnail_url",
        "title",
        "video_url",
        alt_text=string(),
        thumbnail_url=url(),
        title=plain_text(199),
        video_url=such(_secure, "invalid url"),
        title_url=such(_secure, "invalid url"),
        author_name=string(49),
        provider_name=string(),
        provider_icon_url=url(),
        description=plain_text(199),
    ),
    "file": _of("file", "external_id", "source", external_id=string(), source=choice("remote")),
}
_INSIDE = words("actions context divider file header image input rich_text section table video")
BLOCKS["container"] = structured.container({kind: BLOCKS[kind] for kind in sorted(_INSIDE)})


def problems(blocks: list[Json], surface: str, at: str = "/blocks") -> list[Problem]:
    """What is wrong with the blocks of a message, modal or home; nothing means Slack takes them."""
    elsewhere = {"message": MODAL_ONLY, "modal": MESSAGE_ONLY}.get(surface, MESSAGE_ONLY | MODAL_ONLY)
    table = {kind: check for kind, check in BLOCKS.items() if kind not in elsewhere}
    found = list(array(typed(table), MOST[surface])(blocks, at))
    return found or [*_unique_blocks(blocks, at), *_unique_actions(blocks, at), *_together(blocks, surface, at)]


def flat(blocks: list[Json], at: str = "/blocks") -> Iterator[tuple[str, Json]]:
    """Every block with its pointer, those inside containers and carousels too."""
    for place, block in enumerate(blocks):
        here = f"{at}/{place}"
        yield here, block
        yield from flat(block.get("child_blocks") or [], f"{here}/child_blocks")
        if block["type"] == "carousel":
            yield from flat(block["elements"], f"{here}/elements")


def _unique_blocks(blocks: list[Json], at: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for here, block in flat(blocks, at):
        key = block.get("block_id")
        if key and key in seen:
            yield Problem(f"{here}/block_id", f'`block_id` "{key}" already exists')
        seen.add(key or "")


_ROWS = {"actions": "elements", "context_actions": "elements", "card": "actions"}


def _unique_actions(blocks: list[Json], at: str) -> Iterator[Problem]:
    for here, block in flat(blocks, at):
        row = _ROWS.get(block["type"], "")
        seen: set[str] = set()
        for place, element in enumerate(block.get(row) or []):
            key = element.get("action_id")
            if key and key in seen:
                yield Problem(f"{here}/{row}/{place}/action_id", f'`action_id` "{key}" already exists in this block')
            seen.add(key or "")


def _together(blocks: list[Json], surface: str, at: str) -> Iterator[Problem]:
    every = list(flat(blocks, at))
    if Counter(block["type"] for _, block in every)["table"] > 1:
        yield Problem(at, "only_one_table_allowed")
    for here, block in every:
        if block["type"] == "input" and block["element"]["type"] == "file_input" and surface != "modal":
            yield Problem(f"{here}/element/type", "unsupported type: file_input")
    if sum(bool(element.get("focus_on_load")) for _, element in state.elements(blocks)) > 1:
        yield Problem(at, "only one element can have `focus_on_load` set to true")


def markdown_length(blocks: list[Json]) -> int:
    """Characters of all markdown blocks together; Slack takes MARKDOWN_TOGETHER in one message."""
    return sum(len(block["text"]) for block in blocks if block["type"] == "markdown")


_DEFAULTS: dict[str, Json] = {"plain_text": {"emoji": True}, "mrkdwn": {"verbatim": False}}


def normalised(value: Any) -> Any:
    """A copy in which every text object says what Slack adds where the app said nothing: emoji of plain, verbatim of mrkdwn."""
    if isinstance(value, list):
        return [normalised(one) for one in value]
    if not isinstance(value, dict):
        return value
    kind = value.get("type")
    if kind == "rich_text":
        return value
    made = {key: normalised(one) for key, one in value.items()}
    return made | {key: one for key, one in _DEFAULTS.get(str(kind), {}).items() if key not in made}


def completed(blocks: list[Json], new_id: Callable[[], str]) -> list[Json]:
    """The blocks as Slack keeps them: with block_id, action_id and the switches of texts where the app gave none."""
    return [_completed(block, new_id) for block in blocks]


def _completed(given: Json, new_id: Callable[[], str]) -> Json:
    block = normalised(given)
    made = {**block, "block_id": block.get("block_id") or new_id()}
    for key in ("element", "accessory"):
        if isinstance(made.get(key), dict):
            made[key] = _element(made[key], new_id)
    row = _ROWS.get(made["type"], "")
    if made.get(row):
        made[row] = [_element(element, new_id) for element in made[row]]
    if made.get("child_blocks"):
        made["child_blocks"] = completed(made["child_blocks"], new_id)
    if made["type"] == "carousel":
        made["elements"] = completed(made["elements"], new_id)
    return made


def _element(element: Json, new_id: Callable[[], str]) -> Json:
    if element["type"] == "image" or element.get("action_id"):
        return element
    return {**element, "action_id": new_id()}
