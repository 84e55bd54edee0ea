"""The few kinds of Block Kit that our messages are made of, each kept within Slack's limits whatever it is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.blocks import text
from bot.ports.chat import Drawing

Block = dict[str, Any]

_HEADER, _BUTTON, _VALUE, _CONTEXT, _FIELD, _FIELDS = 150, 75, 2000, 2000, 2000, 10
_MESSAGE_BLOCKS, _MESSAGE_TEXT = 50, 3000


def mrkdwn(content: str, limit: int = 3000) -> Block:
    """`verbatim` keeps Slack from finding names and addresses in it by itself."""
    return {"type": "mrkdwn", "text": text.fit(content, limit) or "–", "verbatim": True}


def plain(content: str, limit: int) -> Block:
    return {"type": "plain_text", "text": text.clip(text.plain(content), limit) or "–", "emoji": True}


def header(content: str) -> Block:
    return {"type": "header", "text": plain(content, _HEADER)}


def section(content: str) -> Block:
    return {"type": "section", "text": mrkdwn(content)}


def whole(content: str) -> Block:
    """A list in a message that Slack is not to fold up after a few lines."""
    return {**section(content), "expand": True}


def fields(pairs: Iterable[tuple[str, str]]) -> Block:
    """Label and value, two columns; the values are finished mark-up."""
    cells = [mrkdwn(f"*{label}*\n{value}", _FIELD) for label, value in pairs]
    return {"type": "section", "fields": cells[:_FIELDS]}


def context(*contents: str) -> Block:
    return {"type": "context", "elements": [mrkdwn(content, _CONTEXT) for content in contents[:10]]}


def divider() -> Block:
    return {"type": "divider"}


def button(label: str, action_id: str, value: str, style: str | None = None) -> Block:
    """A button whose `value` names the record or proposal it is about; `style` is None, primary or danger."""
    drawn = {
        "type": "button",
        "text": plain(label, _BUTTON),
        "action_id": action_id,
        "value": value[:_VALUE],
    }
    return {**drawn, "style": style} if style else drawn


def overflow(action_id: str, options: Sequence[tuple[str, str]]) -> Block:
    """A small menu; `options` are at most five pairs of label and value."""
    return {"type": "overflow", "action_id": action_id, "options": _options(options)}


def jump(placeholder: str, action_id: str, options: Sequence[tuple[str, str]]) -> Block:
    """A list to choose from that acts at once; at most a hundred pairs of label and value."""
    return {
        "type": "static_select",
        "action_id": action_id,
        "placeholder": plain(placeholder, 150),
        "options": _options(options),
    }


def _options(options: Sequence[tuple[str, str]]) -> list[Block]:
    return [{"text": plain(label, _BUTTON), "value": value} for label, value in options]


def actions(*buttons: Block) -> Block:
    return {"type": "actions", "elements": list(buttons)}


def drawing(summary: str, blocks: Sequence[Mapping[str, Any]]) -> Drawing:
    """A whole message: what notifications read aloud, and at most as many blocks as a message may have."""
    return Drawing(text=text.fit(summary, _MESSAGE_TEXT) or "–", blocks=tuple(blocks[:_MESSAGE_BLOCKS]))
