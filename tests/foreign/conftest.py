"""A sandbox with the apps' own workspace, and the apps on each of their ways to it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.app import SlackAppDevelopmentServer
from slack_bolt.app.async_server import AsyncSlackAppServer
from slack_sdk import WebClient
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.client import Sandbox
from tests.foreign import parrot_async, parrot_sync, place


@pytest.fixture
def slack(tmp_path: Path) -> Iterator[Sandbox]:
    """The workspace of place.py."""
    with Sandbox.start(in_process=True, workspace=place.write(tmp_path), manifest=place.MANIFEST) as sandbox:
        yield sandbox


class Loop:
    """An event loop in a thread, for apps made of coroutines."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def run(self, coroutine: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(30)

    async def _finish(self) -> None:
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def close(self) -> None:
        self.run(self._finish())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()


@pytest.fixture
def loop() -> Iterator[Loop]:
    """A loop of its own."""
    made = Loop()
    yield made
    made.close()


def _sync_socket(slack: Sandbox, loop: Loop) -> Callable[[], Any]:
    app = parrot_sync.build(slack.bot_token, slack.signing_secret, slack.api_url)
    handler = SocketModeHandler(app, slack.app_token, web_client=WebClient(slack.app_token, base_url=slack.api_url))
    handler.connect()
    slack.wait_for_sockets(1)
    return handler.close


def _sync_http(slack: Sandbox, loop: Loop) -> Callable[[], Any]:
    app = parrot_sync.build(slack.bot_token, slack.signing_secret, slack.api_url)
    served = SlackAppDevelopmentServer(port=0, path="/slack/events", app=app, http_server_logger_enabled=False)._server
    thread = threading.Thread(target=served.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    assert slack.deliver(f"http://127.0.0.1:{served.server_port}/slack/events", verify=True)["verified"]

    def stop() -> None:
        served.shutdown()
        served.server_close()
        thread.join()

    return stop


def _async_socket(slack: Sandbox, loop: Loop) -> Callable[[], Any]:
    async def connect() -> AsyncSocketModeHandler:
        app = parrot_async.build(slack.bot_token, slack.signing_secret, slack.api_url)
        client = AsyncWebClient(slack.app_token, base_url=slack.api_url)
        handler = AsyncSocketModeHandler(app, slack.app_token, web_client=client)
        await handler.connect_async()
        return handler

    handler = loop.run(connect())
    slack.wait_for_sockets(1)
    return lambda: loop.run(handler.close_async())


def _async_http(slack: Sandbox, loop: Loop) -> Callable[[], Any]:
    async def serve() -> tuple[web.AppRunner, int]:
        app = parrot_async.build(slack.bot_token, slack.signing_secret, slack.api_url)
        runner = web.AppRunner(AsyncSlackAppServer(0, "/slack/events", app).web_app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return runner, runner.addresses[0][1]

    runner, port = loop.run(serve())
    assert slack.deliver(f"http://127.0.0.1:{port}/slack/events", verify=True)["verified"]
    return lambda: loop.run(runner.cleanup())


WAYS = {
    "App, Socket Mode": _sync_socket,
    "App, HTTP": _sync_http,
    "AsyncApp, Socket Mode": _async_socket,
    "AsyncApp, HTTP": _async_http,
}


@pytest.fixture(params=WAYS)
def parrot(request: pytest.FixtureRequest, slack: Sandbox, loop: Loop) -> Iterator[Sandbox]:
    """The sandbox with the app running against it, one way after the other."""
    stop = WAYS[request.param](slack, loop)
    yield slack
    stop()
