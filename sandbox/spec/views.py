"""Modals and Home tabs as Slack checks them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sandbox.spec import blocks
from sandbox.spec.shapes import Check, Problem, boolean, choice, mapping, plain_text, string
from sandbox.spec.types import Json


def _blocks(surface: str) -> Check:
    def check(value: Any, at: str) -> Iterator[Problem]:
        yield from blocks.problems(value, surface, at)

    return check


def _needs_submit(view: Any, at: str) -> Iterator[Problem]:
    if "submit" not in view and any(block["type"] == "input" for _, block in blocks.flat(view["blocks"])):
        yield Problem(at, "must define `submit` to use an `input` block in modals")


_BOTH: dict[str, Check] = {"private_metadata": string(3000), "callback_id": string(255), "external_id": string(255)}
MODAL = mapping(
    {
        **_BOTH,
        "type": choice("modal"),
        "title": plain_text(24),
        "submit": plain_text(24),
        "close": plain_text(24),
        "blocks": _blocks("modal"),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        "submit_disabled": boolean,
    },
    "title",
    "blocks",
    rule=_needs_submit,
)
HOME = mapping({**_BOTH, "type": choice("home"), "blocks": _blocks("home")}, "blocks")


def problems(view: Json, kind: str) -> list[Problem]:
    """What is wrong with a view that must be of that kind (modal or home)."""
    if view.get("type") is None:
        return [Problem("", "missing required field: type")]
    if view["type"] != kind:
        return [Problem("/type", f"unsupported type: {view['type']}")]
    return list((MODAL if kind == "modal" else HOME)(view, ""))
