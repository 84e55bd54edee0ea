"""Socket Mode: one-use addresses, up to ten connections for an app, each envelope to exactly one of them."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from sandbox.deliver.connection import Connection
from sandbox.deliver.refresh import Refresh
from sandbox.spec import strict
from sandbox.spec.types import Json
from sandbox.world.workspace import World

MAX_CONNECTIONS = 10
PING_SECONDS = 10.0


class Hub:
    """All open connections, and the envelopes that wait for their ack."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.connections: list[Connection] = []
        self.refresh = Refresh(world)
        self._waiting: dict[str, asyncio.Future[Json]] = {}
        self._known: dict[str, Connection] = {}
        self._made = 0
        self._arrived = asyncio.Event()

    def of(self, app: str) -> list[Connection]:
        """The open connections of an app."""
        return [c for c in self.connections if c.app == app and not c.socket.closed]

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """The aiohttp handler of the address that apps.connections.open gave."""
        app = self._world.tickets.sockets.pop(request.query.get("ticket", ""), None)
        if app is None:
            return web.json_response({"ok": False, "error": "invalid_ticket"}, status=404)
        socket = web.WebSocketResponse(max_msg_size=0, timeout=1.0)
        await socket.prepare(request)
        self._made += 1
        connection = Connection(app, socket, self._made)
        refusal = self._refusal(app)
        if refusal:
            await connection.leave(refusal, close=True)
            return socket
        self.connections.append(connection)
        await self._converse(connection)
        return socket

    def _refusal(self, app: str) -> str | None:
        found = self._world.app_of(app_id=app)
        if found is not None and not found.socket_mode_enabled:
            return "link_disabled"
        return "too_many_websockets" if len(self.of(app)) >= MAX_CONNECTIONS else None

    async def _converse(self, connection: Connection) -> None:
        self.refresh.arm(connection)
        pinging = asyncio.create_task(self._ping(connection.socket))
        try:
            await connection.socket.send_json(self._hello(connection.app))
            self._arrived.set()
            self._world.announce({"type": "sandbox.sockets", "app": connection.app})
            async for message in connection.socket:
                if message.type == WSMsgType.TEXT:
                    self._hear(connection, message.data)
        except ConnectionError:
            pass
        finally:
            pinging.cancel()
            self.refresh.forget(connection)
            self.connections.remove(connection)

    def _hello(self, app: str) -> Json:
        debug = {"host": "sandbox", "build_number": 1, "approximate_connection_time": self.refresh.lifetime()}
        return {
            "type": "hello",
            "num_connections": len(self.of(app)),
            "debug_info": debug,
            "connection_info": {"app_id": app},
        }

    async def _ping(self, socket: web.WebSocketResponse) -> None:
        with contextlib.suppress(ConnectionError):
            while not socket.closed:
                await socket.ping(b"Ping from sandbox")
                await asyncio.sleep(PING_SECONDS)

    def _hear(self, connection: Connection, data: str) -> None:
        try:
            answer: Any = strict.loads(data)
        except (ValueError, RecursionError):
            self._world.violation("socket", "a message that is not JSON")
            return
        key = answer.get("envelope_id") if isinstance(answer, dict) else None
        if key is None:
            self._world.violation("socket", "an answer without envelope_id")
        elif key not in self._known:
            self._world.violation("socket", f"an ack for an envelope that was never sent: {key}")
        elif self._astray(self._known[key], connection):
            self._world.violation("socket", "an ack on another connection than the envelope's")
        waiting = self._waiting.pop(str(key), None)
        if waiting and not waiting.done():
            waiting.set_result(answer)

    def _astray(self, asked: Connection, answered: Connection) -> bool:
        """An ack on another connection is a mistake, unless its own is going or gone: the SDKs then take the newest one."""
        return asked is not answered and asked in self.connections and not (asked.leaving or asked.socket.closed)

    async def send(
        self, app: str, kind: str, payload: Json, retry: tuple[int, str] | None
    ) -> asyncio.Future[Json] | None:
        """Send an envelope to one connection, chosen by the seed; a future for the ack, None with nothing connected."""
        for connection in self._shuffled(app):
            key = str(uuid.UUID(int=self._world.rng.getrandbits(128), version=4))
            envelope: Json = {"envelope_id": key, "payload": payload, "type": kind}
            envelope["accepts_response_payload"] = kind != "events_api"
            if retry is not None:
                envelope |= {"retry_attempt": retry[0], "retry_reason": retry[1]}
            waiting: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
            self._waiting[key] = waiting
            self._known[key] = connection
            try:
                await connection.socket.send_json(envelope)
            except ConnectionError:
                del self._waiting[key]
                continue
            return waiting
        return None

    def _shuffled(self, app: str) -> list[Connection]:
        found = self.of(app)
        self._world.rng.shuffle(found)
        return found

    async def connected(self, app: str, count: int, seconds: float) -> int:
        """Wait (real seconds) until so many connections are open; returns how many there are."""
        end = asyncio.get_running_loop().time() + seconds
        while len(self.of(app)) < count and (left := end - asyncio.get_running_loop().time()) > 0:
            self._arrived.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._arrived.wait(), left)
        return len(self.of(app))

    async def disconnect(self, app: str, reason: str, *, close: bool) -> int:
        """Say `disconnect` (warning, refresh_requested, link_disabled) on every connection; `close` also closes them."""
        found = self.of(app)
        for connection in found:
            await connection.leave(reason, close=close)
        return len(found)

    def kill(self, app: str) -> int:
        """Cut every connection without a close frame."""
        found = self.of(app)
        for connection in found:
            request: Any = connection.socket._req
            if request is not None and request.transport is not None:
                request.transport.abort()
        return len(found)

    async def close(self) -> None:
        """Close everything, at the end."""
        await self.refresh.close()
        for connection in list(self.connections):
            await connection.socket.close(code=WSCloseCode.GOING_AWAY)
