"""One WebSocket of one app, and the frames by which Slack takes leave of it."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

from aiohttp import web

from sandbox.spec.types import Json


@dataclass(eq=False)
class Connection:
    """One WebSocket of one app; `leaving` once it was told to disconnect."""

    app: str
    socket: web.WebSocketResponse
    number: int
    leaving: bool = False

    async def leave(self, reason: str, *, close: bool) -> None:
        """Say `disconnect` (warning, refresh_requested, link_disabled, too_many_websockets); `close` also closes it."""
        self.leaving = True
        with contextlib.suppress(ConnectionError):
            await self.socket.send_json(disconnect(reason))
        if close:
            await self.socket.close()


def disconnect(reason: str) -> Json:
    """The frame itself."""
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}
