"""Tells open pages what changed, at once: each message as it stands now, so that a page only ever puts rows into their place."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Iterator

from aiohttp import WSMsgType, web

from sandbox.control.desk import Desk
from sandbox.spec.types import Json
from sandbox.world.channels import Channel

BEHIND = 20_000
"""Changes that may wait for a slow page; beyond that it is told to load afresh."""


class Live:
    """Listens to the world, the log of calls and the deliveries, and passes them on to every open page."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._pages: set[asyncio.Queue[str]] = set()
        desk.world.listeners.append(self.hear)
        desk.api.traffic.listeners.append(self._called)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """The WebSocket; pages of other origins are refused."""
        origin = request.headers.get("Origin", "")
        if origin and origin.partition("://")[2] != request.host:
            return web.Response(status=403, text="only the sandbox's own page may listen")
        socket = web.WebSocketResponse(heartbeat=20)
        await socket.prepare(request)
        queue: asyncio.Queue[str] = asyncio.Queue()
        self._pages.add(queue)
        writer = asyncio.create_task(_write(queue, socket))
        try:
            async for message in socket:
                if message.type == WSMsgType.ERROR:
                    break
        finally:
            self._pages.discard(queue)
            writer.cancel()
        return socket

    def _send(self, told: Json) -> None:
        line = json.dumps(told)
        for queue in self._pages:
            if queue.qsize() > BEHIND:
                while not queue.empty():
                    queue.get_nowait()
                queue.put_nowait(json.dumps({"what": "reset"}))
            queue.put_nowait(line)

    def _called(self, row: Json) -> None:
        if self._pages:
            traffic = self._desk.api.traffic
            place = len(traffic.calls) - 1
            self._send({"what": "call", "row": {**row, "n": place, "answer": traffic.answer(place)}})

    def hear(self, event: Json, channel: Channel | None) -> None:
        """A listener of the world."""
        if self._pages:
            for told in self._told(event, channel):
                self._send(told)

    def _told(self, event: Json, channel: Channel | None) -> Iterator[Json]:
        kind = event["type"]
        if kind.startswith("sandbox."):
            yield from self._of_sandbox(kind, event)
        elif kind in ("user_change", "team_join"):
            yield {"what": "workspace"}
        elif channel is not None and (changed := _changed(kind, event)):
            for ts in changed:
                yield _row(channel, ts)
        if channel is not None and kind.startswith(("channel_", "group_", "member_", "pin_")):
            yield {"what": "workspace"}

    def _of_sandbox(self, kind: str, event: Json) -> Iterator[Json]:
        if kind == "sandbox.ephemeral":
            message = event["message"]
            yield {"what": "message", "channel": event["channel"], "ts": message["ts"], "row": message}
        elif kind == "sandbox.ephemeral_gone":
            yield {"what": "message", "channel": event["channel"], "ts": event["ts"], "row": None}
        elif kind == "sandbox.delivery":
            yield {"what": "delivery", "row": {**event["row"], "n": event["n"]}}
        elif kind == "sandbox.violation":
            yield {"what": "violation", "row": {**event["violation"], "n": len(self._desk.world.violations) - 1}}
        elif kind == "sandbox.sockets":
            yield {"what": "workspace"}
        else:
            yield {**event, "what": kind.removeprefix("sandbox.")}


def _changed(kind: str, event: Json) -> list[str]:
    """The ts of every message that an event makes look different: a reply also changes its parent."""
    if kind.startswith(("reaction_", "pin_")):
        item = event["item"]
        return [str(item["ts"] if "ts" in item else item["message"]["ts"])]
    if kind != "message":
        return []
    subtype = event.get("subtype")
    if subtype == "message_changed":
        return [str(event["message"]["ts"])]
    gone = event.get("previous_message") or {}
    ts = event["deleted_ts"] if subtype == "message_deleted" else event["ts"]
    return [str(one) for one in dict.fromkeys((ts, event.get("thread_ts") or gone.get("thread_ts"))) if one]


def _row(channel: Channel, ts: str) -> Json:
    there = ts in channel.messages.by_ts
    row = channel.messages.show(ts) if there else None
    return {"what": "message", "channel": channel.id, "ts": ts, "row": row}


async def _write(queue: asyncio.Queue[str], socket: web.WebSocketResponse) -> None:
    with contextlib.suppress(ConnectionError):
        while True:
            await socket.send_str(await queue.get())
