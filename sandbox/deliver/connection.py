"""One WebSocket of one app, and the frames by which Slack takes leave of it."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field

from aiohttp import web

from sandbox.spec.types import Json


@dataclass(eq=False)
class Connection:
    """One WebSocket of one app; `sent` are the envelopes that went through it."""

    app: str
    socket: web.WebSocketResponse
    number: int
    sent: set[str] = field(default_factory=set)

    async def leave(self, reason: str, *, close: bool) -> None:
        """Say `disconnect` (warning, refresh_requested, link_disabled, too_many_websockets); `close` also closes it."""
        with contextlib.suppress(ConnectionError):
            await self.socket.send_json(disconnect(reason))
        if close:
            await self.socket.close()


def disconnect(reason: str) -> Json:
    """The frame itself."""
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}
