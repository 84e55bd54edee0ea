"""The buttons that move a post-mortem on, and the form that asks why it goes back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.blocks import ids, inputs, lines, modals, parts
from bot.blocks.parts import Block
from bot.domain.postmortem import Postmortem
from bot.domain.status import Status

ACTION: Mapping[Status, str] = {
    Status.DRAFT: ids.MOVE_DRAFT,
    Status.IN_REVIEW: ids.MOVE_IN_REVIEW,
    Status.REVIEWED: ids.MOVE_REVIEWED,
    Status.CLOSED: ids.MOVE_CLOSED,
}
_LABELS: Mapping[tuple[Status, Status], str] = {
    (Status.DRAFT, Status.IN_REVIEW): "Send to review",
    (Status.IN_REVIEW, Status.DRAFT): "Back to draft",
    (Status.IN_REVIEW, Status.REVIEWED): "Mark as reviewed",
    (Status.IN_REVIEW, Status.CLOSED): "Close",
    (Status.REVIEWED, Status.CLOSED): "Close",
    (Status.REVIEWED, Status.IN_REVIEW): "Back to review",
    (Status.CLOSED, Status.IN_REVIEW): "Open again",
}


def leads(frm: Status, to: Status) -> bool:
    """Whether there is such a move at all."""
    return (frm, to) in _LABELS


def button(record: Postmortem, to: Status, style: str | None = None) -> Block:
    """The button that moves it; its value says in which state it was drawn, so that a stale click is noticed."""
    return parts.button(_LABELS[record.status, to], ACTION[to], value(record.id, record.status), style)


def value(record_id: str, expected: Status) -> str:
    """What the button hands back."""
    return f"{record_id}:{expected.value}"


def read(text: str) -> tuple[str, Status | None]:
    """The record and the state that was seen; None for a state that is none."""
    record_id, _, seen = text.partition(":")
    return record_id, Status(seen) if seen in set(Status) else None


def ask_why(record: Postmortem, to: Status) -> dict[str, Any]:
    """The form of a move that needs a reason (T2, T7, T8)."""
    blocks = [
        parts.section(f"{lines.name(record)}\nIt goes from *{record.status}* to *{to}*."),
        inputs.line("Why?", ids.REASON, "", most=1000, multiline=True, hint="The channel and the history show it."),
    ]
    metadata = json.dumps({"record": record.id, "to": to.value, "seen": record.status.value})
    return modals.view(ids.MOVE, _LABELS[record.status, to], "Move", blocks, metadata)
