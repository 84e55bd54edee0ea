"""What Slack sends of each kind of input: the exact key and the value of one nobody touched."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sandbox.spec.types import Json

KEYS: dict[str, str] = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "checkboxes": "selected_options",
    "radio_buttons": "selected_option",
    "file_input": "files",
}
"""Elements that keep a value, and the key it stands under; buttons and overflow menus keep none."""

_MANY = frozenset(kind for kind, key in KEYS.items() if key.endswith("s") and key != "selected_options") | {
    "multi_static_select",
    "multi_external_select",
    "checkboxes",
}

_INITIAL = {
    "value": "initial_value",
    "rich_text_value": "initial_value",
    "selected_option": "initial_option",
    "selected_user": "initial_user",
    "selected_conversation": "initial_conversation",
    "selected_channel": "initial_channel",
    "selected_options": "initial_options",
    "selected_users": "initial_users",
    "selected_conversations": "initial_conversations",
    "selected_channels": "initial_channels",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_date_time": "initial_date_time",
}


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every (block, element) a person can use, in order."""
    for block in blocks:
        rows = [*(block.get("elements") or []), *(block.get("actions") or [])]
        inside: list[Any] = [block.get("element"), block.get("accessory"), *rows]
        for element in inside:
            if isinstance(element, dict) and "action_id" in element:
                yield block, element
        yield from elements(block.get("child_blocks") or [])
        if block["type"] == "carousel":
            yield from elements(block["elements"])


def is_many(kind: str) -> bool:
    """True for an element whose value is a list."""
    return kind in _MANY


def entry(element: Json, value: Any) -> Json:
    """One entry of state.values for that value."""
    kind = element["type"]
    if kind == "rich_text_input" and value is None:
        return {"type": kind}
    shown: Json = {"type": kind, KEYS[kind]: value}
    if kind == "timepicker" and element.get("timezone"):
        shown["timezone"] = element["timezone"]
    return shown


def untouched(element: Json) -> Json:
    """The entry of an element as it was drawn."""
    kind = element["type"]
    empty: Any = [] if is_many(kind) else None
    return entry(element, element.get(_INITIAL.get(KEYS[kind], ""), empty))


def initial(blocks: list[Json]) -> dict[str, dict[str, Json]]:
    """state.values of a view nobody has touched."""
    values: dict[str, dict[str, Json]] = {}
    for block, element in elements(blocks):
        if element["type"] in KEYS:
            values.setdefault(block["block_id"], {})[element["action_id"]] = untouched(element)
    return values


def carried(blocks: list[Json], before: dict[str, dict[str, Json]]) -> dict[str, dict[str, Json]]:
    """state.values after an update: what stands at the same block_id and action_id with the same type stays."""
    values = initial(blocks)
    for block_id, actions in values.items():
        for action_id, fresh in actions.items():
            old = before.get(block_id, {}).get(action_id)
            if old and old["type"] == fresh["type"]:
                actions[action_id] = old
    return values


def is_empty(value: Json) -> bool:
    """True when nothing is chosen or typed."""
    kept = value.get(KEYS[value["type"]])
    return kept is None or kept in ("", [])
