"""An app at a Slack, as little of one as there can be: calls one after another on one connection, and sockets that acknowledge."""

from __future__ import annotations

import asyncio
import http.client
import json
import statistics
import time
from typing import Any
from urllib.parse import urlsplit

import aiohttp

Json = dict[str, Any]


class Caller:
    """One connection that stays open. `api` is the address of the Web API."""

    def __init__(self, api: str, token: str) -> None:
        split = urlsplit(api)
        self._connection = http.client.HTTPConnection(split.netloc, timeout=60)
        self._path, self._token = split.path, token

    def call(self, method: str, body: Json) -> bytes:
        """The bytes of the answer."""
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        self._connection.request("POST", self._path + method, json.dumps(body), headers)
        return self._connection.getresponse().read()

    def median(self, method: str, body: Json, times: int) -> float:
        """The median of so many calls, ms."""
        found = []
        for _ in range(times):
            begun = time.perf_counter()
            self.call(method, body)
            found.append((time.perf_counter() - begun) * 1000)
        return statistics.median(found)

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


def events(api: str, bot: str, app: str, body: Json, *, sockets: int, count: int) -> float:
    """Events a second: so many posts by four callers, until each has come on one of the sockets."""
    return asyncio.run(_events(api, bot, app, body, sockets, count))


async def _events(api: str, bot: str, app: str, body: Json, sockets: int, count: int) -> float:
    came: asyncio.Queue[None] = asyncio.Queue()
    async with aiohttp.ClientSession() as session:

        async def post(times: int) -> None:
            for _ in range(times):
                headers = {"Authorization": f"Bearer {bot}"}
                async with session.post(f"{api}chat.postMessage", json=body, headers=headers) as answer:
                    await answer.read()

        listening = [asyncio.create_task(_listen(session, api, app, came)) for _ in range(sockets)]
        for _ in range(sockets):
            await came.get()
        begun = time.perf_counter()
        posting = [asyncio.create_task(post(count // 4)) for _ in range(4)]
        for _ in range(4 * (count // 4)):
            await came.get()
        taken = time.perf_counter() - begun
        await asyncio.gather(*posting)
        for task in listening:
            task.cancel()
        await asyncio.gather(*listening, return_exceptions=True)
    return count / taken


async def _listen(session: aiohttp.ClientSession, api: str, app: str, came: asyncio.Queue[None]) -> None:
    async with session.post(f"{api}apps.connections.open", headers={"Authorization": f"Bearer {app}"}) as answer:
        url = (await answer.json())["url"]
    async with session.ws_connect(url) as socket:
        async for message in socket:
            frame = json.loads(message.data)
            if "envelope_id" in frame:
                await socket.send_json({"envelope_id": frame["envelope_id"]})
            came.put_nowait(None)
