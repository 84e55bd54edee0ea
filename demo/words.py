"""What a person reads on the screen of Slack, as plain lines for the terminal: blocks without their JSON, names for ids."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Json = dict[str, Any]

_TOKEN = re.compile(r"<([^<>]*)>")
_EMOJI = re.compile(r"(?<![\w:]):[a-z+-][a-z0-9_+-]*:(?![\w:]) ?")
_BOLD = re.compile(r"(?<![\w*])\*(?!\s)([^*\n]+)(?<!\s)\*(?![\w*])")
_INVISIBLE = re.compile(r"[\u2060\u2066-\u2069]")


def plain(text: str, names: Mapping[str, str]) -> str:
    """Mark-up as it is shown: mentions by name, links by their label, entities as characters."""

    def shown(token: re.Match[str]) -> str:
        target, _, label = token[1].partition("|")
        if target.startswith(("@", "#")):
            return target[0] + names.get(target[1:], label or target[1:])
        if target.startswith("!subteam"):
            return label or "@group"
        if target.startswith("!"):
            return label or "@" + target[1:]
        return label or target

    text = _BOLD.sub(r"\1", _TOKEN.sub(shown, _EMOJI.sub("", text)))
    return _INVISIBLE.sub("", text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))


def lines(message: Json, names: Mapping[str, str]) -> list[str]:
    """A message as its reader sees it, a line a row; buttons in brackets."""
    blocks = message.get("blocks") or [{"type": "section", "text": {"text": message.get("text", "")}}]
    return [row for block in blocks for row in _block(block, lambda text: plain(text, names)) if row.strip()]


def _block(block: Json, show: Callable[[str], str]) -> Iterator[str]:
    for part in (block.get("text"), *(block.get("fields") or [])):
        if isinstance(part, dict):
            yield from show(str(part.get("text", ""))).splitlines()
    elements = block.get("elements") or []
    buttons = [str(each["text"]["text"]) for each in elements if each.get("type") == "button"]
    if buttons:
        yield "  ".join(f"[{button}]" for button in buttons)
    for each in elements:
        if isinstance(each.get("text"), str):
            yield from show(each["text"]).splitlines()


def buttons(message: Json) -> dict[str, str]:
    """The buttons of a message: what is written on them -> action id."""
    elements = [each for block in message.get("blocks") or [] for each in block.get("elements") or []]
    return {str(each["text"]["text"]): str(each["action_id"]) for each in elements if each.get("type") == "button"}


def fields(view: Json) -> dict[str, str]:
    """The inputs of a form: label -> block id."""
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    return {str(block["label"]["text"]): str(block["block_id"]) for block in inputs}


def clip(text: str, most: int = 100) -> str:
    """One line of at most `most` characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
