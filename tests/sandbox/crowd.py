"""An app on many sockets that acknowledges, keeps silent, hangs up and dies as it is told, and comes back each time."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import aiohttp

from sandbox.client import Sandbox

ACK, SILENT, CLOSE, KILL = "ack", "silent", "close", "kill"


@dataclass(frozen=True)
class Heard:
    """One envelope: on which socket, and what was done with it."""

    envelope: str
    event: str
    text: str
    attempt: int
    reason: str
    socket: int
    done: str


class Crowd:
    """So many sockets in one event loop. `choose(text, attempt)` says what becomes of an event."""

    def __init__(self, slack: Sandbox, choose: Callable[[str, int], str]) -> None:
        self._slack, self._choose = slack, choose
        self.heard: list[Heard] = []
        self.killed: set[int] = set()
        self.refused: list[str] = []
        self._made = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None

    def run(self, coroutine: Any) -> Any:
        """Await something in the loop of the sockets."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(20)

    def open(self, count: int) -> None:
        """Open so many sockets; each is there when this returns."""
        self.run(self._open(count))

    async def _open(self, count: int) -> None:
        self._session = self._session or aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        await asyncio.gather(*(self._connect() for _ in range(count)))

    async def _connect(self) -> None:
        assert self._session
        headers = {"Authorization": f"Bearer {self._slack.app_token}"}
        async with self._session.post(f"{self._slack.api_url}apps.connections.open", headers=headers) as answer:
            url = (await answer.json())["url"]
        socket = await self._session.ws_connect(url)
        first = await socket.receive_json()
        if first["type"] != "hello":
            self.refused.append(first["reason"])
            await socket.close()
            return
        self._made += 1
        task = self._loop.create_task(self._listen(socket, self._made))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _listen(self, socket: aiohttp.ClientWebSocketResponse, number: int) -> None:
        async for message in socket:
            done = self._take(message.json(), number)
            if done[0] == ACK:
                await socket.send_json({"envelope_id": done[1]})
            elif done[0] == CLOSE:
                await socket.close()
            elif done[0] == KILL:
                self.killed.add(number)
                transport: Any = socket.get_extra_info("socket") and socket._writer.transport
                transport.abort()
        await self._connect()

    def _take(self, envelope: dict[str, Any], number: int) -> tuple[str, str]:
        payload, attempt = envelope["payload"], int(envelope["retry_attempt"])
        text = str(payload["event"]["text"])
        done = self._choose(text, attempt)
        key, reason = str(envelope["envelope_id"]), str(envelope["retry_reason"])
        self.heard.append(Heard(key, payload["event_id"], text, attempt, reason, number, done))
        return done, key

    def close(self) -> None:
        """Hang up everywhere."""
        self.run(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _close(self) -> None:
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session:
            await self._session.close()
