"""One ticket that exists is named, to be linked to an action item (R-31)."""

from __future__ import annotations

from typing import Any

from bot.blocks import ids, inputs, modals, parts, text
from bot.blocks.inputs import Answers
from bot.domain.actions import ActionItem

TICKET = "ticket"
HINT = "Such as OPS-123. Jira is asked for it, and it gets the labels of the incident beside those that it has."
_SHOWN, _MOST = 1000, 500


def link(action: ActionItem, question: str, metadata: str) -> dict[str, Any]:
    """The form; `question` is that of one that is held."""
    blocks = [
        parts.section(f"*{text.escape(text.clip(text.plain(action.text), _SHOWN))}*"),
        *([parts.section(f":warning: {text.foreign(text.clip(question, _SHOWN))}")] if question else []),
        inputs.line("The key of the ticket, or its address in Jira", TICKET, "", most=_MOST, hint=HINT),
    ]
    return modals.view(ids.LINK_TICKET, "Link a ticket", "Link", blocks, metadata)


def read(values: object) -> str:
    """What was typed."""
    return Answers(values).text(TICKET)
