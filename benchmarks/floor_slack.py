"""The floor of the local Slack: aiohttp that reads what is sent, answers bytes it has ready, and passes each post to one socket."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

from aiohttp import WSMsgType, web

ENVELOPE = {"type": "events_api", "payload": {"event": {"type": "message", "text": "x" * 1500}}}


class Floor:
    """`/api/conversations.history` answers the bytes of a file, every other method a few; `/link/` is a socket."""

    def __init__(self, page: bytes) -> None:
        self._page = page
        self._sockets: list[web.WebSocketResponse] = []
        self._sent = 0

    async def call(self, request: web.Request) -> web.Response:
        """A call of the Web API."""
        await request.read()
        name = request.match_info["method"]
        if name == "conversations.history":
            return web.Response(body=self._page, content_type="application/json")
        if name == "apps.connections.open":
            return web.json_response({"ok": True, "url": f"ws://{request.host}/link/"})
        if self._sockets:
            self._sent += 1
            envelope = {"envelope_id": str(self._sent), **ENVELOPE}
            await self._sockets[self._sent % len(self._sockets)].send_str(json.dumps(envelope))
        return web.json_response({"ok": True, "ts": "1.1"})

    async def link(self, request: web.Request) -> web.WebSocketResponse:
        """A socket: hello, envelopes, acks."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello"})
        self._sockets.append(socket)
        async for message in socket:
            if message.type == WSMsgType.TEXT:
                json.loads(message.data)
        self._sockets.remove(socket)
        return socket


async def _serve(page: bytes) -> None:
    floor, app = Floor(page), web.Application()
    app.router.add_post("/api/{method}", floor.call)
    app.router.add_get("/link/", floor.link)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    sys.stdout.write(f"{runner.addresses[0][1]}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve(Path(sys.argv[1]).read_bytes()))
