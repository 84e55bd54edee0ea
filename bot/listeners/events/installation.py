"""The installation ends: the bot's token was revoked, or the app taken out of the workspace. Nothing is sent any more, and
everything that is still to be done waits for a good token."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.listeners.desk import Desk
from bot.ports.store import Unit


def uninstalled(desk: Desk, unit: Unit, team_id: str, event: Mapping[str, Any], now: datetime) -> None:
    """The app is gone."""
    desk.hang_up("app_uninstalled")


def revoked(desk: Desk, unit: Unit, team_id: str, event: Mapping[str, Any], now: datetime) -> None:
    """Tokens of people are none that the bot uses."""
    tokens = event.get("tokens")
    bots = tokens.get("bot") if isinstance(tokens, Mapping) else None
    if isinstance(bots, list) and desk.bot_user in bots:
        desk.hang_up("token_revoked")
