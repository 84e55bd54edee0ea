"""Signed HTTP: the v0 signature over timestamp and body, forms for people's acts, JSON for events."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

import aiohttp

from sandbox.spec import strict
from sandbox.spec.types import Json
from sandbox.world.apps import App
from sandbox.world.workspace import World


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `reason` is empty for a 2xx, otherwise Slack's word for what went wrong."""

    status: int = 0
    body: Json | str | None = None
    reason: str = ""
    no_retry: bool = False
    headers: dict[str, str] = field(default_factory=dict)


def signature(secret: str, timestamp: str, body: str) -> str:
    """The value of X-Slack-Signature."""
    digest = hmac.new(secret.encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return f"v0={digest}"


class HttpDelivery:
    """Posts to an app's own address. The session is made on first use, inside the running loop."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._session: aiohttp.ClientSession | None = None

    async def send(self, app: App, url: str, kind: str, payload: Json, retry: tuple[int, str] | None) -> Answer:
        """One request, stamped with the machine's time (an app refuses any other). Never raises: what goes wrong is in `reason`."""
        body, content_type = _encode(kind, payload)
        timestamp = str(int(time.time()))
        headers = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(app.signing_secret, timestamp, body),
        }
        if retry is not None and retry[0]:
            headers |= {"X-Slack-Retry-Num": str(retry[0]), "X-Slack-Retry-Reason": retry[1]}
        try:
            return await self._post(url, body, headers)
        except aiohttp.TooManyRedirects:
            return Answer(reason="too_many_redirects")
        except aiohttp.ClientSSLError:
            return Answer(reason="ssl_error")
        except (aiohttp.ClientError, ConnectionError):
            return Answer(reason="connection_failed")

    async def _post(self, url: str, body: str, headers: dict[str, str]) -> Answer:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60))
        async with self._session.post(url, data=body.encode(), headers=headers, max_redirects=2) as response:
            text = await response.text()
            reason = "" if 200 <= response.status < 300 else "http_error"
            no_retry = response.headers.get("X-Slack-No-Retry") == "1"
            return Answer(
                response.status, _decode(text, response.content_type), reason, no_retry, dict(response.headers)
            )

    async def verify(self, app: App, url: str) -> bool:
        """The url_verification handshake: True when the challenge came back."""
        challenge = self._world.ids.short(40)
        body = {"token": app.verification_token, "challenge": challenge, "type": "url_verification"}
        answer = await self.send(app, url, "events_api", body, None)
        found = answer.body.get("challenge") if isinstance(answer.body, dict) else answer.body
        return not answer.reason and str(found).strip() == challenge

    async def close(self) -> None:
        """Close the session."""
        if self._session is not None:
            await self._session.close()


def _encode(kind: str, payload: Json) -> tuple[str, str]:
    if kind == "events_api":
        return json.dumps(payload), "application/json"
    fields = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(fields), "application/x-www-form-urlencoded"


def _decode(text: str, content_type: str) -> Json | str | None:
    if not text.strip():
        return None
    if content_type == "application/json" or text.lstrip().startswith("{"):
        try:
            loaded = strict.loads(text)
        except (ValueError, RecursionError):
            return text
        return loaded if isinstance(loaded, dict) else text
    return text
