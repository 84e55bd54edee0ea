"""A payload of Slack's, as the listeners need it: who, where, what, and how to answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.usecases.open_record import Place


@dataclass(frozen=True, slots=True)
class Modal:
    """The open modal that a button was pressed in, or that was sent: its id, the one under it, and the lowest one."""

    id: str
    previous: str | None = None
    root: str | None = None

    @property
    def topmost(self) -> bool:
        """Whether it is the third of three: Slack lays no further one over it."""
        return None not in (self.previous, self.root) and self.previous != self.root and self.root != self.id


@dataclass(frozen=True, slots=True)
class Call:
    """One command, button, form or entry of a message's menu. `text` is the rest of a command or the value of a button; `key` is
    its receipt's. `sent` is all that was typed after the command, untouched.

    `message` is the one whose menu was used. `modal` is where a form or a button in one came from; `metadata` and `values`
    are that modal's, and `view` is all of it as Slack sent it."""

    key: str
    place: Place
    text: str = ""
    sent: str = ""
    trigger_id: str = ""
    response_url: str | None = None
    channel_name: str = ""
    metadata: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    modal: Modal | None = None
    view: Mapping[str, Any] = field(default_factory=dict)
    message: Mapping[str, Any] = field(default_factory=dict)
