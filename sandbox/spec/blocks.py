"""Block Kit as Slack checks it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.spec.types import Json


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing Slack would not take, and where, as a JSON pointer."""

    pointer: str
    text: str


def problems(blocks: list[Json], surface: str) -> list[Problem]:
    """What is wrong with the blocks of a message."""
    return []


def view_problems(view: Json) -> list[Problem]:
    """What is wrong with a view."""
    return []


def completed(blocks: list[Json], new_id: Callable[[], str]) -> list[Json]:
    """The blocks with the block_id and action_id that Slack gives where the app gave none."""
    return [_completed(block, new_id) for block in blocks]


def _completed(block: Json, new_id: Callable[[], str]) -> Json:
    whole = {**block, "block_id": block.get("block_id") or new_id()}
    for key in ("element", "accessory"):
        if isinstance(whole.get(key), dict):
            whole[key] = _element(whole[key], new_id)
    if isinstance(whole.get("elements"), list) and whole.get("type") in ("actions", "context_actions"):
        whole["elements"] = [_element(element, new_id) for element in whole["elements"]]
    return whole


def _element(element: Any, new_id: Callable[[], str]) -> Any:
    if element.get("type") == "image" or element.get("action_id"):
        return element
    return {**element, "action_id": new_id()}
