"""Somebody looks at the Home tab: it is drawn as things stand, with the list they had before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.blocks import home as blocks
from bot.listeners.actions import home
from bot.listeners.answer import Answer
from bot.listeners.desk import Desk
from bot.ports.store import Unit


def is_home(unit: Unit, team_id: str, event: Mapping[str, Any]) -> bool:
    """The event also comes for the tab with the messages, which is not ours to draw."""
    return event.get("tab", "home") == "home" and isinstance(event.get("user"), str)


def opened(desk: Desk, unit: Unit, team_id: str, event: Mapping[str, Any], now: datetime) -> Answer:
    """Draw it."""
    view = event.get("view")
    metadata = view.get("private_metadata") if isinstance(view, Mapping) else None
    shown, page = blocks.read_metadata(metadata if isinstance(metadata, str) else "")
    return Answer(screens=(home.drawn(desk, unit, team_id, str(event["user"]), shown, page, now),))
