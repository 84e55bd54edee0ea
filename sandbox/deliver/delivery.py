"""Brings one payload to an app, by socket or by HTTP, and says within three seconds of the sandbox's clock what came of it."""

from __future__ import annotations

import asyncio
from typing import Any

from sandbox.deliver.http import Answer, HttpDelivery
from sandbox.deliver.socket import Hub
from sandbox.spec.types import Json
from sandbox.world.apps import App
from sandbox.world.workspace import World

ACK_SECONDS = 3.0


class Delivery:
    """Both ways to an app. `log` keeps what was sent and what came back, without bodies of answers to events."""

    def __init__(self, world: World, hub: Hub, http: HttpDelivery) -> None:
        self.world, self.hub, self.http = world, hub, http
        self.log: list[Json] = []
        self._flying: dict[asyncio.Future[Any], float] = {}

    async def send(self, app: App, kind: str, payload: Json, retry: tuple[int, str] | None = None) -> Answer:
        """kind is events_api, slash_commands or interactive. `reason` of the answer is empty when it was acknowledged in time."""
        row: Json = {"app": app.id, "kind": kind, "t": self.world.clock.now(), "retry": retry[0] if retry else 0}
        row |= {"type": _type(kind, payload), "event_id": payload.get("event_id"), "ack": None, "payload": payload}
        self.log.append(row)
        place = {"type": "sandbox.delivery", "n": len(self.log) - 1, "row": row}
        self.world.announce(place)
        answer = await self._carry(app, kind, payload, retry)
        row["ack"] = answer.reason or "ok"
        row["answer"] = answer.body
        row["done"] = self.world.clock.now()
        self.world.announce(place)
        if answer.reason and kind != "events_api":
            self.world.violation("delivery", f"{row['type']} was not acknowledged: {answer.reason}", app=app.id)
        return answer

    async def _carry(self, app: App, kind: str, payload: Json, retry: tuple[int, str] | None) -> Answer:
        if app.revoked and kind != "events_api":
            return Answer(reason="not_installed")
        way = self._socket if app.socket_mode else self._http
        return await way(app, kind, payload, retry)

    async def _socket(self, app: App, kind: str, payload: Json, retry: tuple[int, str] | None) -> Answer:
        waiting = await self.hub.send(app.id, kind, payload, retry)
        if waiting is None:
            return Answer(reason="not_connected")
        if not await self._in_time(waiting):
            return Answer(reason="timeout")
        body = waiting.result().get("payload")
        return Answer(status=200, body=body if body else None)

    async def _http(self, app: App, kind: str, payload: Json, retry: tuple[int, str] | None) -> Answer:
        place = {"events_api": "events", "slash_commands": "command"}.get(kind, "interactivity")
        url = app.url_for(place, str(payload.get("command", "")))
        if not url:
            return Answer(reason="not_configured")
        task = asyncio.ensure_future(self.http.send(app, url, kind, payload, retry))
        if not await self._in_time(task):
            task.cancel()
            return Answer(reason="http_timeout")
        return task.result()

    async def _in_time(self, future: asyncio.Future[Any]) -> bool:
        self._flying[future] = asyncio.get_running_loop().time()
        try:
            return await self.world.clock.wait(future, ACK_SECONDS)
        finally:
            self._flying.pop(future, None)

    def busy(self) -> bool:
        """True while something sent waits for its answer."""
        return bool(self._flying)

    async def settle(self, grace: float = 0.3) -> None:
        """Give what was just sent a moment of real time to be answered, before the clock is moved."""
        loop = asyncio.get_running_loop()
        for _ in range(5):
            await asyncio.sleep(0)
        while True:
            young = {f: at for f, at in self._flying.items() if loop.time() - at < grace}
            if not young:
                return
            left = grace - (loop.time() - max(young.values()))
            await asyncio.wait(young, timeout=max(0.001, left), return_when=asyncio.FIRST_COMPLETED)
            for _ in range(5):
                await asyncio.sleep(0)


def _type(kind: str, payload: Json) -> str:
    if kind == "slash_commands":
        return str(payload["command"])
    inner = payload.get("event") or payload
    return str(inner.get("type", ""))
