"""A sandbox in a thread, the real SDK client against it, and an app on a bare WebSocket that answers as a test tells it to."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import yaml
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.client import Sandbox
from tests.sandbox import plain_http

HERE = Path(__file__).parent
Json = dict[str, Any]


def changed_manifest(scopes: list[str] | None, change: Callable[[Json], None] | None) -> Json:
    """The app's manifest with these scopes, or with whatever `change` does to it."""
    manifest: Json = yaml.safe_load((HERE / "manifest.yml").read_text())
    if scopes is not None:
        manifest["oauth_config"]["scopes"]["bot"] = scopes
    if change:
        change(manifest)
    return manifest


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Sandbox]]:
    """Starts sandboxes; `scopes` and `manifest` change what the app may do, everything else is an option of the sandbox."""
    running: list[Sandbox] = []

    def starter(
        *, scopes: list[str] | None = None, change: Callable[[Json], None] | None = None, **options: Any
    ) -> Sandbox:
        path = HERE / "manifest.yml"
        if scopes is not None or change:
            path = tmp_path / f"manifest{len(running)}.yml"
            path.write_text(yaml.safe_dump(changed_manifest(scopes, change)))
        given = {"workspace": HERE / "workspace.yml", "manifest": path, "clock": "manual", **options}
        running.append(Sandbox.start(in_process=True, **{k: v for k, v in given.items() if v is not None}))
        return running[-1]

    yield starter
    against_itself = [row for sandbox in running for row in sandbox.violations() if row["kind"] == "sandbox"]
    for sandbox in running:
        sandbox.stop()
    assert against_itself == []


@pytest.fixture
def slack(start: Callable[..., Sandbox]) -> Sandbox:
    """The sandbox of workspace.yml, its clock standing still."""
    return start()


@pytest.fixture
def web(slack: Sandbox) -> WebClient:
    """The app's client."""
    return WebClient(slack.bot_token, base_url=slack.api_url)


@pytest.fixture
def curl(slack: Sandbox) -> plain_http.Curl:
    """The app on plain HTTP."""
    return plain_http.Curl(slack)


@pytest.fixture
def inc(slack: Sandbox) -> str:
    """The id of #inc."""
    return str(slack.see.channel("inc")["id"])


@pytest.fixture
def error() -> Callable[..., Json]:
    """The body of the error that a call answers."""

    def catch(call: Callable[..., Any], *args: Any, **kwargs: Any) -> Json:
        with pytest.raises(SlackApiError) as caught:
            call(*args, **kwargs)
        data: Json = caught.value.response.data
        return data

    return catch


class WireApp:
    """An app on bare WebSockets. `answer(envelope)` returns the ack's payload (None: a bare ack) or `WireApp.SILENT`."""

    SILENT = object()

    def __init__(self, slack: Sandbox) -> None:
        self.slack = slack
        self.heard: list[Json] = []
        self.on: list[int] = []
        self.frames: list[Json] = []
        self.answer: Callable[[Json], Any] = lambda envelope: None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._session: aiohttp.ClientSession | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self.sockets: list[aiohttp.ClientWebSocketResponse] = []
        self.closed: list[int] = []

    def run(self, coroutine: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(20)

    def connect(self, count: int = 1) -> list[Json]:
        """Open so many connections; returns their first frames."""
        return [self.run(self._connect()) for _ in range(count)]

    async def _connect(self) -> Json:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        headers = {"Authorization": f"Bearer {self.slack.app_token}"}
        async with self._session.post(f"{self.slack.api_url}apps.connections.open", headers=headers) as response:
            url = (await response.json())["url"]
        self.last_url = url
        socket = await self._session.ws_connect(url)
        first: Json = await socket.receive_json()
        self.sockets.append(socket)
        self._tasks.append(self._loop.create_task(self._listen(socket, len(self._tasks))))
        return first

    async def _listen(self, socket: aiohttp.ClientWebSocketResponse, number: int) -> None:
        try:
            await self._hear(socket, number)
        finally:
            await socket.close()

    async def _hear(self, socket: aiohttp.ClientWebSocketResponse, number: int) -> None:
        async for message in socket:
            frame = json.loads(message.data)
            self.frames.append(frame)
            if "envelope_id" not in frame:
                continue
            self.heard.append(frame)
            self.on.append(number)
            payload = await asyncio.to_thread(self.answer, frame)
            if payload is not self.SILENT:
                ack = {"envelope_id": frame["envelope_id"]}
                await socket.send_json(ack if payload is None else {**ack, "payload": payload})
        self.closed.append(number)

    def events(self, kind: str | None = None) -> list[Json]:
        """The inner events heard so far."""
        inner = [e["payload"]["event"] for e in self.heard if e["type"] == "events_api"]
        return [event for event in inner if kind in (None, event["type"])]

    async def _close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session:
            await self._session.close()

    def close(self) -> None:
        self.run(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()


@pytest.fixture
def wire(start: Callable[..., Sandbox]) -> Iterator[Callable[[Sandbox], WireApp]]:
    """Makes apps on bare WebSockets."""
    made: list[WireApp] = []

    def make(slack: Sandbox, connections: int = 1) -> WireApp:
        made.append(WireApp(slack))
        made[-1].connect(connections)
        return made[-1]

    yield make
    for app in made:
        app.close()


@pytest.fixture
def app(slack: Sandbox, wire: Callable[[Sandbox], WireApp]) -> WireApp:
    """An app on one connection to `slack`."""
    return wire(slack)


def text(words: str, kind: str = "plain_text") -> Json:
    return {"type": kind, "text": words}


@pytest.fixture
def modal() -> Callable[..., Json]:
    """A modal with a required text, an optional person, and whatever is added."""

    def make(*more: Json, **keys: Any) -> Json:
        title = {"type": "input", "block_id": "title", "label": text("Title")}
        who = {"type": "input", "block_id": "who", "optional": True, "label": text("Who")}
        blocks = [
            {**title, "element": {"type": "plain_text_input", "action_id": "title"}},
            {**who, "element": {"type": "users_select", "action_id": "who"}},
            *more,
        ]
        body = {"type": "modal", "callback_id": "form", "title": text("Form"), "submit": text("Send"), "blocks": blocks}
        return {**body, **keys}

    return make
