"""Who we are in Slack: asked once at the start, so that no payload has to wait for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient

from bot.integrations.slack_call import TIMEOUT, SlackCall


@dataclass(frozen=True, slots=True)
class Identity:
    """The workspace and our user in it. `url` ends with a slash."""

    team_id: str
    url: str
    bot_user: str
    bot_id: str


def client(token: str, api_url: str, timeout: int = TIMEOUT) -> WebClient:
    """A client that retries nothing: the outbox is the only retry."""
    return WebClient(token=token, base_url=api_url, timeout=timeout, retry_handlers=[])


def ask(call: SlackCall) -> Identity:
    """auth.test. Raises `IntegrationError`."""
    return read(call("auth.test"))


def read(answer: Mapping[str, Any]) -> Identity:
    """What auth.test answers, as a value."""
    url = str(answer.get("url") or "")
    return Identity(
        str(answer["team_id"]),
        url if not url or url.endswith("/") else f"{url}/",
        str(answer["user_id"]),
        str(answer.get("bot_id") or ""),
    )
